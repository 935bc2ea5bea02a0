/** The demo server, with the textbook of the demo page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { freePort, start } from "./service.mjs";

const ROOT = resolve(import.meta.dirname, "../../..");

/**
 * Starts the real demo server for pages of `origin` (or of each in a list).
 * @param wordDelay - milliseconds between two words of an answer
 * @param bookUrl - where the textbook is that answers lead to, without `/book`; else the origin of the page that asks
 * @returns its `url` and `stop`
 */
export async function backend(origin, { wordDelay = 2, bookUrl } = {}) {
  const python = process.env.CKW_PYTHON;
  if (!python) throw new Error("CKW_PYTHON is not set: run these checks with `cargo xtask test packaging`");
  const stored = mkdtempSync(join(tmpdir(), "chatkit-widget-packaging-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const service = await start(python, ["-m", "demo_server", "--host", "127.0.0.1", "--port", `${port}`], {
    cwd: join(ROOT, "demo-server"),
    env: {
      DATABASE_URL: `sqlite+aiosqlite:///${join(stored, "demo.sqlite")}`,
      ALLOWED_ORIGINS: [origin].flat().join(","),
      SESSION_SECRET: "a secret for tests that is long enough to be taken",
      BOOK_DIR: join(ROOT, "www/book"),
      ...(bookUrl && { BOOK_URL: bookUrl }),
      WORD_DELAY_MS: `${wordDelay}`,
      OPENAI_API_KEY: "",
    },
    ready: `${url}/healthz`,
  });
  const stop = async () => {
    await service.stop();
    rmSync(stored, { recursive: true, force: true });
  };
  return { url, stop };
}
