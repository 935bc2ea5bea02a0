/** `cargo xtask bench`: measures, asserts nothing about time. */
import { defineConfig } from "@playwright/test";

import stories from "./playwright.config.ts";

const launchOptions = stories.use?.launchOptions;

export default defineConfig(stories, {
  testDir: "bench",
  testMatch: "*.bench.ts",
  // One at a time, once: two at once would measure each other.
  workers: 1,
  retries: 0,
  timeout: 900_000,
  use: {
    trace: "off",
    // The browser as it comes: what the stories switch off for the sake of their screenshots costs or saves layers.
    launchOptions: { ...launchOptions, args: launchOptions?.args?.filter((flag) => !/font-render-hinting|lcd-text/.test(flag)) ?? [] },
  },
});
