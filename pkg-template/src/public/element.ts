/**
 * Importing this module defines this package's own `<openai-chatkit>`, the self-hosted engine. It takes the options,
 * has the methods and sends the events of OpenAI's element, and asks nobody but your server for anything. On a server
 * it does nothing.
 *
 * @example
 * ```ts
 * import "chatkit-widget/element";
 *
 * const chat = document.createElement("openai-chatkit");
 * chat.setOptions({ api: { url: "https://chat.example.com/chatkit", domainKey: "self-hosted" } });
 * document.body.append(chat);
 * ```
 *
 * @packageDocumentation
 */
import { OpenAIChatKit } from "../internal/element-class.js";
import { logWarning } from "../internal/log.js";
import { definedEngine, TAG } from "../internal/tag.js";

export type { OpenAIChatKit } from "./types.js";

if (typeof customElements !== "undefined") {
  const already = definedEngine();
  if (already === undefined) {
    customElements.define(TAG, OpenAIChatKit);
  } else if (already === "openai") {
    logWarning(
      `<${TAG}> is already defined by another script, so chatkit-widget/element defines nothing. Load only one of them.`,
    );
  }
}
