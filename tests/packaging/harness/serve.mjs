/** A folder on a web server as static hosts are: GitHub Pages, Netlify, nginx with its usual lines. */
import { stat, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const isFile = (path) => stat(path).then((found) => found.isFile(), () => false);

/**
 * Serves `folder` on a free port of this machine.
 * @param folder - where the files are
 * @param base - the path the site lives under, with a slash at both ends
 * @param headers - sent with every answer; a function gets the path and returns them
 * @param trailingSlash - whether `/page` is sent on to `/page/` where that is a folder, as GitHub Pages does; `false`
 *   answers it on the spot
 * @returns `url` of the site's start page, its `origin`, the `requests` so far as `{ path, status }`, and `close`
 */
export async function serve(folder, { base = "/", headers = {}, trailingSlash = true } = {}) {
  const root = resolve(folder);
  const requests = [];

  /** What answers this path under the base: a file, or another address. */
  async function lookUp(path) {
    const at = normalize(join(root, path));
    if (at !== root && !at.startsWith(root + sep)) return undefined;
    if (!path.endsWith("/")) {
      if (await isFile(at)) return { file: at };
      if (await isFile(`${at}.html`)) return { file: `${at}.html` };
    }
    const index = join(at, "index.html");
    if (!(await isFile(index))) return undefined;
    return trailingSlash && !path.endsWith("/") ? { moved: `${base}${path.slice(1)}/` } : { file: index };
  }

  async function answer(url) {
    const path = decodeURIComponent(url.pathname);
    const found = path.startsWith(base) ? await lookUp(path.slice(base.length - 1)) : undefined;
    if (found?.moved !== undefined) return { status: 301, head: { Location: found.moved + url.search } };
    if (found !== undefined) return { status: 200, file: found.file };
    // Every browser asks for it; that a site has none is nothing to complain about.
    if (path.endsWith("/favicon.ico")) return { status: 204 };
    const page = join(root, "404.html");
    return (await isFile(page)) ? { status: 404, file: page } : { status: 404 };
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const { status, file, head = {} } = await answer(url).catch(() => ({ status: 400 }));
    requests.push({ path: url.pathname, status });
    const more = typeof headers === "function" ? headers(url.pathname) : headers;
    const type = file === undefined ? undefined : (TYPES[extname(file)] ?? "application/octet-stream");
    response.writeHead(status, { ...(type && { "Content-Type": type }), ...more, ...head });
    response.end(file === undefined ? undefined : await readFile(file));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () =>
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });
  return { url: origin + base, origin, requests, close };
}
