import { describe, expect, it } from "vitest";
import { coversPage, followingOf, type LinkClick, samePage, withinSite } from "../../src/internal/page/link.js";

const SITE = "https://book.example";
const click = (href: string, more: Partial<LinkClick> = {}): LinkClick => ({
  href,
  target: "",
  defaultPrevented: false,
  button: 0,
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe("a click on a link", () => {
  it("into the site is ours, without its text fragment", () => {
    const following = followingOf(click(`${SITE}/servo?x=1#power:~:text=a`), SITE);
    expect(following).toMatchObject({ by: "us", quote: { start: "a" } });
    expect(following.by === "us" && following.url.href).toBe(`${SITE}/servo?x=1#power`);
  });

  it.each<[string, LinkClick]>([
    ["to another site", click("https://elsewhere.example/")],
    ["to a site whose name begins with this one", click("https://book.example.evil/")],
    ["over http to an https site", click("http://book.example/")],
    ["to a mail program", click("mailto:a@b.example")],
    ["of a script", click("javascript:alert(1)")],
    ["with the middle button", click(`${SITE}/a`, { button: 1 })],
    ["with Control", click(`${SITE}/a`, { ctrlKey: true })],
    ["with Command", click(`${SITE}/a`, { metaKey: true })],
    ["with Shift", click(`${SITE}/a`, { shiftKey: true })],
    ["with Alt", click(`${SITE}/a`, { altKey: true })],
    ["that opens a tab", click(`${SITE}/a`, { target: "_blank" })],
    ["somebody else took", click(`${SITE}/a`, { defaultPrevented: true })],
  ])("%s is the browser's", (_name, given) => expect(followingOf(given, SITE)).toEqual({ by: "browser" }));

  it.each(["null", "file://"])("on a page without a site (%s) is the browser's", (origin) =>
    expect(followingOf(click("https://book.example/"), origin).by).toBe("browser"),
  );
});

it("an address is of this site relative and absolute, and never by guessing", () => {
  expect(withinSite("/a#b", SITE)?.href).toBe(`${SITE}/a#b`);
  expect(withinSite("//elsewhere.example/a", SITE)).toBeUndefined();
  expect(withinSite("https://[", SITE)).toBeUndefined();
  expect(samePage(new URL(`${SITE}/a?b#c`), new URL(`${SITE}/a?b#d`))).toBe(true);
  expect(samePage(new URL(`${SITE}/a?b`), new URL(`${SITE}/a?c`))).toBe(false);
  // Where the server adds a slash, a citation without one leads to the same page.
  expect(samePage(new URL(`${SITE}/a/`), new URL(`${SITE}/a#c`))).toBe(true);
  expect(samePage(new URL(`${SITE}/a/b`), new URL(`${SITE}/a`))).toBe(false);
});

it.each([
  ["a phone", { width: 390, height: 780 }, { width: 390, height: 780 }, true],
  ["a phone with its keyboard open", { width: 390, height: 400 }, { width: 390, height: 420 }, true],
  ["a desktop", { width: 400, height: 600 }, { width: 1280, height: 800 }, false],
  ["a small window with a panel beside the text", { width: 400, height: 560 }, { width: 600, height: 620 }, false],
])("whether the page can be seen behind the panel: %s", (_name, panel, window, covered) =>
  expect(coversPage(panel, window)).toBe(covered),
);
