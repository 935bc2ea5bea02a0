// @vitest-environment node
import { expect, it } from "vitest";
import { schema } from "../../src/docusaurus/options.js";
import { OptionReference, optionReference } from "./option-reference.js";
import { read, SNIPPETS } from "./snippets.js";

const reference = new OptionReference();

it("docs/options.md says what the types say", async () => {
  await expect(optionReference(reference)).toMatchFileSnapshot("../../../docs/options.md");
});

it("the README's list of options has none that is gone", () => {
  const [, list = ""] = /^## Options$(.*?)^## /ms.exec(read("README.md")) ?? [];
  const named = [...list.matchAll(/^\| (`.*?) \| /gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  const known = reference.widget().map(({ path }) => path);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !known.includes(name ?? ""))).toEqual([]);
});

it("configs of Docusaurus in the documents pass the plugin's own check", async () => {
  const configs = SNIPPETS.filter(({ language, code }) => language === "js" && code.includes('"chatkit-widget/docusaurus"'));
  expect(configs.length).toBeGreaterThan(0);
  for (const { where, code } of configs) {
    const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: { plugins: [string, object][] } };
    const [, options] = module.default.plugins.find(([name]) => name === "chatkit-widget/docusaurus") ?? [];
    expect(schema.validate(options).error, where).toBeUndefined();
  }
});
