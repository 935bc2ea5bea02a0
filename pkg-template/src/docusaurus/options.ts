/**
 * The options of the Docusaurus plugin, and what is said when one is wrong. They are plain data, because Docusaurus
 * writes them down for the browser; functions live in the module that `clientModule` names.
 */
import type { Joi } from "@docusaurus/utils-validation";
import { nearest } from "../internal/check/options.js";
import { isObject, written } from "../internal/check/value.js";
import type { ChatKitSettings, ChatWidgetOptions } from "../public/types.js";
import { ofDocusaurus } from "./of-docusaurus.js";

const { Joi: joi } = ofDocusaurus<typeof import("@docusaurus/utils-validation")>("@docusaurus/utils-validation");

type Functions = "navigate" | "open" | "onOpenChange" | "onError" | "onReady" | "onEvent";

/** What stands in `docusaurus.config`. */
export interface DocusaurusOptions extends Omit<ChatWidgetOptions, Functions | "nonce" | "chatkit"> {
  /** ChatKit's own options, as far as they are plain data. */
  chatkit?: Omit<ChatKitSettings, `on${string}`>;
  /**
   * Pages that have the widget, by address below the site's `baseUrl`: `*` stands for anything but a slash, `**` for
   * anything.
   * @defaultValue every page
   * @example `["/docs/**"]`
   */
  include?: string | string[];
  /** Pages that have none, even where `include` names them. */
  exclude?: string | string[];
  /**
   * A module of the site whose default export is more options: functions, such as `onError` or ChatKit's
   * `onClientTool`, and whatever else is only known in the browser. The path is relative to the site's folder.
   * @example `"./src/chat.ts"`
   */
  clientModule?: string;
}

/** What the module named by `clientModule` exports as `default`. It is laid over the plugin's options. */
export type DocusaurusClientOptions = Partial<Omit<ChatWidgetOptions, "open">>;

/** The same with what Docusaurus adds. */
export type PluginOptions = DocusaurusOptions & { id: string };

const length = joi.alternatives(joi.number().min(0), joi.string());
const patterns = joi.alternatives(joi.string(), joi.array().items(joi.string()));
const positions = ["bottom", "top"].flatMap((y) => ["end", "start", "right", "left"].map((x) => `${y}-${x}`));

/** Every option. The type fails to compile when one is missing here. */
const OPTIONS = {
  backendUrl: joi.alternatives(joi.string(), joi.object({ development: joi.string(), production: joi.string() })),
  engine: joi.valid("auto", "openai", "selfhosted"),
  domainKey: joi.string(),
  engineTimeout: joi.number().min(0),
  scriptUrl: joi.string(),
  wasmUrl: joi.string(),
  wasmIntegrity: joi.object({ container: joi.string(), element: joi.string() }),
  title: joi.string(),
  labels: joi.object().pattern(joi.string(), joi.string()),
  colorScheme: joi.valid("light", "dark", "auto"),
  accent: joi.string(),
  position: joi.valid(...positions),
  offset: joi.object({ x: length, y: length }),
  width: length,
  height: length,
  zIndex: joi.number().integer(),
  shortcut: joi.string(),
  defaultOpen: joi.boolean(),
  askSelector: joi.alternatives(joi.valid(false), joi.string()),
  pageContext: joi.boolean(),
  timeouts: joi.object(
    Object.fromEntries(
      ["headers", "firstEvent", "silence", "request", "upload", "callback", "clientTool"].map((wait) => [wait, joi.number().integer().min(1)]),
    ),
  ),
  chatkit: joi.object().unknown().custom(plainData),
  include: patterns,
  exclude: patterns,
  clientModule: joi.string(),
} as const satisfies Record<keyof Required<DocusaurusOptions>, Joi.Schema>;

/** What each must be: it follows "must be". */
const WANTED: Record<keyof typeof OPTIONS, string> = {
  backendUrl: 'the address of your ChatKit server, such as "https://chat.example.com", or { development, production }',
  engine: '"auto", "openai" or "selfhosted"',
  domainKey: "a string",
  engineTimeout: "a number of milliseconds, 0 or more",
  scriptUrl: "an address",
  wasmUrl: 'the address of a folder, such as "https://cdn.example.com/chatkit-widget/wasm/"',
  wasmIntegrity: "an object { container, element } of hashes, as integrity.json of the package has them",
  title: "a string",
  labels: 'an object of texts, such as { openChat: "Ask the book" }',
  colorScheme: '"light", "dark" or "auto"',
  accent: 'a CSS colour, such as "#3b5bdb"',
  position: `one of ${positions.map((position) => JSON.stringify(position)).join(", ")}`,
  offset: "an object { x, y } of pixels or CSS lengths",
  width: 'a number of pixels or a CSS length, such as 400 or "25rem"',
  height: 'a number of pixels or a CSS length, such as 600 or "40rem"',
  zIndex: "a whole number",
  shortcut: 'keys, such as "Mod+K"',
  defaultOpen: "true or false",
  askSelector: 'a CSS selector, such as "main, article", or false',
  pageContext: "true or false",
  timeouts: "an object of whole milliseconds, such as { silence: 60000 }",
  chatkit: "an object of ChatKit's options",
  include: 'a pattern or an array of patterns, such as ["/docs/**"]',
  exclude: 'a pattern or an array of patterns, such as ["/blog/**"]',
  clientModule: 'the path of a module in your site, such as "./src/chat.ts"',
};

/** Functions cannot be written down for the browser. */
function plainData(value: unknown, helpers: Joi.CustomHelpers): unknown {
  const path = functionIn(value);
  return path === undefined ? value : helpers.error("any.function", { at: path });
}

function functionIn(value: unknown): string | undefined {
  if (typeof value === "function") return "";
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const path = functionIn(inner);
    if (path !== undefined) return `.${name}${path}`;
  }
  return undefined;
}

/** What Joi found, in words: which option, what was given, what is allowed. */
function said({ path, code, local }: Joi.ErrorReport): string {
  const at = path.join(".");
  const [option, inner] = path as [keyof typeof OPTIONS, ...unknown[]];
  const wanted = WANTED[option];
  if (code === "object.unknown") return inner === undefined ? unknownOption(at) : `${at}: ${option} must be ${wanted}.`;
  if (code === "any.function") {
    const name = `${at}${String(local["at"])}`;
    return `${name}: is a function, and options of a plugin are data. Put it into the module that clientModule names.`;
  }
  return `${at}: must be ${wanted}, not ${written(local.value)}.`;
}

function unknownOption(name: string): string {
  if (/^(on[A-Z]|navigate$|open$|nonce$)/.test(name)) {
    const why = name === "navigate" ? "Links go through Docusaurus's router by themselves." : "Put it into the module that clientModule names.";
    return `${name}: is no option of the plugin. ${why}`;
  }
  const meant = nearest(name, Object.keys(OPTIONS));
  return `${name}: is no option of the plugin. ${meant === undefined ? `There are: ${Object.keys(OPTIONS).join(", ")}.` : `Did you mean "${meant}"?`}`;
}

/** For Docusaurus: the options with everything that is wrong with them. */
export const schema: Joi.ObjectSchema<PluginOptions> = joi.object<PluginOptions>(OPTIONS)
  .prefs({ abortEarly: false })
  .error((errors) => {
    const reports = errors as unknown as (Joi.ErrorReport & { message: string })[];
    return new Error(`chatkit-widget/docusaurus:\n${reports.map((report) => `- ${said(report)}`).join("\n")}`);
  });

/** What is wrong with the default export of the site's client module, once there is one. */
export function isOptions(value: unknown): value is DocusaurusClientOptions {
  return isObject(value);
}
