/** What is coloured in code, and how. Every colour has 4.5:1 on the background of code blocks, in light and in dark. */

/** What a word in code is. */
export type Kind = "comment" | "keyword" | "string" | "number" | "name" | "type" | "attribute" | "added" | "removed";

/** By highlight.js's names of what its grammars find. */
export const KIND_OF: Readonly<Record<string, Kind | undefined>> = {
  comment: "comment",
  quote: "comment",
  doctag: "comment",
  keyword: "keyword",
  operator: "keyword",
  "template-tag": "keyword",
  string: "string",
  regexp: "string",
  char: "string",
  link: "string",
  code: "string",
  number: "number",
  literal: "number",
  symbol: "number",
  bullet: "number",
  title: "name",
  section: "name",
  "selector-id": "name",
  "selector-class": "name",
  type: "type",
  built_in: "type",
  class: "type",
  tag: "type",
  "selector-tag": "type",
  variable: "attribute",
  "template-variable": "attribute",
  attr: "attribute",
  attribute: "attribute",
  property: "attribute",
  meta: "attribute",
  "selector-attr": "attribute",
  "selector-pseudo": "attribute",
  addition: "added",
  deletion: "removed",
};

const PALETTE: Readonly<Record<Kind, readonly [light: string, dark: string]>> = {
  comment: ["#5a626a", "#a9b1ba"],
  keyword: ["#a40e26", "#ff9d95"],
  string: ["#0a3069", "#a5d6ff"],
  number: ["#0550ae", "#8ac2ff"],
  name: ["#6639ba", "#dcbdfb"],
  type: ["#0f5323", "#85e89d"],
  attribute: ["#7a3e00", "#ffb77c"],
  added: ["#0f5323", "#85e89d"],
  removed: ["#a40e26", "#ff9d95"],
};

const rule = (within: string, kind: string, color: string): string =>
  `${within} .ck-md-code code::highlight(ckw-code-${kind}) { color: ${color}; }`;

/**
 * The rules. Colours are written out: what a highlight inherits custom properties from is not the same in all browsers.
 * Where the reader has chosen the colours of everything, code has theirs.
 */
export const COLORS: string = Object.entries(PALETTE)
  .flatMap(([kind, [light, dark]]) => [
    rule(".ck", kind, light),
    rule('.ck[data-scheme="dark"]', kind, dark),
    `@media (forced-colors: active) { ${rule(".ck.ck", kind, "CanvasText")} }`,
  ])
  .join("\n");
