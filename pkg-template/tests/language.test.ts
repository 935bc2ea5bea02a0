import { afterEach, describe, expect, test, vi } from "vitest";
import { languageOf, widgetLanguage, wordsOf } from "../src/internal/language.js";
import "../src/public/element.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

describe("which language is spoken", () => {
  test("a dialect is answered in its language, traditional Chinese and nonsense in none", () => {
    expect(["pt-BR", "de-AT", "zh-CN", "zh-SG", "ur", "EN-us"].map(languageOf)).toEqual(["pt", "de", "zh", "zh", "ur", "en"]);
    expect(["zh-TW", "zh-HK", "sv", "not a tag", "", undefined, 5].map(languageOf)).toEqual(Array(7).fill(undefined));
  });

  test("the site's word counts before the page's, the page's before the browser's", () => {
    const page = document.createElement("div");
    page.lang = "fr";
    const place = page.appendChild(document.createElement("p"));
    expect(widgetLanguage(place, "es")).toBe("es");
    expect(widgetLanguage(place, undefined)).toBe("fr");
    expect(widgetLanguage(place, "sv")).toBe("en");
    page.lang = "sv";
    expect(widgetLanguage(place, undefined)).toBe("en");
  });

  test.each(["ar", "de", "es", "fr", "ja", "pt", "ur", "zh"])("%s can be spoken", async (tag) => {
    expect(languageOf(tag)).toBe(tag);
    const words = await wordsOf(languageOf(tag) ?? "en");
    expect(Object.keys(words ?? {})).toEqual(["page", "widget", "chat"]);
  });
});

describe("<openai-chatkit>", () => {
  afterEach(() => {
    document.body.replaceChildren();
    vi.restoreAllMocks();
  });

  test("has its words before it draws anything", async () => {
    elementWasm.reset();
    const chat = document.createElement("openai-chatkit");
    chat.setOptions({ api: { url: "/chatkit", domainKey: "x" }, locale: "de" });
    document.body.append(chat);
    await vi.waitFor(() => expect(elementWasm.made[0]?.calls.map(([name]) => name)).toEqual(["setWords", "setOptions"]));
    expect(elementWasm.made[0]?.calls[0]).toMatchObject(["setWords", "de", { send: "Nachricht senden", tryAgain: "Noch einmal versuchen" }]);
    chat.setOptions({ api: { url: "/chatkit", domainKey: "x" } });
    await vi.waitFor(() => expect(elementWasm.made[0]?.calls).toHaveLength(4));
    expect(elementWasm.made[0]?.calls[2]).toEqual(["setWords", "en", {}]);
  });
});
