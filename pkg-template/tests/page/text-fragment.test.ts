import { describe, expect, it } from "vitest";
import { destinationOf, type TextQuote } from "../../src/internal/page/text-fragment.js";

describe("a text fragment", () => {
  it.each<[string, string, TextQuote | undefined]>([
    ["/a#b:~:text=one%20two", "/a#b", { start: "one two" }],
    ["/a#b:~:text=one%20two,nine%20ten", "/a#b", { start: "one two", end: "nine ten" }],
    ["/a#b:~:text=is%20a-,servo,motor,-that", "/a#b", { start: "servo", end: "motor", before: "is a", after: "that" }],
    ["/a#:~:text=well%2Dknown%2C%20really", "/a", { start: "well-known, really" }],
    ["/a?q=1#:~:text=%C4%8Capek&text=second", "/a?q=1", { start: "Čapek" }],
    ["/a#b:~:selector(x)&text=later", "/a#b", { start: "later" }],
    ["/a#b", "/a#b", undefined],
    ["/a", "/a", undefined],
    ["/a#b:~:text=", "/a#b", undefined],
    ["/a#b:~:text=%E0%A4%A", "/a#b", undefined],
    ["/a#b:~:text=a,b,c,d", "/a#b", undefined],
  ])("%s goes to %s", (address, clean, quote) => {
    const destination = destinationOf(new URL(address, "https://book.example"));
    expect(destination.url.href).toBe(`https://book.example${clean}`);
    expect(destination.quote).toEqual(quote);
  });

  it("leaves the address it was given as it is", () => {
    const given = new URL("https://book.example/a#b:~:text=c");
    destinationOf(given);
    expect(given.href).toBe("https://book.example/a#b:~:text=c");
  });
});
