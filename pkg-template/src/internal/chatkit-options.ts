/**
 * ChatKit's options for the widget: the site's settings over our defaults, and under the two that are the widget's own:
 * `api` (the session's fetch) and `initialThread` (the memory of the tab).
 */
import type { ChatKitOptions, ChatKitSettings, ChatWidgetOptions } from "../public/types.js";
import { resolveBackendUrl } from "./backend-url.js";
import type { Language } from "./language.js";
import type { Chat } from "./launcher.js";
import { currentPage, tellingPage } from "./page/page-context.js";
import type { PageTheme } from "./page-theme.js";

type Theme = Exclude<ChatKitOptions["theme"], string | undefined>;

/** The parts that have a value. */
function known<T extends object>(parts: T): Partial<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function group<K extends string, T extends object>(name: K, parts: T): { [N in K]?: Partial<T> } {
  const there = known(parts);
  return (Object.keys(there).length === 0 ? {} : { [name]: there }) as { [N in K]?: Partial<T> };
}

/** The site's own theme wins key by key over the page's. */
function composeTheme(given: ChatKitOptions["theme"], page: PageTheme, accentOption: string | undefined): Theme {
  const site: Theme = typeof given === "string" ? { colorScheme: given } : (given ?? {});
  // The page's surface is for the page's scheme: light paper under light writing helps nobody.
  const surface = (site.colorScheme ?? page.scheme) === page.scheme ? page.surface : undefined;
  const primary = page.accent ?? accentOption;
  return {
    colorScheme: page.scheme,
    ...known({ radius: page.radius }),
    ...known(site),
    ...group("typography", { fontFamily: page.fontFamily, fontFamilyMono: page.fontFamilyMono, ...site.typography }),
    ...group("color", {
      accent: primary === undefined ? undefined : ({ primary, level: 1 } as const),
      surface,
      ...site.color,
    }),
  };
}

/**
 * The options and event handlers to give to ChatKit.
 * @param options - the widget's newest options
 * @param chat - the session and the conversation to begin with
 * @param page - the look of the page around the widget
 * @param language - what the page is in, where that is a language we speak: readers came for the page
 */
export function composeChatKitOptions(
  options: ChatWidgetOptions,
  { handle, engine, initialThread, follow }: Pick<Chat, "handle" | "engine" | "initialThread" | "follow">,
  page: PageTheme,
  language?: Language,
): ChatKitOptions & ChatKitSettings {
  const { theme, initialThread: _ours, ...settings }: Partial<ChatKitOptions> & ChatKitSettings = options.chatkit ?? {};
  const url = `${resolveBackendUrl(options.backendUrl).url}/chatkit`;
  // A wrapper, because ChatKit calls it with `api` as `this`.
  const fetch: typeof globalThis.fetch = (input, init) => handle.fetch(input, init);
  return {
    // The container has a header of its own.
    header: { enabled: false },
    history: { enabled: false },
    ...(language === undefined ? {} : { locale: language }),
    ...(options.title === undefined ? {} : { frameTitle: options.title }),
    ...settings,
    theme: composeTheme(theme, page, options.accent),
    // A site that takes clicks on entities goes where it likes.
    entities: { onClick: (entity) => follow(entity.data?.["url"]), ...settings.entities },
    api: {
      url,
      domainKey: options.domainKey ?? "self-hosted",
      fetch: options.pageContext ? tellingPage(fetch, url, () => currentPage(document)) : fetch,
      // Sites cannot give `api`, and ChatKit takes `composer.attachments` only together with this.
      uploadStrategy: { type: "two_phase" },
      // Ours alone: OpenAI's front end knows no such options. A function, because the session may come later than this.
      ...(engine === "selfhosted" ? { idempotent: () => handle.idempotent(), ...known({ timeouts: options.timeouts }) } : {}),
    },
    ...(initialThread === undefined ? {} : { initialThread }),
  };
}

/** The same without the event handlers, which are no options of the element. `onClientTool` is one. */
export function withoutHandlers(options: ChatKitOptions & ChatKitSettings): ChatKitOptions {
  const entries = Object.entries(options).filter(([key]) => key === "onClientTool" || !/^on[A-Z]/.test(key));
  return Object.fromEntries(entries) as unknown as ChatKitOptions;
}
