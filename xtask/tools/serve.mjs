// node serve.mjs <folder> <port>: the built demo page on this machine; a path without a file of its own gets index.html.
// Vite's preview does the same, but newer versions of it refuse to run twice for one project.
import { createServer } from "node:http";

import sirv from "sirv";

const [folder, port] = process.argv.slice(2);
const serve = sirv(folder, { single: true, etag: true });
createServer((request, response) => serve(request, response, () => response.writeHead(404).end())).listen(Number(port), "127.0.0.1");
