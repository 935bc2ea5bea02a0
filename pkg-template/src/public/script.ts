/**
 * The widget by one script tag, for a page without a build step. The tag's `data-` attributes are the options, in
 * kebab case; what is no text is JSON. The stylesheet beside it is added by itself.
 *
 * @example
 * ```html
 * <script type="module" src="/chatkit-widget/dist/public/script.js"
 *   data-backend-url="https://chat.example.com" data-title="Ask us" data-offset='{ "x": 32 }'></script>
 * ```
 *
 * `data-target` is a selector of where the widget goes, the body by default. The mounted widget is
 * `window.chatkitWidget`, for code that wants to open it or to give it functions:
 *
 * ```js
 * window.chatkitWidget.setOptions({ ...window.chatkitWidget.options, onError: (problem) => report(problem) });
 * ```
 *
 * @packageDocumentation
 */
import { logError } from "../internal/log.js";
import { readScriptOptions } from "../internal/script-options.js";
import { mountChatWidget, type MountedChatWidget } from "./index.js";
import type { ChatWidgetOptions } from "./types.js";

export type * from "./types.js";

/** What the script tag leaves in `window.chatkitWidget`. */
export interface ScriptChatWidget extends MountedChatWidget {
  /** The options the tag's attributes came to. */
  readonly options: ChatWidgetOptions;
}

declare global {
  interface Window {
    /** The widget of the script tag. */
    chatkitWidget?: ScriptChatWidget;
  }
}

const STYLES = new URL("../../styles.css", import.meta.url).href;
const WASM = new URL("../../wasm/", import.meta.url).href;

/** Adds the stylesheet, unless the page has it. Resolves when it is there: an unstyled button would jump about. */
function addStyles(nonce: string | undefined): Promise<void> {
  const there = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  if (there.some((link) => link.href === STYLES)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  if (nonce !== undefined) link.nonce = nonce;
  link.href = STYLES;
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve(), { once: true });
    link.addEventListener(
      "error",
      () => {
        logError(`the stylesheet ${STYLES} could not be loaded: it must be served next to the script's folder`);
        resolve();
      },
      { once: true },
    );
    document.head.append(link);
  });
}

async function mount(script: HTMLScriptElement): Promise<void> {
  const { options, issues } = readScriptOptions(script.dataset);
  if (script.nonce) options.nonce ??= script.nonce;
  if (options.wasmIntegrity !== undefined) options.wasmUrl ??= WASM;
  for (const { path, message } of issues) logError(`${path}: ${message}`);
  await addStyles(options.nonce);
  // A module runs when the HTML is parsed; `async` ones may be earlier.
  if (document.readyState === "loading") {
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  }
  window.chatkitWidget = Object.assign(mountChatWidget(script.dataset.target ?? document.body, options), { options });
}

if (typeof document !== "undefined") {
  // A module has no `document.currentScript`; its address is what it knows of itself.
  const own = [...document.scripts].find((script) => script.src === import.meta.url);
  if (own === undefined) logError(`no <script> on this page has the address ${import.meta.url}, so there are no options`);
  else mount(own).catch((error: unknown) => logError("the widget could not be mounted", error));
}
