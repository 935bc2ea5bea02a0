/**
 * The grammars of highlight.js. Each is made when the first code in its language comes, with those it embeds: making all
 * of them takes a desktop computer 12 ms, and most answers speak one language.
 */
import type { LanguageFn } from "highlight.js";
import dart from "highlight.js/lib/languages/dart";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import latex from "highlight.js/lib/languages/latex";
import nginx from "highlight.js/lib/languages/nginx";
import powershell from "highlight.js/lib/languages/powershell";
import scala from "highlight.js/lib/languages/scala";
import { common, createLowlight } from "lowlight";

const lowlight = createLowlight();

/** By name; what was made is taken out. */
const unmade = new Map(Object.entries<LanguageFn>({ ...common, dart, dockerfile, latex, nginx, powershell, scala }));

/** Other names that models often write. Grammars know more of them, but only once they are made. */
const NAMES = new Map(
  Object.entries({
    "c#": "csharp",
    "c++": "cpp",
    console: "shell",
    cs: "csharp",
    docker: "dockerfile",
    golang: "go",
    html: "xml",
    js: "javascript",
    json5: "json",
    jsonc: "json",
    jsx: "javascript",
    kt: "kotlin",
    md: "markdown",
    mjs: "javascript",
    py: "python",
    rb: "ruby",
    rs: "rust",
    sh: "bash",
    svg: "xml",
    tex: "latex",
    text: "plaintext",
    toml: "ini",
    ts: "typescript",
    tsx: "typescript",
    txt: "plaintext",
    yml: "yaml",
    zsh: "bash",
  }),
);

/** What reads code in `lang`; nothing for a language without a grammar. */
export function reader(lang: string): typeof lowlight | undefined {
  make(NAMES.get(lang) ?? lang);
  // A rare name, or none of a language.
  if (!lowlight.registered(lang)) [...unmade.keys()].forEach(make);
  return lowlight.registered(lang) ? lowlight : undefined;
}

function make(name: string): void {
  const grammar = unmade.get(name);
  if (grammar === undefined) return;
  unmade.delete(name);
  const inside = new Set<string>();
  lowlight.register(name, (hljs) => {
    const made = grammar(hljs);
    embedded(made, inside, new Set());
    return made;
  });
  inside.forEach(make);
}

/** Puts the languages that stand inside a grammar's own, as scripts do in HTML, into `found`. Grammars refer to themselves. */
function embedded(part: unknown, found: Set<string>, seen: Set<unknown>): void {
  if (typeof part !== "object" || part === null || seen.has(part)) return;
  seen.add(part);
  if ("subLanguage" in part) [part.subLanguage].flat().forEach((name) => found.add(String(name)));
  Object.values(part).forEach((value) => embedded(value, found, seen));
}
