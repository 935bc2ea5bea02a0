// A site with esbuild. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is installed.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, expectEachModuleOnce, node, readerIsAnswered, serve } = await import(
  pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs"))
);

describe("a site built with esbuild", () => {
  let said;
  before(() => {
    said = node(["build.mjs"]);
    cpSync("index.html", "dist/index.html");
  });

  test("is built as the package's README says", () => {
    const readme = readFileSync(join("node_modules", "chatkit-widget", "README.md"), "utf8");
    assert.ok(readme.includes(readFileSync("build.mjs", "utf8")), "build.mjs is not in README.md");
  });

  test("is built without a warning about the package", () => {
    assert.doesNotMatch(said, /warning|error/i);
  });

  test("ships each wasm module once", () => expectEachModuleOnce("dist"));

  test("answers a reader, with a quiet console", async (t) => {
    const site = await serve("dist");
    t.after(site.close);
    await readerIsAnswered(t, site);
  });
});
