/** The wasm from another origin (`wasmUrl`), and hashes for all that a page loads (docs/csp.md). */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { Chat } from "../support/chat.ts";
import { PACKAGE, PREFIX, StrictSite, documented, expect, integrity, packed, policy, scriptTag, test, watched } from "../support/strict.ts";

const CDN = "https://cdn.example.com";
const selfhosted = { title: "Ask the book", engine: "selfhosted" };

/** Runs a story with a second server, whose port makes it another origin. */
async function withCdn(story: (cdn: StrictSite) => Promise<void>): Promise<void> {
  const cdn = await StrictSite.start();
  try {
    cdn.headers = { "access-control-allow-origin": "*" };
    await story(cdn);
  } finally {
    await cdn.stop();
  }
}

const wasmOf = (url: string): string => `${url}/chatkit-widget/wasm/`;

/** A conversation that needs both modules. */
async function converse(page: Page): Promise<void> {
  const chat = new Chat(page);
  await chat.open();
  await expect(await chat.converse("code")).toContainText("loop");
}

test("both modules come from another origin, and none from the page's own", async ({ page, server, site }) => {
  await withCdn(async (cdn) => {
    const reported = await watched(page, site);
    const options = { ...selfhosted, wasmUrl: wasmOf(cdn.url) };
    site.page("/strict", policy("elsewhere", server, { [CDN]: cdn.url }), scriptTag(server, options));
    await page.goto(`${site.url}/strict`);
    await converse(page);
    expect(cdn.asked.map((path) => path.split("/").pop()).sort()).toEqual(
      ["container.js", "container_bg.wasm", "element.js", "element_bg.wasm"],
    );
    expect(site.asked.filter((path) => path.includes("/wasm/"))).toEqual([]);
    expect(reported()).toEqual([]);
  });
});

test("a page with the element alone says on its tag where the wasm is", async ({ page, server, site }) => {
  await withCdn(async (cdn) => {
    const reported = await watched(page, site);
    const element = integrity()["wasm/element_bg.wasm"];
    site.sent.set("/app.js", {
      type: "text/javascript",
      body: `import "/chatkit-widget/dist/public/element.js";
        const chat = document.querySelector("openai-chatkit");
        chat.setOptions({ api: { url: "${server.url}/chatkit", domainKey: "self-hosted" } });`,
    });
    site.page(
      "/strict",
      policy("elsewhere", server, { [CDN]: cdn.url }),
      `<openai-chatkit wasm-url="${wasmOf(cdn.url)}" wasm-integrity="${element}"></openai-chatkit>
       <script type="module" src="/app.js"></script>`,
    );
    await page.goto(`${site.url}/strict`);
    await new Chat(page).converse("hello");
    expect(cdn.asked.map((path) => path.split("/").pop()).sort()).toEqual(["element.js", "element_bg.wasm"]);
    expect(reported()).toEqual([]);
  });
});

/** What is wrong with the other server, and what the site's people read. */
const WRONG: [what: string, spoil: (cdn: StrictSite) => void, said: (cdn: string, page: string) => string][] = [
  [
    "sends no CORS header",
    (cdn) => (cdn.headers = {}),
    (cdn, page) => `${cdn}container.js may not be read by this page: its server must send "Access-Control-Allow-Origin: ${page}"`,
  ],
  [
    "does not have the files",
    (cdn) => cdn.sent.set("/chatkit-widget/wasm/container.js", { status: 404, type: "text/html", body: "<p>No." }),
    (cdn) => `${cdn}container.js is not there: the server answers 404`,
  ],
  [
    "serves scripts as plain text",
    (cdn) => cdn.sent.set("/chatkit-widget/wasm/container.js", { type: "text/plain", body: packed("wasm/container.js") }),
    (cdn) => `${cdn}container.js is served as text/plain; it must be text/javascript`,
  ],
  [
    "sends a page in place of the wasm file",
    (cdn) => cdn.sent.set("/chatkit-widget/wasm/container_bg.wasm", { type: "text/html", body: "<p>Welcome." }),
    (cdn) => `${cdn}container_bg.wasm is served as text/html; it must be application/wasm`,
  ],
  [
    "has other bytes than the site vouches for",
    (cdn) => cdn.sent.set("/chatkit-widget/wasm/container_bg.wasm", { type: "application/wasm", body: Buffer.concat([packed("wasm/container_bg.wasm"), Buffer.from([0, 2, 1, 120])]) }),
    (cdn) => `${cdn}container_bg.wasm is not the file that wasmIntegrity.container vouches for`,
  ],
];

for (const [what, spoil, said] of WRONG) {
  test(`the site's people read what to change where the other server ${what}`, async ({ page, server, site, complaints }) => {
    await withCdn(async (cdn) => {
      spoil(cdn);
      const hashes = integrity();
      const options = {
        ...selfhosted,
        wasmUrl: wasmOf(cdn.url),
        wasmIntegrity: { container: hashes["wasm/container_bg.wasm"], element: hashes["wasm/element_bg.wasm"] },
      };
      site.page("/strict", policy("elsewhere", server, { [CDN]: cdn.url }), scriptTag(server, options));
      await page.goto(`${site.url}/strict`);
      await page.locator(".ckw-toggle").click();
      // The reader reads a sentence without any of it.
      await expect(page.getByRole("alert")).toHaveText("The chat could not be loaded. Check your connection and press the button again.");
      expect(complaints.join("\n")).toContain(`chatkit-widget/wasm/container.js could not be loaded: ${said(wasmOf(cdn.url), site.url)}`);
      complaints.length = 0;
    });
  });
}

/** Runs the program of docs/csp.md on the package: the import map, and the hash of its text. */
function importMap(): [map: string, hash: string] {
  const folder = mkdtempSync(join(tmpdir(), "chatkit-widget-csp-"));
  try {
    const program = join(folder, "integrity-map.mjs");
    writeFileSync(program, documented("js integrity-map"));
    const [map = "", hash = ""] = execFileSync(process.execPath, [program, PACKAGE, PREFIX], { encoding: "utf8" }).split("\n");
    return [map, hash];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A page that names a hash for everything it loads. */
function servePageOfHashes(site: StrictSite, server: Parameters<typeof policy>[1]): void {
  const [map, hash] = importMap();
  const hashes = integrity();
  const wasmIntegrity = { container: hashes["wasm/container_bg.wasm"], element: hashes["wasm/element_bg.wasm"] };
  site.page(
    "/strict",
    policy("integrity", server, { "'sha256-OF-THE-IMPORT-MAP'": hash }),
    scriptTag(server, { ...selfhosted, wasmIntegrity }, `integrity="${hashes["dist/public/script.js"]}"`),
    `<script type="importmap">${map}</script>
     <link rel="stylesheet" href="/chatkit-widget/styles.css" integrity="${hashes["styles.css"]}">`,
  );
}

test("a page that names a hash for everything it loads has its conversation", async ({ page, server, site }) => {
  const reported = await watched(page, site);
  servePageOfHashes(site, server);
  await page.goto(`${site.url}/strict`);
  await converse(page);
  const known = Object.keys(integrity());
  const loaded = () => site.asked.filter((path) => path.startsWith(PREFIX)).map((path) => path.slice(PREFIX.length));
  await expect.poll(loaded).toEqual(expect.arrayContaining(["dist/internal/code-colors.js", "wasm/element_bg.wasm"]));
  expect(loaded().filter((path) => !known.includes(path))).toEqual([]);
  expect(reported()).toEqual([]);
});

for (const changed of ["dist/internal/controller.js", "dist/internal/plain-chat.js", "wasm/container.js", "wasm/container_bg.wasm"]) {
  test(`a page that names a hash for everything runs no other ${changed}`, async ({ page, server, site, complaints }) => {
    servePageOfHashes(site, server);
    const evil = changed.endsWith(".js") ? Buffer.from("\nwindow.taken = true;") : Buffer.from([0, 2, 1, 120]);
    const type = changed.endsWith(".js") ? "text/javascript" : "application/wasm";
    site.sent.set(`/chatkit-widget/${changed}`, { type, body: Buffer.concat([packed(changed), evil]) });
    await page.goto(`${site.url}/strict`);
    await page.locator(".ckw-toggle").click();
    await expect.poll(() => complaints.join("\n")).toMatch(/integrity/i);
    expect(await page.evaluate(() => "taken" in window)).toBe(false);
    await expect(page.locator("openai-chatkit")).toHaveCount(0);
    complaints.length = 0;
  });
}
