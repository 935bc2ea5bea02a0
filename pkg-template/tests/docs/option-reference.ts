/**
 * `docs/options.md`, made of the types and their comments.
 *
 * A **row** is one option: its path below the options, its type as it is written in the source, its default and what it
 * does. An option whose type is an object is followed by rows for the parts of it.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const TYPES = at("../../src/public/types.ts");
const PLUGIN = at("../../src/docusaurus/options.ts");
const CHATKIT = at("../../node_modules/@openai/chatkit/types/index.d.ts");
const WORDING = at("../../../src/text/wording.rs");

export interface Row {
  path: string;
  required: boolean;
  type: string;
  default: string | undefined;
  what: string;
  example: string | undefined;
}

/** ChatKit's options that are the widget's to give. */
const OURS = ["api", "initialThread"];

/** What a `<ChatWidget>` changes about ChatKit's own defaults, and what ChatKit's types leave open. */
const CHATKIT_DEFAULTS: Record<string, string> = {
  locale: "the page's language, else the browser's",
  theme: "what the page looks like",
  "theme.colorScheme": "the widget's `colorScheme`",
  "theme.radius": "the page's, else `\"pill\"`",
  "theme.color.accent": "the widget's `accent`, else the page's",
  "theme.color.surface": "the page's",
  "theme.typography.fontFamily": "the page's",
  "theme.typography.fontFamilyMono": "the page's",
  frameTitle: "the widget's `title`, else `\"Chat\"`",
  "header.enabled": "`false`: the panel has a header of its own",
  "header.title.enabled": "`true`",
  "history.enabled": "`false`; `true` for the element alone",
  "history.showDelete": "`true`",
  "history.showRename": "`true`",
  "composer.placeholder": '`"Message the AI"`, in the language spoken',
  "startScreen.greeting": '`"What can I help with today?"`, in the language spoken',
  "entities.onClick": "goes to `entity.data.url` in this site",
};

/** What is said nowhere in the types, or is not so here. */
const WHAT: Record<string, string> = {
  locale: "Language of everything the chat says by itself; it is sent to the server as `Accept-Language`, too. One without a translation is English.",
  "theme.typography.fontSources": "Fonts to load.",
  "theme.typography.fontFamily": "CSS `font-family` of everything but code.",
  "theme.typography.fontFamilyMono": "CSS `font-family` of code.",
  "theme.color.grayscale": "The greys that everything neutral is drawn in.",
  "theme.color.accent": "The colour of what can be pressed or is chosen.",
  "theme.color.surface": "Background and text.",
  frameTitle: "Name of the chat for screen readers.",
  onClientTool: "Called when the server asks for a client tool. What it returns, or its promise brings, goes back to the server as the tool's result.",
  "header.title.enabled": "Whether there is a title in it.",
  "header.leftAction.icon": "What is drawn on it.",
  "header.leftAction.onClick": "Called when it is pressed.",
  "header.rightAction.icon": "What is drawn on it.",
  "header.rightAction.onClick": "Called when it is pressed.",
  "composer.attachments": "Files that a reader adds to a message. Your server must take them, see [backend.md](backend.md#files).",
  "composer.attachments.accept": "Types and endings that are taken: `{ \"image/*\": [\".png\", \".jpg\"] }`. Without it every file is.",
  "composer.tools[].id": "What your server gets as `inference_options.tool_choice.id`.",
  "entities.showComposerMenu": 'Whether there is a button that writes "@" and so begins a search. Only with `entities.onTagSearch`.',
  "widgets.onAction": "Called for actions of widgets that are the page's to handle. The self-hosted engine draws no widgets yet, and never calls it.",
  onThreadChange: "Another conversation is open, or none (`null`). The widget itself remembers it for the tab.",
};

/** Names of types that say less than what they stand for. */
const SPELT_OUT: Record<string, string> = {
  BackendUrl: "string | { development?: string; production?: string }",
  WidgetPosition: '`${"bottom" | "top"}-${"end" | "start" | "right" | "left"}`',
  ColorScheme: '"light" | "dark"',
  "ColorScheme | ThemeOption": '"light" | "dark" | ThemeOption',
};

/** Types whose parts are not options of their own. */
const WHOLE = ["Entity", "Command", "CommandSelection", "UserMessageContent", "LucideIcon"];

function program(): ts.Program {
  const { config } = ts.readConfigFile(at("../../tsconfig.json"), (path) => readFileSync(path, "utf8")) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, at("../.."));
  const host = ts.createCompilerHost(options);
  // Seconds of reading webpack's types and others', of which no option is made.
  host.fileExists = (path) => !path.includes("/@docusaurus/") && ts.sys.fileExists(path);
  return ts.createProgram([TYPES, PLUGIN, CHATKIT], options, host);
}

/** One reading of the types. */
export class OptionReference {
  readonly #program = program();
  readonly #checker = this.#program.getTypeChecker();

  /** Options of the widget. */
  widget(): Row[] {
    return this.#rows(this.#exported(TYPES, "ChatWidgetOptions"), "", new Set(["chatkit"]));
  }

  /** ChatKit's options, those of event handlers apart. */
  chatkit(): Row[] {
    return this.#rows(this.#exported(TYPES, "ChatKitOptions"), "").filter(({ path }) => !OURS.includes(path.split(/[.[]/)[0] ?? ""));
  }

  /** ChatKit's event handlers. */
  handlers(): Row[] {
    const events = this.#exported(TYPES, "ChatKitEvents").getProperties();
    return this.#exported(TYPES, "ChatKitHandlers").getProperties().map((handler, index) => {
      const event = events[index];
      if (event === undefined) throw new Error(`${handler.name} handles no event`);
      const detail = this.#written(event).replace(/^CustomEvent<(.*)>$/, "$1");
      return { ...this.#row(event, "", handler.name), required: false, type: detail === "void" ? "() => void" : `(detail: ${detail}) => void` };
    });
  }

  /** Types that are one of many names, with these names. */
  names(): { type: string; names: string[] }[] {
    return ["ChatKitIcon", "HeaderIcon", "SupportedLocale"].map((type) => {
      const union = this.#exported(CHATKIT, type) as ts.UnionType;
      return { type, names: union.types.flatMap((one) => (one.isStringLiteral() ? [one.value] : [])) };
    });
  }

  /** What the Docusaurus plugin has besides. */
  plugin(): Row[] {
    const shared = new Set(this.#exported(TYPES, "ChatWidgetOptions").getProperties().map(({ name }) => name));
    return this.#rows(this.#exported(PLUGIN, "DocusaurusOptions"), "", shared).filter(({ path }) => !shared.has(path));
  }

  #exported(file: string, name: string): ts.Type {
    const source = this.#program.getSourceFile(file);
    const module = source && this.#checker.getSymbolAtLocation(source);
    const symbol = module && this.#checker.getExportsOfModule(module).find((exported) => exported.name === name);
    if (symbol === undefined) throw new Error(`${file} exports no ${name}`);
    return this.#checker.getDeclaredTypeOfSymbol(symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol);
  }

  #rows(type: ts.Type, prefix: string, closed: ReadonlySet<string> = new Set()): Row[] {
    return type.getProperties().flatMap((property) => {
      const row = this.#row(property, prefix);
      const parts = closed.has(property.name) ? undefined : this.#partsOf(property);
      return [row, ...(parts === undefined ? [] : this.#rows(parts.type, `${row.path}${parts.list ? "[]" : ""}.`))];
    });
  }

  #row(property: ts.Symbol, prefix: string, name = property.name): Row {
    const path = prefix + name;
    const tags = new Map(property.getJsDocTags(this.#checker).map((tag) => [tag.name, ts.displayPartsToString(tag.text).trim()]));
    return {
      path,
      required: (property.flags & ts.SymbolFlags.Optional) === 0,
      type: this.#written(property),
      default: tags.get("defaultValue") ?? tags.get("default"),
      what: WHAT[path] ?? flow(ts.displayPartsToString(property.getDocumentationComment(this.#checker))),
      example: tags.get("example"),
    };
  }

  /** Its type as the source has it. */
  #written(property: ts.Symbol): string {
    const [declaration] = property.declarations ?? [];
    if (declaration === undefined || !ts.isPropertySignature(declaration) || declaration.type === undefined) {
      throw new Error(`${property.name} has no type of its own`);
    }
    const short = SPELT_OUT[declaration.type.getText()];
    const text = (short ?? declaration.type.getText()).replace(/\/\*\*.*?\*\//gs, "");
    return flow(text)
      .replace(/^\| |,? (?=\))|(?<=\() |;(?= \})/g, "")
      .replace(/'/g, '"');
  }

  /** The object that it is, or a list of. Not one that a function takes or gives. */
  #partsOf(property: ts.Symbol): { type: ts.Type; list: boolean } | undefined {
    const [declaration] = property.declarations ?? [];
    if (declaration === undefined) return undefined;
    const all = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbolAtLocation(property, declaration));
    for (const type of all.isUnion() ? all.types : [all]) {
      const list = this.#checker.isArrayType(type);
      const [inner] = list ? this.#checker.getTypeArguments(type as ts.TypeReference) : [type];
      if (inner === undefined || (inner.flags & ts.TypeFlags.Object) === 0 || inner.getCallSignatures().length > 0) continue;
      if (WHOLE.includes(inner.aliasSymbol?.name ?? "") || inner.getStringIndexType() !== undefined) continue;
      if (inner.getProperties().length > 0 && !this.#checker.isArrayType(inner)) return { type: inner, list };
    }
    return undefined;
  }
}

/** A comment in one line, its references as code. */
function flow(text: string): string {
  return text
    .replace(/\{@link (\S+?)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}

/** Keys of `labels` with their English words. */
export function labels(): { key: string; words: string; what: string }[] {
  const source = readFileSync(WORDING, "utf8");
  const table = source.slice(source.indexOf("pub enum Key"), source.indexOf("pub enum ChatKey"));
  const found = [...table.matchAll(/\/\/\/ (.*)\n\s+\w+ "(\w+)" "(.*)";/g)];
  return found.map(([, what = "", key = "", words = ""]) => ({ key, words, what: what.replace(/; slots?\b.*\./, ".") }));
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
const code = (text: string): string => cell(text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

function table(rows: Row[], head: string, defaults: Record<string, string> = {}): string {
  const lines = rows.map((row) => {
    const stated = row.default === undefined || /[ `]|^none$/.test(row.default) ? row.default : `\`${row.default}\``;
    const without = row.required ? "required" : "–";
    const example = row.example === undefined ? "" : ` Example: ${row.example}.`;
    return `| \`${row.path}\` | ${code(row.type)} | ${cell(defaults[row.path] ?? stated ?? without)} | ${cell(row.what + example)} |`;
  });
  return [`| ${head} | type | default | what |`, "|---|---|---|---|", ...lines].join("\n");
}

/** The whole document. */
export function optionReference(reference = new OptionReference()): string {
  const [widget, plugin, chatkit, handlers] = [reference.widget(), reference.plugin(), reference.chatkit(), reference.handlers()];
  const paths = new Set([...chatkit, ...handlers].map(({ path }) => path));
  const gone = Object.keys({ ...WHAT, ...CHATKIT_DEFAULTS }).filter((path) => !paths.has(path));
  if (gone.length > 0) throw new Error(`no options any more: ${gone.join(", ")}`);
  const names = reference.names().map(({ type, names }) => `**\`${type}\`**: ${names.map((name) => `\`${name}\``).join(", ")}.`);
  const words = labels().map(({ key, words, what }) => `| \`${key}\` | ${cell(words)} | ${cell(what)} |`);
  return `# Options

<!-- Made of the types and their comments. To write it anew: \`npx vitest run tests/docs -u\` in pkg-template. -->

Every option of the widget. They are the same everywhere:

| where | how |
|---|---|
| \`mountChatWidget(target, options)\` | as they are |
| \`<ChatWidget>\` | as props |
| the script tag | as \`data-\` attributes in kebab case, \`data-backend-url\`; what is no text is JSON; functions by \`chatkitWidget.setOptions\` |
| the Docusaurus plugin | as they are, functions in the module that \`clientModule\` names |

All are optional, and every one may change while the widget is there; the conversation goes on. A wrong one is named on the
console with its path and what to write instead, and never breaks the page.

## The widget

${table(widget, "option")}

## Only in the Docusaurus plugin

${table(plugin, "option")}

## ChatKit's own options

They stand in \`chatkit\`: \`chatkit: { startScreen: { greeting: "Hello" } }\`. For \`<openai-chatkit>\` alone they are what
\`setOptions\` takes, together with \`api\` and \`initialThread\`, which the widget gives by itself. What OpenAI's front end makes
of them is OpenAI's to say; what ours does with each is in [compatibility.md](compatibility.md). \`header.*\` and \`history.*\`
show ChatKit's own header and history in the panel as well.

${table(chatkit, "in `chatkit`", CHATKIT_DEFAULTS)}

${names.join("\n\n")}

A \`ChatKitIcon\` may also be \`lucide:\` and the name of an icon of [Lucide](https://lucide.dev/icons/). The self-hosted engine
draws those of Lucide's that it uses for the names above, and nothing for others.

## Event handlers of ChatKit

Also in \`chatkit\`. \`onEvent\` of the widget hears all of them.

${table(handlers, "in `chatkit`")}

## Labels

Keys of \`labels\`, with the English words that they replace. What stands in braces is filled in.

| key | English | what |
|---|---|---|
${words.join("\n")}
| \`ask\` | Ask | The button at selected text. |
| \`askHint\` | Press Tab to ask about the selected text. | Said to screen readers when text was selected by keyboard. |
`;
}
