/** Requests and responses as the proxy sees them: what was asked, frames of a stream, and where to cut it. */

import { type IncomingMessage, request as ask } from "node:http";

import type { Place } from "./faults.ts";

/** A request of the page. */
export interface Asked {
  method: string;
  /** Path with its query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** The protocol's operation, `session` or `upload`; the path for anything else. */
  operation: string;
  /** The fault that it met. */
  fault?: string;
}

/** A response, whole. */
export interface Whole {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Headers that are about one connection. */
const HOP = new Set(["connection", "keep-alive", "transfer-encoding", "host", "content-length"]);

/** Returns the headers that may be passed on. */
export function passedOn(headers: Asked["headers"]): Record<string, string | string[]> {
  const entries = Object.entries(headers).filter(([name, value]) => value !== undefined && !HOP.has(name));
  return Object.fromEntries(entries) as Record<string, string | string[]>;
}

/** Reads the whole of a request's or a response's body. */
export async function read(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Returns the operation of a request, by its path and its body. */
export function operationOf(method: string, path: string, body: Buffer): string {
  if (method === "OPTIONS") return "preflight";
  const { pathname } = new URL(path, "http://proxy");
  if (pathname.endsWith("/api/chatkit/session")) return "session";
  if (/\/upload\/[^/]+$/.test(pathname)) return "upload";
  if (!pathname.endsWith("/chatkit")) return pathname;
  try {
    return String((JSON.parse(body.toString()) as { type?: unknown }).type);
  } catch {
    return pathname;
  }
}

/** Sends a request to the server. */
export async function forward(upstream: string, asked: Asked): Promise<IncomingMessage> {
  const { method, path, headers, body } = asked;
  return new Promise((answered, failed) => {
    const length = body.length > 0 ? { "content-length": `${body.length}` } : {};
    const sent = ask(new URL(path, upstream), { method, headers: { ...passedOn(headers), ...length }, agent: false }, answered);
    sent.once("error", failed);
    sent.end(body);
  });
}

/** Sends a request to the server and reads the whole response. */
export async function exchange(upstream: string, asked: Asked): Promise<Whole> {
  const response = await forward(upstream, asked);
  return { status: response.statusCode ?? 502, headers: response.headers, body: await read(response) };
}

/** Returns whether a response is an event stream. */
export function streams({ headers }: Pick<Whole, "headers">): boolean {
  return String(headers["content-type"] ?? "").startsWith("text/event-stream");
}

const BETWEEN = Buffer.from("\n\n");

/** Splits a stream into its frames, each with the empty line behind it. */
export async function* frames(pieces: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, Buffer.from(piece)]);
    for (let at = rest.indexOf(BETWEEN); at >= 0; at = rest.indexOf(BETWEEN)) {
      yield rest.subarray(0, at + BETWEEN.length);
      rest = rest.subarray(at + BETWEEN.length);
    }
  }
  if (rest.length > 0) yield rest;
}

const MESSAGES = ["threads.create", "threads.add_user_message"];

/** Returns whether this frame is the echo of what the reader sent: the message, else the first frame there is. */
export function echoes(operation: string, frame: Buffer): boolean {
  return !MESSAGES.includes(operation) || frame.includes('"type":"user_message"');
}

/** Returns whether the server has stored what the request brings once it sends this frame. */
export function stores(operation: string, frame: Buffer): boolean {
  return operation === "threads.add_structured_input" ? frame.includes('"thread.item.replaced"') : echoes(operation, frame);
}

/**
 * Returns how many bytes of a frame are sent where the response is cut in it, and `undefined` where it goes on behind it.
 * @param words - the frames with words before this one
 */
export function cutIn(place: Place, operation: string, frame: Buffer, words: number): number | undefined {
  const speaks = frame.includes(".text_delta");
  switch (place) {
    case "frame":
      return speaks && words === 2 ? Math.floor(frame.length / 2) : undefined;
    case "utf8": {
      const letter = speaks ? frame.findIndex((byte) => byte >= 0xc0) : -1;
      return letter >= 0 ? letter + 1 : undefined;
    }
    case "echo":
      return echoes(operation, frame) ? frame.length : undefined;
    case "mid":
      return speaks && words === 2 ? frame.length : undefined;
    case "last":
      return frame.includes('"thread.item.done"') && frame.includes('"type":"assistant_message"') ? 0 : undefined;
  }
}

/** Returns how many bytes of JSON are sent where it is cut; `undefined` where it has no such place. */
export function cutJson(place: Place, body: Buffer): number | undefined {
  if (body.length < 2) return undefined;
  if (place === "frame") return Math.floor(body.length / 2);
  return place === "last" ? body.length - 1 : undefined;
}
