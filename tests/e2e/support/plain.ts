/** A page with nothing but the widget on it: the test's own HTML around the package as it was packed. */

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import type { Demo } from "./demo.ts";

const PACKAGE = resolve(dirname(fileURLToPath(import.meta.url)), "../../../www/node_modules/chatkit-widget");

/** What is around the widget. */
export interface PlainPage {
  /** Attributes of `<html>`. */
  html?: string;
  /** A stylesheet of the page. */
  css?: string;
  body?: string;
  /** Options of `mountChatWidget`, plain data, over the test's server and a title. */
  options?: Record<string, unknown>;
}

/** Serves the package under `/package/` as the demo page installed it: no build step touches it. */
export async function servePackage(page: Page): Promise<void> {
  await page.route("**/package/**", (route) => {
    const { pathname } = new URL(route.request().url());
    return route.fulfill({ path: join(PACKAGE, pathname.replace(/^\/package\//, "")) });
  });
}

/** Opens it. */
export async function openPlain(page: Page, demo: Demo, { html = "", css = "", body = "", options }: PlainPage = {}): Promise<void> {
  await servePackage(page);
  const all = { backendUrl: demo.backend.url, title: "Ask the book", ...options };
  await page.route("**/plain", (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      body: `<!doctype html>
<html lang="en" ${html}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, viewport-fit=cover">
<link rel="icon" href="data:,">
<title>A plain page</title>
<link rel="stylesheet" href="/package/styles.css">
<style>${css}</style>
</head>
<body><main><h1>A plain page</h1>${body}</main>
<script type="module">
import { mountChatWidget } from "/package/dist/public/index.js";
window.chat = mountChatWidget(document.body, ${JSON.stringify(all)});
</script>
</body>
</html>`,
    }),
  );
  await page.goto("/plain");
}
