/** The scripted server (`tests/server`) and the page `features.html`, one pair for each worker. */

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort, Service } from "./process.ts";
import { DEMO_PAGE, serveApp } from "./static.ts";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Where both are. */
export interface Scripted {
  /** Origin of the page. */
  page: string;
  /** Address of the server. */
  server: string;
}

/** A thread to plant, see `tests/server/seed.py`: `turns` questions with their answers, then `items` of the protocol. */
export interface Seed {
  title?: string;
  turns?: number;
  status?: "active" | "locked" | "closed";
  reason?: string;
  items?: Record<string, unknown>[];
}

/** The server as one story sees it: nobody else's threads, files and gates are in it. */
export class ScriptedServer {
  /** Address to which `/chatkit`, `/direct` (uploads) and the like are added. */
  readonly url: string;

  constructor(scripted: Scripted, tenant: string) {
    this.url = `${scripted.server}/t/${tenant}`;
  }

  /** Lets a word go on that waits for this gate. */
  async open(gate: string): Promise<void> {
    await this.control(`open/${encodeURIComponent(gate)}`, {});
  }

  /** Lets the server honour the keys of repeated requests from now on, and say so with the session. */
  async idempotent(): Promise<void> {
    await this.control("idempotent", {});
  }

  /** Loses an item, as a store does that somebody cleans up behind the reader's back. */
  async forget(item: string): Promise<void> {
    await this.control(`forget/${encodeURIComponent(item)}`, {});
  }

  /** Asks the server as another client would, for what is answered with JSON. */
  async ask<T = unknown>(type: string, params: object): Promise<T> {
    const body = JSON.stringify({ type, params });
    return (await (await fetch(`${this.url}/chatkit`, { method: "POST", body })).json()) as T;
  }

  /** Stores threads; returns their ids. Later ones are newer. */
  async seed(...threads: Seed[]): Promise<string[]> {
    return (await (await this.control("seed", threads)).json()) as string[];
  }

  /** The feedback that was given. */
  async noted(): Promise<{ feedback: string; thread_id: string; item_ids: string[] }[]> {
    return (await (await fetch(`${this.url}/control/noted`)).json()) as never;
  }

  /** The files that were uploaded. */
  async files(): Promise<{ id: string; name: string; type: string; size: number }[]> {
    return (await (await fetch(`${this.url}/control/files`)).json()) as never;
  }

  private async control(path: string, body: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${this.url}/control/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`control/${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

/** Starts both; the returned function ends both. */
export async function startScripted(): Promise<{ scripted: Scripted; stop: () => Promise<void> }> {
  const python = process.env.CKW_PYTHON;
  if (!python) throw new Error("CKW_PYTHON is not set: run this suite with `cargo xtask test e2e`");
  const serverPort = await freePort();
  const page = await serveApp(DEMO_PAGE);
  const scripted = { page: page.url, server: `http://127.0.0.1:${serverPort}` };
  const server = await Service.start(python, ["serve.py", "--port", `${serverPort}`], {
    cwd: join(ROOT, "tests/server"),
    ready: `${scripted.server}/healthz`,
  });
  const stop = async () => {
    await server.stop();
    await page.stop();
  };
  return { scripted, stop };
}
