/** `<openai-chatkit>` on a page without React. Loaded at the first opening. */
import type { ChatKitEvents, ChatKitHandlers, ChatWidgetOptions } from "../public/types.js";
import { HANDLER_OF, listen } from "./chatkit-events.js";
import { composeChatKitOptions, withoutHandlers } from "./chatkit-options.js";
import type { Chat } from "./launcher.js";
import { pageLanguage } from "./language.js";
import { logError, runCallback } from "./log.js";
import { followPageTheme } from "./page-theme.js";
import { TAG } from "./tag.js";

/** The drawn element, as the mount keeps it. */
export interface PlainChat {
  /** The options changed. */
  update(): void;
  /** Takes it out of the page. */
  remove(): void;
}

/** Calls the site's handler of an event, as `@openai/chatkit-react` would. */
function callHandler(handlers: ChatKitHandlers | undefined, name: keyof ChatKitEvents, detail: unknown): void {
  const handler = handlers?.[HANDLER_OF[name]] as ((detail: unknown) => void) | undefined;
  if (handler !== undefined) runCallback(`chatkit.${HANDLER_OF[name]}`, () => handler(detail));
}

/** Draws the element and keeps its options and listeners. */
export function showPlainChat(
  host: HTMLElement,
  chat: Chat,
  options: () => ChatWidgetOptions,
  forward: (name: keyof ChatKitEvents, detail: unknown) => void,
): PlainChat {
  const element = document.createElement(TAG);
  const theme = followPageTheme(host);
  const update = (): void => {
    try {
      element.setOptions(withoutHandlers(composeChatKitOptions(options(), chat, theme.current(), pageLanguage(host))));
    } catch (error) {
      logError("ChatKit did not take its options", error);
    }
  };
  // Before anything else, so that no event is missed.
  const stopListening = listen(element, (name, detail) => {
    forward(name, detail);
    callHandler(options().chatkit, name, detail);
  });
  update();
  chat.body.append(element);
  const stopWatching = theme.watch(update);
  return {
    update,
    remove: () => {
      stopWatching();
      stopListening();
      element.remove();
    },
  };
}
