/** What has to go well on every site, however it was built: a reader comes, asks, and is answered. */
import assert from "node:assert/strict";

import { backend } from "./backend.mjs";
import { browser } from "./browser.mjs";
import { chat, expectQuiet } from "./conversation.mjs";

/** The address of the chat's server in the sources of the projects. The browser finds the demo server there. */
export const CHAT_SERVER = "http://chat.example.org";

/**
 * A browser for readers of `site`, with the demo server where the site's source says it is.
 * @param t - the test, which ends both
 * @param options - of `backend`
 */
export async function readers(t, site, options) {
  const server = await backend(site.origin, options);
  t.after(server.stop);
  const chrome = await browser({ hosts: { [new URL(CHAT_SERVER).host]: server.url } });
  t.after(chrome.close);
  return chrome;
}

/**
 * A reader opens a page and asks. Each wasm module is loaded once, the conversation's not before it is wanted, and the
 * console stays quiet.
 * @param t - the test
 * @param site - of `serve`, or whatever has its `url` and `origin`
 * @param path - of the page
 * @returns the page, with the answer on it
 */
export async function readerIsAnswered(t, site, path = "") {
  const chrome = await readers(t, site);
  const page = await chrome.open("about:blank");
  const loaded = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith(".wasm")) loaded.push(request.url());
  });
  await page.goto(new URL(path, site.url).href);
  await page.locator("button.ckw-toggle:visible").waitFor();
  // An idle page loads the container's ahead, never the conversation's.
  assert.ok(loaded.length <= 1, `wasm that nobody asked for yet: ${loaded.join(", ")}`);
  const answer = await chat(page, "What is a servo?");
  assert.match(answer, /servo/i);
  assert.deepEqual([loaded.length, new Set(loaded).size], [2, 2], `wasm requests: ${loaded.join(", ")}`);
  expectQuiet(page);
  return page;
}
