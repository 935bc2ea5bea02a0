/** The main story in the browsers that Playwright cannot drive as their makers ship them: Firefox and WebKit. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "browsers",
  outputDir: "results",
  workers: 1,
  retries: 0,
  timeout: 120_000,
  forbidOnly: true,
});
