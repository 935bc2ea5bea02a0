/** The stories of the Yew example: `cargo xtask test yew`. */

import { defineConfig } from "@playwright/test";

import base from "./playwright.config.ts";

export default defineConfig(base, { testDir: "yew", workers: 1 });
