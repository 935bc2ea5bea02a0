/** `cargo xtask faults`: what readers see and what is stored when something goes wrong between page and server. */

import { defineConfig } from "@playwright/test";

import { given } from "./faults/arguments.ts";
import stories from "./playwright.config.ts";

const asked = given();

export default defineConfig(stories, {
  testDir: "faults",
  // Together with one of the two slices, the tests of what plays them.
  testMatch: asked.mode === "slice" && !asked.idempotent ? ["*.faults.ts", "unit/*.test.ts"] : "*.faults.ts",
  fullyParallel: true,
  workers: asked.workers,
  timeout: 240_000,
  reporter: "./faults/reporter.ts",
  use: { screenshot: "off" },
});
