import type { Validate } from "@docusaurus/types";
import { expect, test } from "vitest";
import { type DocusaurusOptions, type PluginOptions } from "../../src/docusaurus/options.js";
import { validateOptions } from "../../src/docusaurus/plugin.js";
import { normalizePluginOptions } from "@docusaurus/utils-validation";

/** As Docusaurus does it: with its own `validate`. */
const validated = (options: object): PluginOptions =>
  validateOptions({
    validate: normalizePluginOptions as Validate<DocusaurusOptions, PluginOptions>,
    options: options as DocusaurusOptions,
  });

const complaints = (options: object): string[] => {
  try {
    validated(options);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n- ").slice(1);
  }
};

test("what the README shows is taken as it is", () => {
  const options = {
    backendUrl: { production: "https://chat.example.org" },
    title: "Ask the book",
    offset: { x: "2rem", y: 0 },
    askSelector: false,
    include: ["/docs/**"],
    clientModule: "./src/chat.ts",
    chatkit: { startScreen: { prompts: [{ label: "Hours", prompt: "When are you open?" }] } },
  };
  expect(validated(options)).toEqual({ ...options, id: "default" });
  expect(validated({})).toEqual({ id: "default" });
});

test("everything wrong is named at once: the option, what is allowed, what was given", () => {
  const said = complaints({ position: "left", zIndex: 1.5, backendUrl: { staging: "x" }, offset: { x: true }, chatkit: [] });
  expect(said).toHaveLength(5);
  expect(said).toContainEqual(expect.stringMatching(/^position: must be one of "bottom-end", .*, not "left"\.$/));
  expect(said).toContainEqual(expect.stringMatching(/^backendUrl\.staging: backendUrl must be .* or \{ development, production \}\.$/));
  expect(said).toContainEqual("zIndex: must be a whole number, not 1.5.");
  expect(said).toContainEqual(expect.stringMatching(/^offset\.x: must be an object \{ x, y \} of pixels or CSS lengths, not true\.$/));
  expect(said).toContainEqual("chatkit: must be an object of ChatKit's options, not an array.");
});

test("a misspelt option is answered with the one that was meant, a function with the place for it", () => {
  expect(complaints({ tittle: "x" })).toEqual(['tittle: is no option of the plugin. Did you mean "title"?']);
  expect(complaints({ onError: () => undefined })[0]).toContain("clientModule");
  expect(complaints({ navigate: () => undefined })[0]).toContain("router");
  expect(complaints({ chatkit: { entities: { onClick: () => undefined } } })[0]).toMatch(/^chatkit\.entities\.onClick: is a function/);
});
