import { defineConfig } from "@playwright/test";

const chrome = process.env.CHROME;
if (!chrome) throw new Error("CHROME is not set: run this suite with `cargo xtask test e2e`, or give it a browser's path");

export default defineConfig({
  testDir: "stories",
  outputDir: "results",
  // One set of reference images for all systems; a missing one is no reason to accept what is there.
  snapshotPathTemplate: "shots/{arg}{ext}",
  updateSnapshots: process.env.CI ? "none" : "missing",
  // Each worker has a demo server and a page of its own, so stories cannot disturb each other.
  fullyParallel: false,
  workers: 4,
  // A story that needs a second try has a defect, or the product has.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 10_000,
    // A trace costs a fifth of the time of all stories: `--trace=on` for the one that failed.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chrome,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // A page that a story makes up comes from no address: the server's own then looks like a foreign network.
        "--disable-features=LocalNetworkAccessChecks",
        // Letters without hints and colour fringes: the same on every machine's screenshots.
        "--font-render-hinting=none",
        "--disable-lcd-text",
      ],
    },
  },
});
