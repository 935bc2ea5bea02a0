// What a stranger gets who installs the tarball. Run by `cargo xtask test packaging` in a copy of this folder, in
// which the tarball is installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

const installed = join("node_modules", "chatkit-widget");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

function node(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 0, `node ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

function bin(name, command = name) {
  const { bin } = JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8"));
  return join("node_modules", name, typeof bin === "string" ? bin : bin[command]);
}

/** Every file that the exports map names. */
function exported(target) {
  return typeof target === "string" ? [target] : Object.values(target).flatMap(exported);
}

describe("the package", () => {
  test("has the version of the crate", () => {
    assert.equal(manifest.version, process.env.CKW_VERSION);
  });

  test("holds every file that its manifest promises", () => {
    for (const file of exported(manifest.exports)) assert.ok(existsSync(join(installed, file)), file);
    for (const file of manifest.files) assert.ok(existsSync(join(installed, file)), file);
  });

  test("holds both modules and nothing of the build", () => {
    const files = readdirSync(installed, { recursive: true }).map((file) => file.replaceAll("\\", "/"));
    const wasm = files.filter((file) => file.endsWith(".wasm")).sort();
    assert.deepEqual(wasm, ["wasm/container_bg.wasm", "wasm/element_bg.wasm"]);
    const strays = files.filter((file) => /(^|\/)(\.gitignore|\.npmignore|tests?|tsconfig.*|.*\.tmpl)$/.test(file));
    assert.deepEqual(strays, []);
  });

  test("can be imported on a server: nothing is fetched, defined or thrown", () => {
    const script = `
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      globalThis.fetch = () => { throw new Error("something was fetched"); };
      await import("chatkit-widget");
      await import("chatkit-widget/react");
      await import("chatkit-widget/element");
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      console.log(JSON.stringify(added));
    `;
    assert.deepEqual(JSON.parse(node("--input-type=module", "--eval", script)), []);
  });

  test("puts the button into the HTML that a server renders", () => {
    const script = `
      import { createElement } from "react";
      import { renderToString } from "react-dom/server";
      import { ChatWidget } from "chatkit-widget/react";
      console.log(renderToString(createElement(ChatWidget, { backendUrl: "http://localhost:8000" })));
    `;
    assert.match(node("--input-type=module", "--eval", script), /<button[^>]*ckw-toggle/);
  });

  test("has types that a strict project accepts", () => {
    node(bin("typescript", "tsc"), "--noEmit");
  });
});

describe("an app built with Vite", () => {
  before(() => node(bin("vite"), "build"));

  const chunks = () => JSON.parse(readFileSync(join("dist", ".vite", "manifest.json"), "utf8"));

  test("ships each wasm module once", () => {
    const wasm = readdirSync("dist", { recursive: true }).filter((file) => file.endsWith(".wasm"));
    const of = (module) => wasm.filter((file) => file.includes(module)).length;
    assert.deepEqual([of("container"), of("element"), wasm.length], [1, 1, 2], wasm.join(", "));
  });

  test("loads no wasm before somebody wants to chat", () => {
    const all = chunks();
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
    const styles = readdirSync("dist", { recursive: true }).filter((file) => file.endsWith(".css"));
    assert.ok(styles.some((file) => readFileSync(join("dist", file), "utf8").includes(".ckw-")), styles.join(", "));
  });
});
