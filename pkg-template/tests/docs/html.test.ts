// HTML in the documents works as it stands there.
import { describe, expect, it } from "vitest";
import { unknownOptions, wrongOptions } from "../../src/internal/check/options.js";
import { readScriptOptions } from "../../src/internal/script-options.js";
import { elementWasm } from "../stand-ins/element-wasm.js";
import { EXPORTS, SNIPPETS } from "./snippets.js";

describe("a page's HTML", () => {
  const pages = SNIPPETS.filter(({ language }) => language === "html").map(({ where, code }) => {
    const template = document.createElement("template");
    template.innerHTML = code;
    return { where, content: template.content, scripts: [...template.content.querySelectorAll("script")] };
  });

  it("loads files of the package from where they are", () => {
    const loaded = pages.flatMap(({ where, scripts }) =>
      scripts.flatMap((script) => [script.getAttribute("src") ?? "", ...[...script.text.matchAll(/from "(.+)"|import "(.+)"/g)].map((found) => found[1] ?? found[2] ?? "")]).map((path) => ({ where, path })),
    );
    const ours = loaded.filter(({ path }) => path.includes("chatkit-widget/"));
    expect(ours.length).toBeGreaterThan(1);
    const files = [...EXPORTS.values()].map((file) => file.slice(1));
    expect(ours.filter(({ path }) => !files.includes(path.replace(/^.*\/chatkit-widget\//, "/")))).toEqual([]);
  });

  it("has options that the widget knows", () => {
    const tags = pages.flatMap(({ where, scripts }) => scripts.filter(({ src }) => src.endsWith("/public/script.js")).map((script) => ({ where, script })));
    expect(tags.length).toBeGreaterThan(0);
    for (const { where, script } of tags) {
      const { options, issues } = readScriptOptions(script.dataset);
      expect([...issues, ...wrongOptions(options), ...unknownOptions(options)], where).toEqual([]);
      expect(options.backendUrl, where).toBeTruthy();
    }
  });

  it("with the element alone gives it options that it takes", async () => {
    await import("../../src/public/element.js");
    const alone = pages.filter(({ content, scripts }) => content.querySelector("openai-chatkit") && scripts.some(({ text }) => text.includes("/public/element.js")));
    expect(alone.length).toBeGreaterThan(0);
    for (const { content, scripts } of alone) {
      elementWasm.reset();
      document.body.replaceChildren(content.cloneNode(true));
      const written = scripts.map(({ text }) => text.replace(/^\s*import ".*";$/gm, "")).join("\n");
      (0, eval)(`{${written}}`);
      await expect.poll(() => elementWasm.live.at(-1)?.calls.at(-1)?.[0]).toBe("setOptions");
    }
  });
});
