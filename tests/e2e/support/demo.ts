/** The real demo server and the built demo page, one pair for each worker. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort, Service } from "./process.ts";
import { DEMO_PAGE, serveApp } from "./static.ts";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** The demo server. Stopping and starting it keeps its address and what it stored. */
export class Backend {
  private service: Service | undefined;
  private settings = "";
  private readonly folder = mkdtempSync(join(tmpdir(), "chatkit-widget-e2e-"));

  constructor(
    private readonly port: number,
    private readonly pageOrigin: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /**
   * Starts it, unless it runs like that already. `wordDelay`: milliseconds between two words of an answer;
   * `sessionTtl`: seconds a client secret lives.
   */
  async start({ wordDelay = 1, sessionTtl = 600 } = {}): Promise<void> {
    const settings = `${wordDelay} ${sessionTtl}`;
    if (this.service && this.settings === settings) return;
    await this.stop();
    this.settings = settings;
    const python = process.env.CKW_PYTHON;
    if (!python) throw new Error("CKW_PYTHON is not set: run this suite with `cargo xtask test e2e`");
    this.service = await Service.start(python, ["-m", "demo_server", "--host", "127.0.0.1", "--port", `${this.port}`], {
      cwd: join(ROOT, "demo-server"),
      env: {
        DATABASE_URL: `sqlite+aiosqlite:///${join(this.folder, "demo.sqlite")}`,
        ALLOWED_ORIGINS: this.pageOrigin,
        SESSION_SECRET: "a secret for tests that is long enough to be taken",
        BOOK_DIR: join(ROOT, "www/book"),
        WORD_DELAY_MS: `${wordDelay}`,
        SESSION_TTL: `${sessionTtl}`,
        OPENAI_API_KEY: "",
      },
      ready: `${this.url}/healthz`,
    });
  }

  async stop(): Promise<void> {
    const service = this.service;
    this.service = undefined;
    await service?.stop();
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Demo {
  /** Origin of the demo page. */
  url: string;
  backend: Backend;
}

/**
 * Starts both; the returned function ends both. `configured`: the page is told its server by the file that a site's
 * owner would write, for browsers in which a test cannot answer for it.
 */
export async function startDemo({ configured = false } = {}): Promise<{ demo: Demo; stop: () => Promise<void> }> {
  const backendPort = await freePort();
  const copy = configured ? mkdtempSync(join(tmpdir(), "chatkit-widget-page-")) : undefined;
  if (copy !== undefined) {
    cpSync(DEMO_PAGE, copy, { recursive: true });
    writeFileSync(join(copy, "demo-config.json"), JSON.stringify({ backendUrl: `http://127.0.0.1:${backendPort}` }));
  }
  const page = await serveApp(copy ?? DEMO_PAGE);
  const backend = new Backend(backendPort, page.url);
  await backend.start();
  const stop = async () => {
    await backend.dispose();
    await page.stop();
    if (copy !== undefined) rmSync(copy, { recursive: true, force: true });
  };
  return { demo: { url: page.url, backend }, stop };
}
