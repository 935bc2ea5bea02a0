// A page with one script tag and no build. Run by `cargo xtask test packaging` in a copy of this folder, in which the
// tarball is installed.
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { expectQuiet, readerIsAnswered, serve } = await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")));

describe("a page with one script tag", () => {
  before(() => {
    mkdirSync("www");
    cpSync("index.html", join("www", "index.html"));
    cpSync(join("node_modules", "chatkit-widget"), join("www", "chatkit-widget"), { recursive: true });
  });

  test("answers a reader, loads each wasm module once, with a quiet console", async (t) => {
    const site = await serve("www");
    t.after(site.close);
    const page = await readerIsAnswered(t, site);
    assert.deepEqual(site.requests.filter(({ status }) => status >= 400), [], "files the package lacks");
    const edge = await page.locator("button.ckw-toggle:visible").evaluate((toggle) => toggle.getBoundingClientRect().right);
    // The default is 20; under the pointer the button grows a little.
    assert.ok(Math.abs(1280 - edge - 32) < 4, `the offset of the tag's attribute: ${1280 - edge}`);
    await page.evaluate(() => window.chatkitWidget.destroy());
    assert.equal(await page.locator(".ckw").count(), 0);
    expectQuiet(page);
  });
});
