/** A folder as a web server serves it that knows single-page apps. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves `folder` on a free port; paths without a file of their own get index.html, which `adapt` may change. Returns
 * its origin and how to end it.
 */
export async function serveApp(
  folder: string,
  adapt: (page: string) => string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const page = adapt(await readFile(join(folder, "index.html"), "utf8"));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const type = TYPES[extname(pathname)];
    if (type === undefined) {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(page);
      return;
    }
    readFile(join(folder, pathname)).then(
      (file) => {
        response.setHeader("Content-Type", type);
        response.end(file);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
