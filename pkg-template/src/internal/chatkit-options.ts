/**
 * ChatKit's options for the widget: the site's settings over our defaults, and under the two that are the widget's own:
 * `api` (the session's fetch) and `initialThread` (the memory of the tab).
 */
import type { ChatKitOptions, ChatKitSettings, ChatWidgetOptions } from "../public/types.js";
import { resolveBackendUrl } from "./backend-url.js";
import type { Chat } from "./controller.js";

/** A scheme ChatKit takes; it has no "auto". */
export type Scheme = "light" | "dark";

type Theme = Exclude<ChatKitOptions["theme"], string | undefined>;

function composeTheme(given: ChatKitOptions["theme"], scheme: Scheme, accent: string | undefined): Theme {
  const ours: Theme = {
    colorScheme: scheme,
    ...(accent === undefined ? {} : { color: { accent: { primary: accent, level: 1 } } }),
  };
  if (given === undefined) return ours;
  if (typeof given === "string") return { ...ours, colorScheme: given };
  const color = ours.color || given.color ? { color: { ...ours.color, ...given.color } } : {};
  return { ...ours, ...given, ...color };
}

/**
 * The options and event handlers to give to ChatKit.
 * @param options - the widget's newest options
 * @param chat - the session and the conversation to begin with
 * @param scheme - what "auto" came to on this page
 */
export function composeChatKitOptions(
  options: ChatWidgetOptions,
  { handle, initialThread }: Pick<Chat, "handle" | "initialThread">,
  scheme: Scheme,
): ChatKitOptions & ChatKitSettings {
  const { theme, initialThread: _ours, ...settings }: Partial<ChatKitOptions> & ChatKitSettings = options.chatkit ?? {};
  return {
    // The container has a header of its own.
    header: { enabled: false },
    history: { enabled: false },
    ...(options.title === undefined ? {} : { frameTitle: options.title }),
    ...settings,
    theme: composeTheme(theme, scheme, options.accent),
    api: {
      url: `${resolveBackendUrl(options.backendUrl).url}/chatkit`,
      domainKey: options.domainKey ?? "self-hosted",
      // A wrapper, because ChatKit calls it with `api` as `this`.
      fetch: (input, init) => handle.fetch(input, init),
    },
    ...(initialThread === undefined ? {} : { initialThread }),
  };
}

/** The same without the event handlers, which are no options of the element. `onClientTool` is one. */
export function withoutHandlers(options: ChatKitOptions & ChatKitSettings): ChatKitOptions {
  const entries = Object.entries(options).filter(([key]) => key === "onClientTool" || !/^on[A-Z]/.test(key));
  return Object.fromEntries(entries) as unknown as ChatKitOptions;
}
