/** The main story in the browsers that Playwright cannot drive as their makers ship them: Firefox and WebKit. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "browsers",
  outputDir: "results",
  workers: 1,
  // A story that fails once on a busy machine and then holds is listed as flaky, not as failed.
  retries: 0,
  timeout: 120_000,
  forbidOnly: true,
});
