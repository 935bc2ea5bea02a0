// @vitest-environment node
import { expect, it } from "vitest";
import { optionReference } from "./option-reference.js";

it("docs/options.md says what the types say", async () => {
  await expect(optionReference()).toMatchFileSnapshot("../../../docs/options.md");
});
