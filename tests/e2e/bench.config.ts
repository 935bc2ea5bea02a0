/** `cargo xtask bench`: measures, asserts nothing about time. */
import { defineConfig } from "@playwright/test";

import stories from "./playwright.config.ts";

export default defineConfig(stories, {
  testDir: "bench",
  testMatch: "*.bench.ts",
  // One at a time, once: two at once would measure each other.
  workers: 1,
  retries: 0,
  timeout: 900_000,
  use: { trace: "off" },
});
