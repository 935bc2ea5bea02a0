// The package itself, before any site. Run by `cargo xtask test packaging` in a copy of this folder, in which the
// tarball is installed.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

const { bin, files, node } = await import(pathToFileURL(join(process.env.CKW_HARNESS, "index.mjs")));

const installed = join("node_modules", "chatkit-widget");
const read = (file) => readFileSync(join(installed, file), "utf8");
const manifest = JSON.parse(read("package.json"));
const all = files(installed);

/** Every file that the exports map names. */
const exported = (target) => (typeof target === "string" ? [target] : Object.values(target).flatMap(exported));

/** Files of the package that a module or a declaration names, by a path from where it is. */
function named(file) {
  const names = read(file).matchAll(/["'`]([\w@./-]+\.(?:js|wasm|css|d\.ts))["'`]/g);
  const paths = [...names].map(([, name]) => posix.join(posix.dirname(file), name));
  // A declaration imports another by the name of the module it is about.
  return file.endsWith(".d.ts") ? paths.map((path) => path.replace(/\.js$/, ".d.ts")) : paths;
}

/** What is for people. */
const DOCUMENTS = /^(package\.json|README\.md|CHANGELOG\.md)$|(^|\/)LICENSE[^/]*$/;

describe("the manifest", () => {
  test("has the version of the crate", () => assert.equal(manifest.version, process.env.CKW_VERSION));

  test("promises no file that is not there", () => {
    for (const file of exported(manifest.exports)) assert.ok(existsSync(join(installed, file)), file);
    for (const file of manifest.files) assert.ok(existsSync(join(installed, file)), file);
  });

  test("is one that publint has nothing to say about", () => {
    const said = node([bin("publint"), "run", process.env.CKW_TARBALL, "--strict"], { NO_COLOR: "1" });
    assert.match(said, /All good!/);
  });

  test("leads every TypeScript to the types of what is loaded", () => {
    // "esm-only": the package is modules alone. It leaves out TypeScript's resolution from before exports maps, and
    // `require` from CommonJS, for which Node before 20.19 has no answer but `import()`.
    node([bin("@arethetypeswrong/cli", "attw"), process.env.CKW_TARBALL, "--profile", "esm-only", "--no-emoji"]);
  });
});

describe("the tarball", () => {
  test("holds what can be reached from an entry, and nothing else", () => {
    const reached = new Set();
    const open = exported(manifest.exports).map((file) => posix.normalize(file));
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (reached.has(file) || !all.includes(file)) continue;
      reached.add(file);
      if (/\.(js|d\.ts)$/.test(file)) open.push(...named(file));
      if (file.endsWith(".js") && all.includes(`${file}.map`)) reached.add(`${file}.map`);
    }
    assert.deepEqual(all.filter((file) => !reached.has(file) && !DOCUMENTS.test(file)), []);
    const wasm = [...reached].filter((file) => file.endsWith(".wasm"));
    assert.deepEqual(wasm.sort(), ["wasm/container_bg.wasm", "wasm/element_bg.wasm"]);
  });

  test("has for every module of dist/ a map that brings the sources along", () => {
    const modules = all.filter((file) => file.startsWith("dist/") && file.endsWith(".js"));
    for (const file of modules) {
      const [, name] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(read(file)) ?? [];
      assert.equal(name, `${posix.basename(file)}.map`, `${file} names its map`);
      const { sources, sourcesContent } = JSON.parse(read(`${file}.map`));
      for (const [index, source] of sources.entries()) {
        assert.match(source, /^(\.\.\/|inline-css:(src|node_modules)\/)/, `${file}.map: a path of the machine it was built on`);
        assert.equal(typeof sourcesContent[index], "string", `${file}.map: ${source}`);
      }
    }
  });

  test("has the licence of everybody whose work is in it", () => {
    const notices = read("dist/internal/LICENSES.txt");
    const maps = all.filter((file) => file.endsWith(".map")).flatMap((file) => JSON.parse(read(file)).sources);
    const others = new Set(maps.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []));
    for (const name of others) assert.ok(notices.includes(name), `${name} is not in dist/internal/LICENSES.txt`);
    const crates = read("wasm/LICENSES.txt");
    for (const name of ["yew 0.", "pulldown-cmark 0.", "wasm-bindgen 0."]) {
      assert.ok(crates.includes(name), `${name} is not in wasm/LICENSES.txt`);
    }
    assert.match(read("dist/chatkit/LICENSE"), /Apache License/);
    for (const file of ["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY"]) assert.notEqual(read(file).trim(), "");
  });
});

describe("Node, without a page", () => {
  test("imports every entry: nothing is fetched, defined or thrown", () => {
    const script = `
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      globalThis.fetch = () => { throw new Error("something was fetched"); };
      for (const entry of ["", "/react", "/element", "/script"]) await import("chatkit-widget" + entry);
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      console.log(JSON.stringify(added));
    `;
    assert.deepEqual(JSON.parse(node(["--input-type=module", "--eval", script])), []);
  });

  test("renders the widget to a string and to a stream, the button in both", () => {
    const script = `
      import { createElement } from "react";
      import { renderToString, renderToPipeableStream } from "react-dom/server";
      import { ChatWidget } from "chatkit-widget/react";
      const widget = () => createElement(ChatWidget, { backendUrl: "http://chat.example.org" });
      console.log(renderToString(widget()));
      const stream = renderToPipeableStream(widget(), { onAllReady: () => stream.pipe(process.stdout) });
    `;
    const html = node(["--input-type=module", "--eval", script]);
    assert.equal(html.match(/<button[^>]*ckw-toggle/g)?.length, 2, html);
  });
});
