/**
 * Pages under a Content-Security-Policy of docs/csp.md, served by a server of their own: with the package as it is packed at
 * `/chatkit-widget/`, and whatever a story puts beside it. Reports of violations come in three ways, and all count: as
 * events of the page, as lines on its console, and as what the browser sends to the policy's `report-uri`.
 */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expect, test as base } from "./features.ts";
import { freePort } from "./process.ts";
import type { ScriptedServer } from "./scripted.ts";

export { expect };

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The folder that was packed. */
export const PACKAGE = join(ROOT, "target/xtask/package");
/** Where sites serve it. */
export const PREFIX = "/chatkit-widget/";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The text of a block of docs/csp.md: three backticks and these words begin it. */
export function documented(words: string): string {
  const document = readFileSync(join(ROOT, "docs/csp.md"), "utf8");
  const [, block] = document.split(`\`\`\`${words}\n`);
  if (block === undefined) throw new Error(`docs/csp.md has no block "${words}"`);
  return block.slice(0, block.indexOf("```"));
}

/**
 * A policy of docs/csp.md, with the test's server in place of its example.
 * @param more - other addresses, by what stands for them in the document
 */
export function policy(name: string, server: ScriptedServer, more: Record<string, string> = {}): string {
  const text = documented(`text csp ${name}`).replaceAll(/\s+/g, " ").trim();
  const real = { "https://chat.example.com": new URL(server.url).origin, ...more };
  return Object.entries(real).reduce((policy, [example, real]) => policy.replaceAll(example, real), text);
}

/** The names of all policies there. */
export function policies(): string[] {
  const document = readFileSync(join(ROOT, "docs/csp.md"), "utf8");
  return [...document.matchAll(/^```text csp (\S+)$/gm)].map(([, name]) => name ?? "");
}

/** What a server sends for a path. */
export interface Sent {
  status?: number;
  type?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** A file of the package, by its path in it. */
export const packed = (path: string): Buffer => readFileSync(join(PACKAGE, normalize(path)));

/** Subresource Integrity, by path in the package. */
export const integrity = (): Record<string, string> => JSON.parse(packed("integrity.json").toString()) as Record<string, string>;

/** A web server with the package. Its host is `localhost` or an address: two of them are two origins in any case. */
export class StrictSite {
  /** What is sent for a path, in place of the package's file or beside it. */
  readonly sent = new Map<string, Sent>();
  /** With every answer. */
  headers: Record<string, string> = {};
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** What the browser sent to `/reports`. */
  readonly reports: string[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<StrictSite> {
    const port = await freePort();
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", site.url);
      if (request.method === "POST" && pathname === "/reports") {
        let body = "";
        request.on("data", (piece: Buffer) => (body += piece.toString()));
        request.on("end", () => {
          site.reports.push(body);
          response.writeHead(204).end();
        });
        return;
      }
      site.asked.push(pathname);
      const { status = 200, type, body, headers } = site.answer(pathname);
      response.writeHead(status, { ...(type === undefined ? {} : { "content-type": type }), ...site.headers, ...headers }).end(body);
    });
    const site = new StrictSite(`http://127.0.0.1:${port}`, server);
    await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
    return site;
  }

  /** Forgets what the story before put here. */
  reset(): void {
    this.sent.clear();
    this.headers = {};
    this.asked.length = 0;
    this.reports.length = 0;
  }

  /** Serves a page under a policy; `head` and `body` are its HTML. */
  page(path: string, policy: string, body: string, head = ""): void {
    this.sent.set("/icon.svg", { type: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    this.sent.set(path, {
      type: "text/html; charset=utf-8",
      headers: { "content-security-policy": `${policy}; report-uri /reports` },
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A strict page</title>
<link rel="icon" href="/icon.svg">${head}</head><body>${body}</body></html>`,
    });
  }

  private answer(pathname: string): Sent {
    const told = this.sent.get(pathname);
    if (told !== undefined) return told;
    try {
      if (pathname.startsWith(PREFIX)) return { type: TYPES[extname(pathname)] ?? "text/plain", body: packed(pathname.slice(PREFIX.length)) };
    } catch {
      // There is no such file.
    }
    return { status: 404 };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** Collects what a page reports; call it before the page is opened. */
export async function watched(page: Page, site?: StrictSite): Promise<() => string[]> {
  const seen: string[] = [];
  await page.exposeFunction("violated", (what: string) => seen.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample, sourceFile, lineNumber }) => {
      const { violated } = window as unknown as { violated(what: string): void };
      violated(`event: ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`);
    });
  });
  page.on("console", (message) => {
    // The widget's own lines name what a policy may forbid, too.
    if (message.text().startsWith("[chatkit-widget]") || message.text().startsWith("chatkit-widget:")) return;
    if (/Content.Security.Policy|Trusted ?(Types|HTML|Script)|integrity/i.test(message.text())) seen.push(`console: ${message.text()}`);
  });
  return () => [...seen, ...(site?.reports ?? []).map((report) => `report: ${report}`)];
}

/** A page's text, and the script tag of the widget behind it; `more` are attributes. */
export function scriptTag(server: ScriptedServer, options: Record<string, unknown>, more = ""): string {
  const attributes = Object.entries({ backendUrl: server.url, ...options }).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const attribute = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    return `data-${attribute}="${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  });
  return `<main><h1>Servos</h1><p id="passage">A servo is a motor that holds the angle it is told to hold.</p></main>
<script type="module" src="/chatkit-widget/dist/public/script.js" ${attributes.join(" ")} ${more}></script>`;
}

/** The stories' test: the scripted server, and a site for each worker. */
export const test = base.extend<{ site: StrictSite }, { sites: StrictSite }>({
  sites: [
    async ({}, use) => {
      const site = await StrictSite.start();
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  site: async ({ sites }, use) => {
    sites.reset();
    await use(sites);
  },
});
