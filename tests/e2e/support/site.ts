/**
 * A site without a build step: the package as it is packed, at `/pkg/`, and the pages a story writes. A server of its own,
 * because a slow network is felt only by what comes over the network.
 */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import { Backend } from "./demo.ts";
import { freePort } from "./process.ts";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const PACKAGE = join(ROOT, "target/xtask/package");

const TYPES: Record<string, string> = {
  "": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

interface Answer {
  body: Buffer | string;
  headers?: Record<string, string>;
}

export class Site {
  /** What is served by path, beside the package. */
  readonly files = new Map<string, Answer>();

  private constructor(
    readonly url: string,
    readonly backend: Backend,
    private readonly server: Server,
  ) {}

  static async start(): Promise<Site> {
    const [port, backendPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const backend = new Backend(backendPort, url);
    await backend.start();
    const compressed = new Map<string, Buffer>();
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", url);
      const { body, headers } = site.answer(pathname) ?? { body: undefined };
      if (body === undefined) return response.writeHead(404).end();
      // The package does not change while it is served; a page may.
      const small = compressed.get(pathname) ?? brotliCompressSync(body);
      if (pathname.startsWith("/pkg/")) compressed.set(pathname, small);
      const type = TYPES[extname(pathname)] ?? "application/octet-stream";
      return response.writeHead(200, { "content-type": type, "content-encoding": "br", ...headers }).end(small);
    });
    const site = new Site(url, backend, server);
    await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
    return site;
  }

  /** Serves a page; `script` is its module, in a file of its own as a strict policy wants it. */
  page(path: string, html: string, script: string, headers: Record<string, string> = {}): void {
    this.files.set(path, { body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${html}`, headers });
    this.files.set(`${path}.js`, { body: script });
  }

  private answer(pathname: string): Answer | undefined {
    const written = this.files.get(pathname);
    if (written !== undefined) return written;
    const file = join(PACKAGE, normalize(pathname.replace(/^\/pkg\//, "")));
    try {
      return pathname.startsWith("/pkg/") ? { body: readFileSync(file) } : undefined;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    await this.backend.dispose();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** The files of the package that a module loads statically, by path on the site, itself included. */
export function staticImports(module: string, found = new Set<string>()): Set<string> {
  const path = normalize(module);
  if (found.has(path)) return found;
  found.add(path);
  const source = readFileSync(join(PACKAGE, path.replace(/^\/pkg\//, "")), "utf8");
  for (const [, specifier] of source.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
    staticImports(join(dirname(path), specifier ?? ""), found);
  }
  return found;
}
