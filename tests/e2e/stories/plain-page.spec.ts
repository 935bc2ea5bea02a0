import type { Page } from "@playwright/test";

import { countLeftovers } from "../support/leftovers.ts";
import { servePackage } from "../support/plain.ts";
import { expect, test } from "../support/test.ts";

declare global {
  interface Window {
    /** What the script tag leaves to the page's own code. */
    chatkitWidget?: { close(): void; sendMessage(text: string): Promise<void>; newThread(): Promise<void> };
    /** The story's own page. */
    mountChat(options: object): void;
    mounted: { destroy(): void };
  }
}

/** Serves a page of its own beside the package, under the demo page's origin, which the server knows. */
async function servePlain(page: Page, html: string): Promise<void> {
  await servePackage(page);
  const body = `<!doctype html><html lang="en"><title>Plain</title>${html}`;
  await page.route("**/plain/", (route) => route.fulfill({ contentType: "text/html", body }));
}

test("one script tag is enough for a page without a build step", async ({ page, chat, demo }) => {
  await servePlain(
    page,
    `<main><h1>Plain</h1></main>
     <script type="module" src="/package/dist/public/script.js" data-backend-url="${demo.backend.url}"
       data-title="Ask the book" data-engine="selfhosted" data-position="bottom-left" data-width="360"></script>`,
  );
  await page.goto("/plain/");
  await expect(chat.toggle).toBeVisible();
  await chat.open();
  await expect(chat.panel).toHaveCSS("width", "360px");
  await chat.converse("What is a servo?");
  await page.evaluate(() => window.chatkitWidget?.close());
  await expect(chat.host).toHaveAttribute("data-panel", "closed");
  await page.evaluate(() => void window.chatkitWidget?.sendMessage("What is a robot?"));
  await chat.answered(1);
  await page.evaluate(() => void window.chatkitWidget?.newThread());
  await expect(chat.questions).toHaveCount(0);
});

test("a script tag with mistakes says what to write, and works as well as it can", async ({ page, chat, demo, complaints }) => {
  const warned: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  await servePlain(
    page,
    `<script type="module" src="/package/dist/public/script.js" data-backend-url="${demo.backend.url}"
       data-title="Ask the book" data-offset="20" data-backendurl="x" data-labels="{openChat}"></script>`,
  );
  await page.goto("/plain/");
  await chat.open();
  await expect.poll(() => complaints.filter((line) => line.includes("chatkit-widget"))).toEqual([
    expect.stringContaining("data-labels: must be JSON"),
    expect.stringContaining("offset: must be an object, not 20"),
  ]);
  expect(warned.filter((line) => line.includes("chatkit-widget"))).toEqual([
    expect.stringContaining('backendurl: is no option of the widget; did you mean "backendUrl"?'),
  ]);
  complaints.length = 0;
});

test("a destroyed widget leaves no listener, node, timer or request behind", async ({ page, chat, demo }) => {
  await countLeftovers(page);
  await servePlain(
    page,
    `<link rel="stylesheet" href="/package/styles.css"><main><h1>Plain</h1><p>Some text.</p></main>
     <script type="module">
       import { mountChatWidget } from "/package/dist/public/index.js";
       window.mountChat = (options) => { window.mounted = mountChatWidget(document.body, options); };
       document.documentElement.dataset.ready = "";
     </script>`,
  );
  await page.goto("/plain/");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  const mount = (options: object) =>
    page.evaluate((given) => window.mountChat(given), options);
  const destroy = () => page.evaluate(() => window.mounted.destroy());
  const options = { backendUrl: demo.backend.url, title: "Ask the book", engine: "selfhosted", shortcut: "Mod+K", pageContext: true };
  const state = () => page.evaluate(() => ({ html: document.documentElement.outerHTML, ...window.leftovers() }));

  const before = await state();
  await mount(options);
  await chat.open();
  await chat.converse("What is a servo?");
  expect((await state()).observers).toBeGreaterThan(before.observers);
  await destroy();
  await expect.poll(state).toEqual(before);

  // In the middle of things, an answer on its way. The tab remembers that the panel was open.
  await demo.backend.start({ wordDelay: 60 });
  await mount(options);
  await chat.ready();
  await chat.ask("What is a robot?");
  await expect(chat.answers.last()).toContainText(/\w+ \w+/);
  await destroy();
  await expect.poll(state).toEqual(before);

  // Before anything was loaded.
  await mount(options);
  await destroy();
  await expect.poll(state).toEqual(before);
});
