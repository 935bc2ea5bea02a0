/** A folder as a web server serves it that knows single-page apps. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// What Vite's own preview serves with; any number of them run beside each other.
import sirv from "sirv";

/** A running server. */
export interface ServedApp {
  /** Its origin. */
  url: string;
  /** Ends it. */
  stop: () => Promise<void>;
}

/** Paths of files that a page loads: without a file they are missing, any other path is a page of the app. */
const LOADED = [/\.(css|js|json|wasm)$/];

/**
 * Serves `folder` on a free port of this machine; a path without a file of its own gets `index.html`, as in Vite's preview.
 */
export async function serveApp(folder: string): Promise<ServedApp> {
  const serve = sirv(folder, { single: true, etag: true, ignores: LOADED });
  const server = createServer((request, response) => serve(request, response, () => void response.writeHead(404).end()));
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** The built demo page. */
export const DEMO_PAGE = resolve(dirname(fileURLToPath(import.meta.url)), "../../../www/dist");
