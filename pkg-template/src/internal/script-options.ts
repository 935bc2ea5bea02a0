/**
 * The `data-` attributes of the script tag as options. `data-backend-url` is `backendUrl`; what is no text (numbers,
 * true and false, objects) is read as JSON.
 */
import type { ChatWidgetOptions } from "../public/types.js";
import type { ConfigIssue } from "../wasm-types.js";

/** How each option is written as an attribute. What takes a function has no attribute: use `chatkitWidget.setOptions`. */
const KIND = {
  backendUrl: "text",
  engine: "text",
  domainKey: "text",
  engineTimeout: "json",
  scriptUrl: "text",
  nonce: "text",
  wasmUrl: "text",
  wasmIntegrity: "json",
  title: "text",
  labels: "json",
  colorScheme: "text",
  accent: "text",
  position: "text",
  offset: "json",
  width: "length",
  height: "length",
  zIndex: "json",
  shortcut: "text",
  defaultOpen: "flag",
  askSelector: "text or false",
  pageContext: "flag",
  timeouts: "json",
  chatkit: "json",
} as const satisfies { [K in keyof ChatWidgetOptions]?: string };

type Kind = (typeof KIND)[keyof typeof KIND];

/** `backendUrl` → `data-backend-url`. */
function attributeOf(option: string): string {
  return `data-${option.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

function read(kind: Kind, text: string): unknown {
  switch (kind) {
    case "text":
      return text;
    case "length":
      return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case "text or false":
      return text === "false" ? false : text;
    case "flag":
      // As HTML's own: there is enough. "false" is what templates write.
      return text !== "false";
    case "json":
      return JSON.parse(text);
  }
}

/** Options, and the attributes that could not be read. */
export function readScriptOptions(attributes: DOMStringMap): { options: ChatWidgetOptions; issues: ConfigIssue[] } {
  const options: Record<string, unknown> = {};
  const issues: ConfigIssue[] = [];
  for (const [name, text] of Object.entries(attributes)) {
    if (text === undefined || name === "target") continue;
    const kind: Kind | undefined = Object.hasOwn(KIND, name) ? KIND[name as keyof typeof KIND] : undefined;
    try {
      // An unknown one stays as it is: the check of options names the one that was meant.
      options[name] = kind === undefined ? text : read(kind, text);
    } catch {
      issues.push({ path: attributeOf(name), message: `must be JSON, not ${JSON.stringify(text)}` });
    }
  }
  return { options, issues };
}
