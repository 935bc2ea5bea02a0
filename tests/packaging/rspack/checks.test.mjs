// A site with Rspack. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is installed.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, expectEachModuleOnce, node, readerIsAnswered, serve } = await import(
  pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs"))
);

describe("a site built with Rspack", () => {
  let said;
  before(() => {
    said = node([bin("@rspack/cli", "rspack"), "build"]);
    cpSync("index.html", "dist/index.html");
  });

  test("is built without a warning about the package", () => {
    assert.doesNotMatch(said, /(WARNING|ERROR) in (?!.*asset size limit)/);
  });

  test("ships each wasm module once", () => expectEachModuleOnce("dist"));

  test("answers a reader, with a quiet console", async (t) => {
    const site = await serve("dist");
    t.after(site.close);
    await readerIsAnswered(t, site);
  });
});
