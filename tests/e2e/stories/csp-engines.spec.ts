/** The policies of docs/csp.md for pages with OpenAI's engine, and for pages that name a nonce. */

import type { Page } from "@playwright/test";

import { Chat } from "../support/chat.ts";
import { expect, policy, scriptTag, test, watched } from "../support/strict.ts";

const CDN = "https://cdn.platform.openai.com";

/**
 * STAND-IN for OpenAI's script: an element with a frame of OpenAI's in it, which asks the site's server through the page and
 * says that it is ready, as far as the protocol tells what the real one does.
 */
const SCRIPT = `customElements.define("openai-chatkit", class extends HTMLElement {
  setOptions({ api }) {
    if (this.firstChild) return;
    const frame = document.createElement("iframe");
    frame.src = "${CDN}/deployments/chatkit/index-1.html";
    frame.addEventListener("load", async () => {
      const answer = await api.fetch(api.url, { method: "POST", body: JSON.stringify({ type: "threads.list", params: {} }) });
      this.dataset.answer = answer.status;
      this.dispatchEvent(new CustomEvent("chatkit.ready"));
    });
    this.append(frame);
  }
  async focusComposer() {}
});`;

async function serveOpenAi(page: Page): Promise<void> {
  await page.route(`${CDN}/**`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: SCRIPT })
      : route.fulfill({ contentType: "text/html", body: "<!doctype html><title>OpenAI</title><p>The frame.</p>" }),
  );
}

const openai = { title: "Ask the book", engine: "openai", domainKey: "domain_pk_test" };

for (const name of ["openai", "openai-trusted-types"]) {
  test(`OpenAI's engine is drawn in its frame and talks to the site's server: ${name}`, async ({ page, server, site }) => {
    const reported = await watched(page, site);
    await serveOpenAi(page);
    site.page("/strict", policy(name, server), scriptTag(server, openai));
    await page.goto(`${site.url}/strict`);
    await page.locator(".ckw-toggle").click();
    await expect(page.frameLocator("openai-chatkit iframe").getByText("The frame.")).toBeVisible();
    await expect(page.locator("openai-chatkit")).toHaveAttribute("data-answer", "200");
    expect(reported()).toEqual([]);
  });
}

test("a chat that falls back from OpenAI's engine needs no other policy", async ({ page, server, site, complaints }) => {
  const reported = await watched(page, site);
  await page.route(`${CDN}/**`, (route) => route.abort());
  site.page("/strict", policy("openai", server), scriptTag(server, { ...openai, engine: "auto" }));
  await page.goto(`${site.url}/strict`);
  const chat = new Chat(page);
  await chat.open();
  await chat.converse("hello");
  expect(reported()).toEqual([]);
  complaints.length = 0;
});

const NONCE = "R4nd0mV4lu3";

test("a nonce of the page is enough for OpenAI's script and for the stylesheet of a script tag", async ({ page, server, site }) => {
  const reported = await watched(page, site);
  await serveOpenAi(page);
  site.page("/strict", policy("nonce", server), scriptTag(server, openai, `nonce="${NONCE}"`));
  await page.goto(`${site.url}/strict`);
  await page.locator(".ckw-toggle").click();
  await expect(page.frameLocator("openai-chatkit iframe").getByText("The frame.")).toBeVisible();
  await expect(page.locator(".ckw")).toHaveCSS("position", "fixed");
  expect(reported()).toEqual([]);
});

test("a nonce of the page is enough for the self-hosted engine, too", async ({ page, server, site }) => {
  const reported = await watched(page, site);
  const options = { title: "Ask the book", engine: "selfhosted" };
  site.page("/strict", policy("nonce", server), scriptTag(server, options, `nonce="${NONCE}"`));
  await page.goto(`${site.url}/strict`);
  const chat = new Chat(page);
  await chat.open();
  await chat.converse("code");
  expect(reported()).toEqual([]);
});

test("an app gives the nonce as an option", async ({ page, server, site }) => {
  const reported = await watched(page, site);
  await serveOpenAi(page);
  site.sent.set("/app.js", {
    type: "text/javascript",
    body: `import { mountChatWidget } from "/chatkit-widget/dist/public/index.js";
      const nonce = document.querySelector("script[nonce]")?.nonce;
      mountChatWidget(document.body, { ...${JSON.stringify({ ...openai, backendUrl: server.url })}, nonce });`,
  });
  const head = `<link rel="stylesheet" href="/chatkit-widget/styles.css" nonce="${NONCE}">`;
  site.page("/strict", policy("nonce", server), `<script type="module" src="/app.js" nonce="${NONCE}"></script>`, head);
  await page.goto(`${site.url}/strict`);
  await page.locator(".ckw-toggle").click();
  await expect(page.frameLocator("openai-chatkit iframe").getByText("The frame.")).toBeVisible();
  expect(reported()).toEqual([]);
});
