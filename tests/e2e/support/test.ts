/** Playwright's test with a demo server, its page, and a widget on it. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { expect, type FileChooser, type Page, type Request } from "@playwright/test";

import { Chat } from "./chat.ts";
import { test as base } from "./worker.ts";

interface Fixtures {
  chat: Chat;
  /** Every request of the page, in order. */
  requests: Request[];
  /** Errors on the page's console and uncaught ones; a story that expects some empties the list. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  baseURL: async ({ demo }, use) => use(demo.url),
  requests: async ({ page }, use) => {
    const requests: Request[] = [];
    page.on("request", (request) => requests.push(request));
    await use(requests);
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await use(complaints);
    expect(complaints, "the page's console").toEqual([]);
  },
  chat: async ({ page, demo, requests: _requests, complaints: _complaints }, use) => {
    await demo.backend.start();
    await page.route("**/demo-config.json", (route) => route.fulfill({ json: { backendUrl: demo.backend.url } }));
    await use(new Chat(page));
  },
});

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until all that fades and slides on the page, and in its shadow roots, has come to rest; what goes round for ever does not. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot !== null) roots.push(shadowRoot);
    }
    const moving = roots.flatMap((root) => root.getAnimations()).filter(
      ({ effect, playState }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity,
    );
    await Promise.allSettled(moving.map((animation) => animation.finished));
  });
}

/**
 * Returns the violations that axe-core finds on the page as it is now, in words.
 * @param colours - only what is said with colours, for a page that was looked at in other colours before
 */
export async function violations(page: Page, { colours = false } = {}): Promise<string[]> {
  await atRest(page);
  await page.evaluate(axe);
  return page.evaluate(async (colours) => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; help: string; nodes: { target: unknown[] }[] }[] }> };
    };
    // Only what is wrong is asked for: axe then does not describe what is right.
    const result = await axe.run({ resultTypes: ["violations"], ...(colours ? { runOnly: ["cat.color"] } : {}) });
    return result.violations.map((v) => `${v.id}: ${v.help} at ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`);
  }, colours);
}

/**
 * Returns the file dialog that `open` opens. The browser hears of two things on two ways, that dialogs are to be reported
 * and that a key was pressed, and on a busy machine the key may come first: then a dialog opens that nobody reports. The
 * page's answer in between says that the first has come.
 */
export async function fileDialog(page: Page, open: () => Promise<void>): Promise<FileChooser> {
  const dialog = page.waitForEvent("filechooser");
  await page.evaluate(() => undefined);
  await open();
  return dialog;
}

export { expect };
