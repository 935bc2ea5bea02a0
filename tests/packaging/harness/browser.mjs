/** Chromium, and pages that note what their reader's developer tools would show in red. */
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * What of the console is a problem: every error, and what the widget itself warns of. That a site has no icon for its
 * tab is the site's affair.
 */
const isProblem = (message) =>
  (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) ||
  (message.type() === "warning" && message.text().includes("chatkit-widget"));

/**
 * Starts the browser that `CHROME` names.
 * @param hosts - host names and where they are: `{ "chat.example.org": "http://127.0.0.1:8000" }`. A built page can so
 *   keep the address its source has, whatever port a server of this run got.
 * @returns `open(url, options)`, which opens a page for a reader of its own (`options` are those of Playwright's
 *   contexts) and gives it `problems`, the list of console errors, uncaught errors and policy violations; and `close`
 */
export async function browser({ hosts = {} } = {}) {
  const executablePath = process.env.CHROME;
  if (!executablePath) throw new Error("CHROME is not set: run these checks with `cargo xtask test packaging`");
  const rules = Object.entries(hosts).map(([name, url]) => `MAP ${name} ${new URL(url).host}`);
  const args = rules.length > 0 ? [...FLAGS, `--host-resolver-rules=${rules.join(",")}`] : FLAGS;
  const chrome = await chromium.launch({ executablePath, args });

  async function open(url, options = {}) {
    const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const problems = [];
    page.problems = problems;
    page.on("console", (message) => {
      if (isProblem(message)) problems.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error}`));
    await page.exposeBinding("__ckwViolation", (_, violation) => problems.push(`policy violation: ${violation}`));
    await page.addInitScript(() => {
      const { __ckwViolation: note } = window;
      const told = ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) =>
        note(`${effectiveDirective} blocked ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`);
      document.addEventListener("securitypolicyviolation", told);
    });
    await page.goto(url);
    return page;
  }

  return { open, close: () => chrome.close() };
}
