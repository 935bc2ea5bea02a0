// A site with Vite and React 18. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is
// installed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, expectEachModuleOnce, node, readerIsAnswered, serve } = await import(
  pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs"))
);

test("a React 18 server puts the button into the HTML it renders", () => {
  const script = `
    import { createElement, version } from "react";
    import { renderToString } from "react-dom/server";
    import { ChatWidget } from "chatkit-widget/react";
    console.log(version, renderToString(createElement(ChatWidget, { backendUrl: "http://chat.example.org" })));
  `;
  assert.match(node(["--input-type=module", "--eval", script]), /^18\..*<button[^>]*ckw-toggle/);
});

test("the types are those a strict React 18 project accepts", () => {
  node([bin("typescript", "tsc"), "--noEmit"]);
});

describe("a React 18 app built with Vite", () => {
  before(() => node([bin("vite"), "build"]));

  test("ships each wasm module once", () => expectEachModuleOnce("dist"));

  test("answers a reader, with a quiet console", async (t) => {
    const site = await serve("dist");
    t.after(site.close);
    await readerIsAnswered(t, site);
  });
});
