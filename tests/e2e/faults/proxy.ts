/** A proxy in front of a server that does to requests what networks, proxies and servers in trouble do to them. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import { type End, type Fault, IN_A_MOMENT, type Instead, type Place, RESTART } from "./faults.ts";
import { type Asked, cutIn, cutJson, exchange, forward, frames, operationOf, passedOn, read, stores, streams, type Whole } from "./wire.ts";

/** A fault that waits for the requests it is meant for. */
export interface Plan {
  fault: Fault;
  /** Returns whether it is meant for this request. */
  hits: (asked: Asked) => boolean;
  /** Called after it has hit one. */
  then?: () => void;
}

/** The part that only the browser can do. */
export interface Browser {
  /** Takes the network away for this long, in milliseconds; resolves once it is gone. */
  offline(ms: number): Promise<void>;
  /** Sets the page's clock forward. */
  clock(ms: number): Promise<void>;
}

const CORS = { "access-control-allow-origin": "*", "access-control-expose-headers": "*" };
/** Browsers drop what they have not handed over to the page when a connection is reset. */
const HANDED_OVER = 150;

/** The proxy. */
export class Proxy {
  /** Every request since `clear`, in order. */
  readonly asked: Asked[] = [];
  /** The browser's part. */
  browser: Browser = { offline: async () => undefined, clock: async () => undefined };
  private plans: { plan: Plan; left: number }[] = [];
  private reuse = false;
  private upAgain: NodeJS.Timeout | undefined;
  /** Requests that are sent behind the page's back. */
  private readonly behind = new Set<Promise<unknown>>();
  private server: Server;
  private port = 0;

  private constructor(private readonly upstream: string) {
    this.server = this.made();
  }

  /** Starts a proxy in front of the server at `upstream`, an origin. */
  static async start(upstream: string): Promise<Proxy> {
    const proxy = new Proxy(upstream);
    await proxy.listen();
    return proxy;
  }

  /** Its origin. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Lets a fault wait for its requests. One that refuses connections begins at once, unless it is told what comes first. */
  arm(plan: Plan): void {
    const { fault } = plan;
    if (fault.does.kind === "reset" && fault.does.reused === true) this.reuse = true;
    this.plans.push({ plan, left: fault.times });
  }

  /** Ends all faults; connections that stand still go on standing still. */
  async heal(): Promise<void> {
    this.plans = [];
    await this.up();
  }

  /** Begins anew: no faults, no connections, nothing remembered. */
  async clear(): Promise<void> {
    await this.settled();
    await this.heal();
    this.reuse = false;
    this.server.closeAllConnections();
    this.asked.length = 0;
  }

  /** Resolves when what was sent late has arrived. */
  async settled(): Promise<void> {
    while (this.behind.size > 0) await Promise.allSettled([...this.behind]);
  }

  /** Refuses connections from now on; with `ms` only for this long. */
  async down(ms?: number): Promise<void> {
    clearTimeout(this.upAgain);
    const { server } = this;
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    if (ms !== undefined) this.upAgain = setTimeout(() => void this.up(), ms);
    await closed;
  }

  /** Takes connections again. */
  async up(): Promise<void> {
    clearTimeout(this.upAgain);
    if (this.server.listening) return;
    this.server = this.made();
    await this.listen();
  }

  /** Ends it. */
  async stop(): Promise<void> {
    clearTimeout(this.upAgain);
    if (this.server.listening) await this.down();
  }

  private made(): Server {
    return createServer((request, response) => {
      // A client that has left is nobody to be told.
      response.on("error", () => undefined);
      this.handle(request, response).catch(() => request.socket.destroy());
    });
  }

  private async listen(): Promise<void> {
    const { server } = this;
    await new Promise<void>((listening, failed) => {
      server.once("error", failed);
      server.listen(this.port, "127.0.0.1", listening);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [method, path] = [request.method ?? "GET", request.url ?? "/"];
    const body = await read(request);
    const asked: Asked = { method, path, headers: request.headers, body, operation: operationOf(method, path, body) };
    if (asked.operation === "preflight") return this.pass(asked, response);
    this.asked.push(asked);
    const found = this.plans.find(({ plan, left }) => left > 0 && plan.hits(asked));
    if (found === undefined) return this.pass(asked, response);
    found.left -= 1;
    asked.fault = found.plan.fault.name;
    await this.perform(found.plan.fault, asked, response);
    found.plan.then?.();
  }

  private async perform({ server, does }: Fault, asked: Asked, response: ServerResponse): Promise<void> {
    const whole = server === "stored" ? await exchange(this.upstream, asked) : undefined;
    if (server === "begun") await this.begin(asked);
    switch (does.kind) {
      case "reset":
        if (does.headers) await this.begun(response, head(asked));
        return reset(response);
      case "late":
        reset(response);
        return this.meanwhile(wait(does.ms).then(() => exchange(this.upstream, asked)));
      case "stall":
        return;
      case "instead":
        return this.instead(does.answer, response);
      case "slow-head":
        await wait(does.ms);
        return this.pass(asked, response);
      case "bytes":
        return this.drip(await exchange(this.upstream, asked), does.ms, response);
      case "twice":
        return this.twice(asked, response);
      case "cut":
        return this.cut(does.place, does.end, asked, response);
      case "refused":
        return this.down();
      case "restart":
        return this.down(does.ms);
      case "offline":
        await this.browser.offline(does.ms);
        return reset(response);
      case "clock":
        await this.browser.clock(does.ms);
        return whole === undefined ? this.pass(asked, response) : this.send(whole, response);
    }
  }

  /** Lets the server store what the request brings, and leaves. */
  private async begin(asked: Asked): Promise<void> {
    const upstream = await forward(this.upstream, asked);
    for await (const frame of frames(upstream)) if (stores(asked.operation, frame)) break;
    upstream.destroy();
    await wait(HANDED_OVER);
  }

  private meanwhile(work: Promise<unknown>): void {
    const kept = work.catch(() => undefined).finally(() => this.behind.delete(kept));
    this.behind.add(kept);
  }

  /** Passes a request on, as if there were no proxy. */
  private async pass(asked: Asked, response: ServerResponse): Promise<void> {
    const upstream = await forward(this.upstream, asked);
    if (!streams(upstream)) {
      return this.send({ status: upstream.statusCode ?? 502, headers: upstream.headers, body: await read(upstream) }, response);
    }
    response.once("close", () => upstream.destroy());
    this.head(upstream.statusCode ?? 502, upstream.headers, response);
    for await (const piece of upstream) response.write(piece);
    response.end();
  }

  private send(whole: Whole, response: ServerResponse): void {
    const body = this.here(whole.body);
    this.head(whole.status, whole.headers, response, body.length);
    response.end(body);
  }

  /** The addresses that a server names are its own; the page is to come here. */
  private here(body: Buffer): Buffer {
    return body.includes(this.upstream) ? Buffer.from(body.toString().replaceAll(this.upstream, this.url)) : body;
  }

  private head(status: number, headers: Whole["headers"], response: ServerResponse, length?: number): void {
    const connection = this.reuse ? {} : { connection: "close" };
    const sized = length === undefined || status === 204 ? {} : { "content-length": `${length}` };
    response.writeHead(status, { ...passedOn(headers), ...connection, ...sized });
  }

  private async begun(response: ServerResponse, headers: Whole["headers"]): Promise<void> {
    this.head(200, headers, response);
    response.flushHeaders();
    await wait(HANDED_OVER);
  }

  private instead({ status, type, body = "", headers = {}, cors }: Instead, response: ServerResponse): void {
    const moment = new Date(Date.now() + 2_000).toUTCString();
    const given = Object.entries(headers).map(([name, value]) => [name, value.replace(IN_A_MOMENT, moment)] as const);
    const bytes = Buffer.from(body);
    const all = { ...Object.fromEntries(given), ...(cors ? CORS : {}), ...(type === undefined ? {} : { "content-type": type }) };
    this.head(status, all, response, bytes.length);
    response.end(bytes);
  }

  private async drip(whole: Whole, ms: number, response: ServerResponse): Promise<void> {
    this.head(whole.status, whole.headers, response);
    response.flushHeaders();
    for (const byte of this.here(whole.body)) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await wait(ms);
    }
    response.end();
  }

  private async twice(asked: Asked, response: ServerResponse): Promise<void> {
    const upstream = await forward(this.upstream, asked);
    if (!streams(upstream)) {
      return this.send({ status: upstream.statusCode ?? 502, headers: upstream.headers, body: await read(upstream) }, response);
    }
    this.head(upstream.statusCode ?? 502, upstream.headers, response);
    for await (const frame of frames(upstream)) response.write(Buffer.concat([frame, frame]));
    response.end();
  }

  private async cut(place: Place, end: End, asked: Asked, response: ServerResponse): Promise<void> {
    const upstream = await forward(this.upstream, asked);
    const { statusCode: status = 502, headers } = upstream;
    if (!streams(upstream)) {
      const body = this.here(await read(upstream));
      const length = cutJson(place, body);
      if (length === undefined) return this.send({ status, headers, body }, response);
      // A proxy that ends in the middle has promised more; one that cuts the last byte off has not.
      this.head(status, headers, response, place === "frame" ? body.length : undefined);
      response.write(body.subarray(0, length));
      return this.end(end, response);
    }
    this.head(status, headers, response);
    let words = 0;
    let standing = false;
    for await (const frame of frames(upstream)) {
      // Where only the way to the page stands still, the server does not notice.
      if (standing) continue;
      const length = cutIn(place, asked.operation, frame, words);
      if (length === undefined) {
        response.write(frame);
        if (frame.includes(".text_delta")) words += 1;
        continue;
      }
      response.write(frame.subarray(0, length));
      if (end !== "stall") return this.end(end, response);
      standing = true;
    }
    if (!standing) response.end();
  }

  private async end(end: End, response: ServerResponse): Promise<void> {
    if (end === "stall") return;
    if (end === "fin") return void response.end();
    await wait(HANDED_OVER);
    if (end === "offline") await this.browser.offline(2_500);
    if (end === "restart") return this.down(RESTART);
    reset(response);
  }
}

function head(asked: Asked): Record<string, string> {
  const stream = /^threads\.(create|add_|retry)/.test(asked.operation);
  return { ...CORS, "content-type": stream ? "text/event-stream" : "application/json" };
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
