/**
 * The widget for pages without React.
 *
 * @packageDocumentation
 */
import { handleOf } from "../internal/handle.js";
import { mountPlain } from "../internal/mount.js";
import type { ChatWidgetHandle, ChatWidgetOptions } from "./types.js";

export type * from "./types.js";

/** A widget mounted by {@link mountChatWidget}. */
export interface MountedChatWidget extends ChatWidgetHandle {
  /** Replaces all options, as ChatKit's own `setOptions` does: what is not given goes back to its default. */
  setOptions(options: ChatWidgetOptions): void;
  /** Takes the widget out of the page and ends everything it started. */
  destroy(): void;
}

/**
 * Mounts the chat widget: a toggle in the corner of the window, everything else when a reader wants it.
 *
 * A page has one widget. Another one is not drawn, with a warning on the console, until the first is destroyed; its
 * methods reach the one that is there.
 *
 * @param target - where its host goes, an element or a selector. An element that already is a drawn host
 *   (`<div class="ckw">` with its toggle, for a toggle in the static HTML) is used as it is.
 * @param options - see {@link ChatWidgetOptions}; bad ones are named on the console and never throw
 * @throws Error when `target` is a selector that matches nothing
 *
 * @example
 * ```ts
 * import { mountChatWidget } from "chatkit-widget";
 * import "chatkit-widget/styles.css";
 *
 * const chat = mountChatWidget(document.body, { backendUrl: "https://chat.example.com" });
 * document.querySelector("#ask")?.addEventListener("click", () => chat.open());
 * ```
 */
export function mountChatWidget(target: HTMLElement | string, options: ChatWidgetOptions = {}): MountedChatWidget {
  const found = typeof target === "string" ? document.querySelector<HTMLElement>(target) : target;
  if (found === null) throw new Error(`chatkit-widget: target: no element matches "${String(target)}"`);
  const { launcher, setOptions, destroy } = mountPlain(found, options);
  return Object.assign(handleOf(launcher), { setOptions, destroy });
}
