/** The proxy does what each fault says, and the server gets what it says. */

import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";

import { expect, test as base } from "@playwright/test";

import { FAULTS, type Fault, named } from "../faults.ts";
import { Proxy } from "../proxy.ts";

const FRAMES = [
  '{"type":"thread.created"}',
  '{"type":"thread.item.done","item":{"type":"user_message"}}',
  '{"type":"stream_options"}',
  '{"type":"thread.item.updated","update":{"type":"x.text_delta","delta":"plain"}}',
  '{"type":"thread.item.updated","update":{"type":"x.text_delta","delta":"é"}}',
  '{"type":"thread.item.updated","update":{"type":"x.text_delta","delta":"three"}}',
  '{"type":"thread.item.done","item":{"type":"assistant_message"}}',
].map((frame) => `data: ${frame}\n\n`);
const JSON_BODY = '{"data":[]}';

/** A server that streams frames, and notes what it got and which clients left. */
interface Upstream {
  url: string;
  got: string[];
  left: number;
}

const test = base.extend<{ upstream: Upstream; proxy_: Proxy }>({
  upstream: async ({}, use) => {
    const upstream: Upstream = { url: "", got: [], left: 0 };
    const server: Server = createServer((request, response) => {
      let body = "";
      request.on("data", (piece: Buffer) => (body += piece.toString()));
      request.on("end", () => {
        upstream.got.push(body);
        if (!body.includes("threads.create")) return response.writeHead(200, { "content-type": "application/json" }).end(JSON_BODY);
        response.writeHead(200, { "content-type": "text/event-stream" });
        const rest = [...FRAMES];
        const timer = setInterval(() => {
          const frame = rest.shift();
          if (frame !== undefined) return void response.write(frame);
          clearInterval(timer);
          response.end();
        }, 5);
        response.on("close", () => {
          clearInterval(timer);
          if (!response.writableFinished) upstream.left += 1;
        });
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await use(upstream);
    server.closeAllConnections();
    server.close();
  },
  proxy_: async ({ upstream }, use) => {
    const proxy = await Proxy.start(upstream.url);
    await use(proxy);
    await proxy.stop();
  },
});

/** A response as it came over one connection. */
interface Came {
  /** Everything after the headers, as it was on the wire. */
  body: string;
  bytes: Buffer;
  status: number;
  head: string;
  /** `ECONNRESET` and the like; `fin` for a proper end, `open` where nothing has ended. */
  end: string;
}

/** Sends a request as bytes, because `fetch` hides how a connection ends. */
async function send(proxy: Proxy, type = "threads.create", patience = 700): Promise<Came> {
  const { port } = new URL(proxy.url);
  const body = JSON.stringify({ type });
  return new Promise((came) => {
    const pieces: Buffer[] = [];
    const socket = connect(Number(port), "127.0.0.1");
    const finish = (end: string): void => {
      clearTimeout(timer);
      socket.destroy();
      const bytes = Buffer.concat(pieces);
      const at = bytes.indexOf("\r\n\r\n");
      const head = bytes.subarray(0, Math.max(at, 0)).toString();
      const rest = at < 0 ? Buffer.alloc(0) : bytes.subarray(at + 4);
      came({ body: rest.toString(), bytes: rest, status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? 0), head, end });
    };
    const timer = setTimeout(() => finish("open"), patience);
    socket.on("data", (piece) => pieces.push(piece));
    socket.on("end", () => finish("fin"));
    socket.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? "error"));
    socket.write(`POST /chatkit HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  });
}

const arm = (proxy: Proxy, fault: Fault, operation = "threads.create"): void =>
  proxy.arm({ fault, hits: (asked) => asked.operation === operation });

test("without a fault everything passes, and every request is noted", async ({ proxy_: proxy, upstream }) => {
  const came = await send(proxy);
  expect(came.status).toBe(200);
  for (const frame of FRAMES) expect(came.body).toContain(frame);
  expect((await send(proxy, "items.list")).body).toContain(JSON_BODY);
  expect(proxy.asked.map(({ operation, fault }) => [operation, fault])).toEqual([
    ["threads.create", undefined],
    ["items.list", undefined],
  ]);
  expect(upstream.got).toHaveLength(2);
});

/** Name, how the connection ends, the status that came, how often the server got the request. */
const ends: [string, string, number, number][] = [
  ["reset", "ECONNRESET", 0, 0],
  ["reset+stored", "ECONNRESET", 0, 1],
  ["hdr_reset", "ECONNRESET", 200, 0],
  ["hdr_reset+stored", "ECONNRESET", 200, 1],
  ["reset+begun", "ECONNRESET", 0, 1],
  ["stall", "open", 0, 0],
  ["stall+stored", "open", 0, 1],
  ["stall_echo", "open", 200, 1],
  ["cut_frame", "ECONNRESET", 200, 1],
  ["cut_frame_fin", "fin", 200, 1],
  ["cut_echo", "ECONNRESET", 200, 1],
  ["cut_echo_fin", "fin", 200, 1],
  ["503", "fin", 503, 0],
  ["503+stored", "fin", 503, 1],
  ["204+stored", "fin", 204, 1],
  ["200_html", "fin", 200, 0],
  ["504+begun", "fin", 504, 1],
];

for (const [name, end, status, got] of ends) {
  test(`${name}: ends with ${end}, status ${status}, and the server got ${got}`, async ({ proxy_: proxy, upstream }) => {
    arm(proxy, named(name));
    const came = await send(proxy);
    expect([came.end, came.status, upstream.got.length]).toEqual([end, status, got]);
    expect(proxy.asked[0]?.fault).toBe(name);
    // Once means once.
    expect((await send(proxy)).body).toContain(FRAMES.at(-1));
  });
}

test("a client that is said to have left has left, and one whose request was done has not", async ({ proxy_: proxy, upstream }) => {
  arm(proxy, named("504+begun"));
  await send(proxy);
  expect(upstream.left).toBe(1);
  arm(proxy, named("504+stored"));
  await send(proxy);
  expect(upstream.left).toBe(1);
});

test("a late request arrives after its connection was lost, and not before", async ({ proxy_: proxy, upstream }) => {
  arm(proxy, { ...named("late"), does: { kind: "late", ms: 200 } });
  expect((await send(proxy)).end).toBe("ECONNRESET");
  expect(upstream.got).toHaveLength(0);
  await proxy.settled();
  expect(upstream.got).toHaveLength(1);
});

test("until it is healed means every time, and healed is healed", async ({ proxy_: proxy }) => {
  arm(proxy, named("503*"));
  expect([(await send(proxy)).status, (await send(proxy)).status, (await send(proxy)).status]).toEqual([503, 503, 503]);
  await proxy.heal();
  expect((await send(proxy)).status).toBe(200);
});

test("connections are refused until it is healed", async ({ proxy_: proxy }) => {
  await proxy.down();
  expect((await send(proxy)).end).toBe("ECONNREFUSED");
  await proxy.heal();
  expect((await send(proxy)).status).toBe(200);
});

test("streams are cut where they are said to be", async ({ proxy_: proxy }) => {
  const cut = async (name: string): Promise<Came> => {
    arm(proxy, named(name));
    return send(proxy);
  };
  const echo = await cut("cut_echo_fin");
  expect(echo.body).toContain(FRAMES[1]);
  expect(echo.body).not.toContain("stream_options");
  const frame = await cut("cut_frame_fin");
  expect(frame.body).toContain(FRAMES[2]);
  expect(frame.body).toContain("plain");
  expect(frame.body).not.toContain("three");
  const letter = await cut("cut_utf8");
  expect(letter.bytes.includes(Buffer.of(0xc3, 0x0d, 0x0a)), "half of é, then the end of the chunk").toBe(true);
  const last = await cut("cut_predone_fin");
  expect(last.body).toContain("three");
  expect(last.body).not.toContain("assistant_message");
  const middle = await cut("stall_mid");
  expect(middle.body).toContain("three");
  expect(middle.end).toBe("open");
});

test("JSON is cut in the middle of what was promised, or without its last byte", async ({ proxy_: proxy }) => {
  arm(proxy, named("cut_frame_fin"), "items.list");
  const half = await send(proxy, "items.list");
  expect(half.body).toBe(JSON_BODY.slice(0, 5));
  expect(half.head).toContain(`content-length: ${JSON_BODY.length}`);
  arm(proxy, named("cut_predone_fin"), "items.list");
  const most = await send(proxy, "items.list");
  expect(most.body).toContain(JSON_BODY.slice(0, -1));
  expect(most.body).not.toContain(JSON_BODY);
});

test("frames come twice, bytes come one by one, and both come whole", async ({ proxy_: proxy }) => {
  arm(proxy, named("dup_frames"));
  expect((await send(proxy)).body.split(FRAMES[0] as string)).toHaveLength(3);
  arm(proxy, named("loris_fast"));
  const came = await send(proxy, "threads.create", 5_000);
  expect(came.end).toBe("fin");
  const whole = came.body.replaceAll(/1\r\n([^]?)\r\n/g, "$1");
  expect(whole).toContain(FRAMES[2]);
});

test("statuses carry their headers: for the page, or hidden from it", async ({ proxy_: proxy }) => {
  const head = async (name: string): Promise<string> => {
    arm(proxy, named(name));
    return (await send(proxy)).head.toLowerCase();
  };
  expect(await head("429:one")).toContain("retry-after: 1\r\n");
  expect(await head("429:date")).toMatch(/retry-after: \w{3}, \d\d .* gmt/);
  expect(await head("500")).toContain("access-control-allow-origin: *");
  expect(await head("500_nocors")).not.toContain("access-control");
  expect(await head("502_html")).toContain("content-type: text/html");
});

test("the device is taken off the network, and its clock is set forward, by the browser", async ({ proxy_: proxy, upstream }) => {
  const asked: string[] = [];
  proxy.browser = {
    offline: async (ms) => void asked.push(`offline ${ms}`),
    clock: async (ms) => void asked.push(`clock ${ms}`),
  };
  arm(proxy, named("offline"));
  expect((await send(proxy)).end).toBe("ECONNRESET");
  expect(upstream.got).toHaveLength(0);
  arm(proxy, named("clock_jump"));
  expect((await send(proxy)).status).toBe(200);
  arm(proxy, named("offline_mid"));
  expect((await send(proxy)).end).toBe("ECONNRESET");
  expect(asked).toEqual(["offline 2500", "clock 3600000", "offline 2500"]);
});

test("every fault has a name of its own", () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});
