// @vitest-environment node
// Who searches docs/troubleshooting.md for a message finds it, and finds no message that nobody says.
import { readdirSync } from "node:fs";
import ts from "typescript";
import { expect, it } from "vitest";
import { at, read } from "./snippets.js";

const PAGE = read("docs/troubleshooting.md");

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(at(folder), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`);
const TYPESCRIPT = filesIn("pkg-template/src", /\.tsx?$/);
const RUST = filesIn("src", /\.rs$/);

/** A message as the page has it: `…` for what differs. */
type Message = string;

/** What an expression says. */
function said(expression: ts.Expression): Message {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression)) {
    return expression.head.text + expression.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  }
  if (ts.isBinaryExpression(expression)) return said(expression.left) + said(expression.right);
  return "…";
}

/** What is said to a console by calls of `names`. */
function calls(path: string, names: string[]): Message[] {
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && first !== undefined && names.includes(node.expression.getText())) found.push(said(first));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true));
  return found;
}

/** Rust's strings as they come out. */
function rustStrings(source: string): Message[] {
  return [...source.matchAll(/r#"(.*?)"#|"((?:[^"\\]|\\.)*)"/gs)].map(([, raw, plain = ""]) =>
    (raw ?? plain.replace(/\\\n\s*/g, "").replace(/\\(.)/gs, "$1"))
      .replace(/\{\{/g, "\u0001")
      .replace(/\}\}/g, "\u0002")
      .replace(/\{\w*:\?\}/g, '"…"')
      .replace(/\{\w*\}/g, "…")
      .replaceAll("\u0001", "{")
      .replaceAll("\u0002", "}"),
  );
}

/** The pieces between what differs, those that say something. A semicolon joins two sentences of ours. */
const pieces = (message: Message): string[] => message.split(/…|; /).map((piece) => piece.trim()).filter((piece) => /\p{L}{2}/u.test(piece));

const says = (page: string, message: Message): boolean => pieces(message).every((piece) => page.includes(piece));

it("every message on the console is on the page", () => {
  const ours = TYPESCRIPT.flatMap((path) => calls(path, ["logError", "logWarning"]));
  const outside = read("src/problem/detail.rs").replace(/^\s*\/\/.*$/gm, "");
  const rust = [
    ...rustStrings(outside),
    ...RUST.flatMap((path) => [...read(path).matchAll(/log::(?:error|warn)\(\s*(?:&format!\(\s*)?("(?:[^"\\]|\\.)*")/g)].flatMap(([, text = ""]) => rustStrings(text))),
  ].filter((message) => message !== "expires_in");
  expect(ours.length).toBeGreaterThan(10);
  expect(rust.length).toBeGreaterThan(30);
  expect([...ours, ...rust].filter((message) => !says(PAGE, message))).toEqual([]);
});

it("every message on the page is one of ours", () => {
  const [, ours = ""] = /^## Messages of this package$(.*?)^## /ms.exec(PAGE) ?? [];
  const listed = [...ours.matchAll(/^\| (.*?) \| /gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`` (.*?) ``|`(.*?)`/g)].map(([, long, short = ""]) => long ?? short),
  );
  const everything = [
    ...TYPESCRIPT.map((path) => read(path).replace(/\$\{[^}]*\}/g, "…").replace(/["`] \+\n\s*[`"]/g, "").replace(/\\(["`])/g, "$1")),
    ...RUST.flatMap((path) => rustStrings(read(path))),
  ].join("\n");
  // Written out on the page for those who search; put together in the code.
  const files = /chatkit-widget\/wasm\/(container|element)\.js(?= could)/;
  expect(listed.length).toBeGreaterThan(50);
  expect(listed.map((message) => message.replace(files, "…")).filter((message) => pieces(message).length > 0 && !says(everything, message))).toEqual([]);
});
