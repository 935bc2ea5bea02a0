import type { Words } from "../internal/language.js";
import words from "../../../src/text/locales/zh.json" with { type: "json" };

export default words satisfies Words as Words;
