/** The blocks of code in the documents that a stranger copies from. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the project. */
export const at = (path: string): string => join(import.meta.dirname, "../../..", path);

/** A file of the project as text. */
export const read = (path: string): string => readFileSync(at(path), "utf8");

/** Documents by their path in the project. */
export const DOCUMENTS = ["README.md", "CONTRIBUTING.md", ...readdirSync(at("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];

export interface Snippet {
  /** `README.md:75`, for messages. */
  where: string;
  language: string;
  code: string;
}

/** Every fenced block. */
export function snippetsOf(document: string): Snippet[] {
  const text = read(document);
  return [...text.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)].map(({ 1: language = "", 2: code = "", index }) => ({
    where: `${document}:${text.slice(0, index).split("\n").length}`,
    language,
    code,
  }));
}

/** What is shown to strangers. The architecture shows outlines to contributors. */
export const SNIPPETS = DOCUMENTS.filter((document) => document !== "docs/architecture.md").flatMap(snippetsOf);

/** What the package exports: name in an import → its compiled file. */
export const EXPORTS = new Map(
  Object.entries((JSON.parse(read("package.json.tmpl")) as { exports: Record<string, string | { default: string }> }).exports).map(
    ([name, to]) => [name.replace(/^\./, "chatkit-widget"), typeof to === "string" ? to : to.default],
  ),
);
