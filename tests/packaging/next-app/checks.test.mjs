// A site with Next.js and its App Router. Run by `cargo xtask test packaging` in a copy of this folder, in which the
// tarball is installed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, expectEachModuleOnce, expectQuiet, freePort, node, readerIsAnswered, start } = await import(
  pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs"))
);

const offline = { NEXT_TELEMETRY_DISABLED: "1" };

/** `next start`, as a stranger's server runs it. */
async function nextStart(t) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const args = [bin("next"), "start", "--hostname", "127.0.0.1", "--port", `${port}`];
  const { stop, output } = await start(process.execPath, args, { env: offline, ready: url });
  t.after(stop);
  return { url, origin: new URL(url).origin, output };
}

/** Next's own bundler, and the one that many sites stay with. */
const BUNDLERS = [["Turbopack", []], ["webpack", ["--webpack"]]];

for (const [bundler, flags] of BUNDLERS) {
  describe(`a site built with Next.js and ${bundler}`, () => {
    before(() => node([bin("next"), "build", ...flags], offline));

    test("ships each wasm module once", () => expectEachModuleOnce(join(".next", "static")));

    test("has the button in the HTML of a server component, answers a reader, keeps the chat on the next page", async (t) => {
      const site = await nextStart(t);
      assert.match(await (await fetch(site.url)).text(), /<button[^>]*ckw-toggle/);
      const page = await readerIsAnswered(t, site);
      await page.getByRole("link", { name: "Parts" }).click();
      await page.getByRole("heading", { name: "Parts" }).waitFor();
      assert.match(await page.locator(".ckw-body .ck-assistant").innerText(), /servo/i);
      expectQuiet(page);
      assert.doesNotMatch(site.output(), /error/i);
    });
  });
}
