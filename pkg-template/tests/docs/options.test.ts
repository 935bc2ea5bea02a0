// @vitest-environment node
import { expect, it } from "vitest";
import { optionReference } from "./option-reference.js";

it("docs/options.md says what the types say", { timeout: 60_000 }, async () => {
  await expect(optionReference()).toMatchFileSnapshot("../../../docs/options.md");
});
