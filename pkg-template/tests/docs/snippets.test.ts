// @vitest-environment node
// What the documents show works as it stands there. Rust is a documentation test of the crate, Python one of the server.
import { existsSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import { at, DOCUMENTS, EXPORTS, read, SNIPPETS, type Snippet } from "./snippets.js";

/** Written for contributors: their links are looked at, no more. */
const OTHERS = ["demo-server", "examples/docusaurus", "examples/yew", "pkg-template", "tests/server"].map((folder) => `${folder}/README.md`);

const of = (...languages: string[]): Snippet[] => SNIPPETS.filter(({ language }) => languages.includes(language));
/** The source of a compiled file. */
const sourceOf = (compiled: string): string | undefined =>
  ["ts", "tsx"].map((ending) => at(`pkg-template/${compiled.replace("./dist/", "src/").replace(/js$/, ending)}`)).find((path) => existsSync(path));

it("every block says what it is written in", () => {
  const known = ["ts", "tsx", "js", "html", "css", "sh", "toml", "yaml", "rust", "python", "md", "json", "http", "nginx", "text"];
  expect(SNIPPETS.length).toBeGreaterThan(15);
  expect(SNIPPETS.filter(({ language }) => !known.includes(language)).map(({ where }) => where)).toEqual([]);
});

it("TypeScript and JavaScript fit the package's types", { timeout: 60_000 }, () => {
  const snippets = of("ts", "tsx", "js");
  const files = new Map(snippets.map(({ where, language, code }) => [at(`pkg-template/tests/docs/${where.replace(/\W/g, "-")}.${language}`), code]));
  // Routers of others, too large to be installed for one function each.
  for (const [module, hook] of [["next/navigation", "useRouter"], ["@docusaurus/router", "useHistory"]] as const) {
    const types = `declare module "${module}" { export function ${hook}(): { push(href: string): void } }`;
    files.set(at(`pkg-template/tests/docs/${hook}.d.ts`), types);
  }
  const [, widget = ""] = /^## The widget$(.*?)^## /ms.exec(read("docs/options.md")) ?? [];
  const examples = [...widget.matchAll(/^\| `(\w+)` .* Example: `(.*)`\. \|$/gm)].map(([, name, value]) => `${name}: ${value},`);
  expect(examples.length).toBeGreaterThan(1);
  files.set(at("pkg-template/tests/docs/examples.ts"), `import type { ChatWidgetOptions } from "chatkit-widget";\nexport const examples: ChatWidgetOptions = { ${examples.join("\n")} };`);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    types: ["react", "node"],
    paths: Object.fromEntries([...EXPORTS].map(([name, compiled]) => [name, [sourceOf(compiled) ?? at(`pkg-template/${compiled}`)]])),
  };
  const host = ts.createCompilerHost(options);
  const fromDisk = { exists: host.fileExists, read: host.readFile, source: host.getSourceFile };
  host.fileExists = (path) => files.has(path) || (!path.includes("/@docusaurus/") && fromDisk.exists(path));
  host.readFile = (path) => files.get(path) ?? fromDisk.read(path);
  host.getSourceFile = (path, ...how) => {
    const code = files.get(path);
    return code === undefined ? fromDisk.source(path, ...how) : ts.createSourceFile(path, code, how[0], true);
  };
  const program = ts.createProgram([...files.keys(), at("pkg-template/src/public/script.ts")], options, host);
  const wrong = [...files.keys()].flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)));
  expect(wrong.map(({ file, messageText }) => `${file?.fileName.split("/").at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`)).toEqual([]);
});

it("what is imported from the package is exported by it", () => {
  const imported = SNIPPETS.flatMap(({ where, code }) => [...code.matchAll(/["'](chatkit-widget(?:\/[^"']*)?)["']/g)].map(([, name = ""]) => ({ where, name })));
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter(({ name }) => !EXPORTS.has(name))).toEqual([]);
});

it("shell commands exist", () => {
  const lines = of("sh").flatMap(({ where, code }) =>
    code
      .split("\n")
      .map((line) => line.replace(/(^|\s)#.*/, "").trim())
      .filter((line) => line !== "")
      .map((line) => ({ where, line })),
  );

  const help = /const HELP: &str = "(.*?)";/s.exec(read("xtask/src/main.rs"))?.[1] ?? "";
  const tasks = new Set([...help.matchAll(/^ {2}(\w+)/gm)].map(([, task]) => task));
  expect(tasks).toContain("demo");
  const known = ["cargo", "npm", "npx", "cp", "python3", "node", "curl", "git", "cd"];
  const wrong = lines.filter(({ line }) => {
    const [program = "", ...words] = line.split(/\s+/);
    if (program === "cargo" && words[0] === "xtask") return !tasks.has(words[1] ?? "");
    return !known.includes(program) && !program.startsWith(".venv/bin/");
  });
  expect(lines.length).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});

it("a Cargo.toml names features that the crate has", () => {
  const features = new Set([...(/\[features\](.*?)\n\[/s.exec(read("Cargo.toml"))?.[1] ?? "").matchAll(/^(\w+) =/gm)].map(([, name]) => name));
  const named = of("toml").flatMap(({ code }) => [...code.matchAll(/^chatkit-widget = .*features = \[(.*)\]/gm)].flatMap(([, list = ""]) => [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name)));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !features.has(name))).toEqual([]);
});

it("JSON is JSON", () => {
  for (const { where, code } of of("json")) expect(() => JSON.parse(code) as unknown, where).not.toThrow();
});

it("links lead somewhere", () => {
  const anchors = (document: string): string[] =>
    [...read(document).replace(/^```.*?^```$/gms, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/\[(.*?)\]\(.*?\)/g, "$1")
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-"),
    );
  const wrong = [...DOCUMENTS, ...OTHERS].flatMap((document) =>
    [...read(document).replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, "").matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
      .filter(([, path = "", anchor]) => {
        const target = path === "" ? document : decodeURIComponent(new URL(path, `file:///${document}`).pathname.slice(1));
        if (!existsSync(at(target))) return true;
        return anchor !== undefined && target.endsWith(".md") && !anchors(target).includes(anchor);
      })
      .map(([link]) => `${document}: ${link}`),
  );
  expect(wrong).toEqual([]);
});
