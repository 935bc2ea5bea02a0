/**
 * The languages of the widget's own words. English is part of the code; each other one is a file, `src/text/locales` of
 * the crate, that is loaded when it is spoken.
 */
import { rememberSuccess } from "./load.js";

/** The words of one language, by the names of `labels`. */
export interface Words {
  /** What TypeScript says on the page. */
  page: Record<string, string>;
  /** What the container says. */
  widget: Record<string, string>;
  /** What the conversation says. */
  chat: Record<string, string>;
}

const words = (load: () => Promise<{ default: Words }>): (() => Promise<Words>) =>
  rememberSuccess(async () => (await load()).default);

const FILES = {
  ar: words(() => import("../locales/ar.js")),
  de: words(() => import("../locales/de.js")),
  es: words(() => import("../locales/es.js")),
  fr: words(() => import("../locales/fr.js")),
  ja: words(() => import("../locales/ja.js")),
  pt: words(() => import("../locales/pt.js")),
  ur: words(() => import("../locales/ur.js")),
  zh: words(() => import("../locales/zh.js")),
};

/** A language we speak. */
export type Language = "en" | keyof typeof FILES;

/** The language we have for a tag such as `pt-BR`; none for others, for traditional Chinese, and for what is no tag. */
export function languageOf(tag: unknown): Language | undefined {
  if (typeof tag !== "string" || tag === "") return undefined;
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    if (language === "zh" && script !== "Hans") return undefined;
    return language === "en" || Object.hasOwn(FILES, language) ? (language as Language) : undefined;
  } catch {
    return undefined;
  }
}

/** The language that the page says it is in, around `place`. */
export function pageLanguage(place: Element): Language | undefined {
  return languageOf(place.closest("[lang]")?.getAttribute("lang"));
}

/** The language of the widget: what the site says, else what the page is in, else the browser's. */
export function widgetLanguage(place: Element, locale: unknown): Language {
  return languageOf(locale) ?? (locale === undefined ? (pageLanguage(place) ?? languageOf(navigator.language)) : undefined) ?? "en";
}

/** What a language says; nothing for English, which the code says by itself. Loading it may fail. */
export async function wordsOf(language: Language): Promise<Words | undefined> {
  return language === "en" ? undefined : FILES[language]();
}
