/** A web server for pages under a Content-Security-Policy, with the package as it is packed. */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "./process.ts";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
/** The folder that was packed. */
export const PACKAGE = join(ROOT, "target/xtask/package");
/** The path under which sites serve it. */
export const PREFIX = "/chatkit-widget/";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The answer of a server for a path. */
export interface Sent {
  status?: number;
  type?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** A file of the package, by its path in it. */
export const packed = (path: string): Buffer => readFileSync(join(PACKAGE, normalize(path)));

/** A web server with the package. Its host is `localhost` or an address: two of them are two origins in any case. */
export class StrictSite {
  /** The answers by path, in place of the package's file or beside it. */
  readonly sent = new Map<string, Sent>();
  /** With every answer. */
  headers: Record<string, string> = {};
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** The reports that the browser sent to `/reports`. */
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
