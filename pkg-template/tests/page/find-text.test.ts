import { describe, expect, it } from "vitest";
import { findText, type Piece } from "../../src/internal/page/find-text.js";
import type { TextQuote } from "../../src/internal/page/text-fragment.js";

/** Blocks of a page; "|" parts the text nodes of one. */
function page(...blocks: string[]): Piece[] {
  return blocks.flatMap((block) => block.split("|").map((text, index) => ({ text, startsBlock: index === 0 })));
}

/** What was found, as the page has it. */
function found(pieces: Piece[], quote: TextQuote, from?: number): string | undefined {
  const span = findText(pieces, quote, from);
  if (span === undefined) return undefined;
  return pieces
    .slice(span.start.piece, span.end.piece + 1)
    .map(({ text }, index, all) => {
      const end = index === all.length - 1 ? span.end.offset : text.length;
      return text.slice(index === 0 ? span.start.offset : 0, end);
    })
    .join("|");
}

describe("quoted words are found", () => {
  it.each<[string, Piece[], TextQuote, string | undefined]>([
    ["through the elements they are broken into", page("A |servo| is a motor."), { start: "a servo is" }, "A |servo| is"],
    ["however the page spaces them", page("A\n    servo\u00a0is here"), { start: "servo is" }, "servo\u00a0is"],
    ["from one block into another", page("First words.", "Last words."), { start: "first", end: "last words." }, "First words.|Last words."],
    ["as whole words before parts of words", page("cartoon art"), { start: "art" }, "art"],
    ["within words where there are no others", page("サーボモーター"), { start: "ボモ" }, "ボモ"],
    ["by what stands around them", page("red one, blue one."), { start: "one", before: "blue" }, "one"],
    ["by what follows", page("one red, one blue"), { start: "one", after: "blue" }, "one"],
    ["with letters that change their length in lower case", page("İstanbul is a city"), { start: "is a city" }, "is a city"],
    ["with emoji before them", page("👩‍🚀 the servo"), { start: "the servo" }, "the servo"],
    ["not at all when only the beginning is there", page("First words."), { start: "first", end: "nowhere" }, undefined],
    ["not across the border of two blocks read as one word", page("foot", "ball"), { start: "football" }, undefined],
    ["not when nothing is asked for", page("text"), { start: " " }, undefined],
    ["not in an empty page", [], { start: "x" }, undefined],
  ])("%s", (_name, pieces, quote, expected) => expect(found(pieces, quote)).toBe(expected));

  it("in the section the address names, before the same words elsewhere", () => {
    const pieces = page("A servo holds.", "Servos", "A servo holds still.");
    expect(findText(pieces, { start: "a servo holds" }, 1)?.start.piece).toBe(2);
    expect(findText(pieces, { start: "a servo holds" })?.start.piece).toBe(0);
  });

  it("before that section, if nowhere else", () => {
    expect(findText(page("A servo holds.", "Servos"), { start: "a servo holds" }, 1)?.start.piece).toBe(0);
  });
});
