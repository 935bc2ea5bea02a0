/** Pages with one contender each, and answers streamed to them by the clock, whether or not anybody keeps up. */

import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { answer, type Kind } from "./answers.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDERS: Record<string, string> = { dist: join(HERE, "dist"), package: join(HERE, "node_modules/chatkit-widget") };
const TYPES: Record<string, string> = { ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Characters of a delta. */
const DELTA = 12;
/** Deltas sent together … */
const TOGETHER = 4;
/** … every so many milliseconds. */
const EVERY = 8;

const page = (contender: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${contender}</title>
<link rel="icon" href="data:,">
${contender.startsWith("streamdown") ? '<link rel="stylesheet" href="/dist/streamdown.css">' : ""}
<style>
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; }
#box { inline-size: 440px; block-size: 700px; overflow-y: auto; }
</style>
</head>
<body><div id="box"></div><script type="module" src="/dist/${contender}.js"></script></body>
</html>`;

/** The events of one answer in ChatKit's protocol; each delta an event. */
function events(text: string): { before: string[]; deltas: string[]; after: string[] } {
  const now = new Date().toISOString();
  const thread = { id: "thr_1", created_at: now, status: { type: "active" }, metadata: {}, items: { data: [], has_more: false } };
  const asked = { type: "input_text", text: "Tell me everything." };
  const user = { id: "msg_1", thread_id: "thr_1", created_at: now, type: "user_message", content: [asked], attachments: [], inference_options: {} };
  const item = (content: unknown[]) => ({ id: "msg_2", thread_id: "thr_1", created_at: now, type: "assistant_message", content });
  const whole = { annotations: [], text, type: "output_text" };
  const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const update = (type: string, more: object): string =>
    event({ type: "thread.item.updated", item_id: "msg_2", update: { type: `assistant_message.content_part.${type}`, content_index: 0, ...more } });
  const pieces = text.match(new RegExp(`[^]{1,${DELTA}}`, "gu")) ?? [];
  return {
    before: [
      event({ type: "thread.created", thread }),
      event({ type: "thread.item.done", item: user }),
      event({ type: "thread.item.added", item: item([]) }),
      update("added", { content: { ...whole, text: "" } }),
    ],
    deltas: pieces.map((delta) => update("text_delta", { delta })),
    after: [update("done", { content: whole }), event({ type: "thread.item.done", item: item([whole]) })],
  };
}

function stream(response: ServerResponse, text: string): void {
  const { before, deltas, after } = events(text);
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write(before.join(""));
  const began = performance.now();
  let sent = 0;
  // By the clock, because a timer may be late: what is due is sent together then, as it comes over a network.
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - began) / EVERY) * TOGETHER;
    if (due > sent) response.write(deltas.slice(sent, due).join(""));
    sent = due;
    if (sent < deltas.length) return;
    clearInterval(timer);
    response.end(after.join(""));
  }, EVERY);
  response.on("close", () => clearInterval(timer));
}

/** Serves on a free port. `/?contender=floor&kind=list&length=20000` is a page. */
export async function serve(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/chatkit") {
      stream(response, answer(searchParams.get("kind") as Kind, Number(searchParams.get("length"))));
      return;
    }
    const [, folder = "", ...path] = pathname.split("/");
    const root = FOLDERS[folder];
    if (root === undefined) {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(page(searchParams.get("contender") ?? "floor"));
      return;
    }
    readFile(join(root, ...path)).then(
      (file) => {
        response.setHeader("Content-Type", TYPES[extname(pathname)] ?? "text/plain");
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
