// A site with Vite and React 19. Run by `cargo xtask test packaging` in a copy of this folder, in which the tarball is
// installed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, expectEachModuleOnce, files, node, readerIsAnswered, serve } = await import(
  pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs"))
);

test("a server puts the button into the HTML it renders", () => {
  const script = `
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { ChatWidget } from "chatkit-widget/react";
    console.log(renderToString(createElement(ChatWidget, { backendUrl: "http://chat.example.org" })));
  `;
  assert.match(node(["--input-type=module", "--eval", script]), /<button[^>]*ckw-toggle/);
});

test("the types are those a strict React 19 project accepts", () => {
  node([bin("typescript", "tsc"), "--noEmit"]);
});

describe("an app built with Vite", () => {
  before(() => node([bin("vite"), "build"]));

  test("ships each wasm module once", () => expectEachModuleOnce("dist"));

  test("loads no wasm before somebody wants to chat", () => {
    const all = JSON.parse(readFileSync(join("dist", ".vite", "manifest.json"), "utf8"));
    for (const page of ["index.html", "plain.html"]) {
      const open = [page];
      const seen = new Set();
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        if (seen.has(name)) continue;
        seen.add(name);
        open.push(...(all[name].imports ?? []));
        const code = readFileSync(join("dist", all[name].file), "utf8");
        assert.doesNotMatch(code, /_bg[^"'`]*\.wasm/, `${page} loads ${all[name].file}, which names a wasm file`);
      }
    }
  });

  test("has the styles of the widget", () => {
    const styles = files("dist", ".css");
    assert.ok(styles.some((file) => readFileSync(join("dist", file), "utf8").includes(".ckw-")), styles.join(", "));
  });

  for (const [what, path] of [["with React", ""], ["without React", "plain.html"]]) {
    test(`answers a reader of a page ${what}, with a quiet console`, async (t) => {
      const site = await serve("dist");
      t.after(site.close);
      await readerIsAnswered(t, site, path);
    });
  }
});
