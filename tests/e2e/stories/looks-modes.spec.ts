/** Right-to-left pages, forced colours, and readers who want no motion. */

import type { Page } from "@playwright/test";

import { boxOf, cut, expectInWindow } from "../support/boxes.ts";
import { openPlain } from "../support/plain.ts";
import { expect, test } from "../support/test.ts";

test("on a right-to-left page everything is mirrored, and turns when the page turns", async ({ page, chat, demo }) => {
  // The pointer on the toggle would make it larger.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openPlain(page, demo, { html: 'dir="rtl"' });
  await chat.open();
  await expect(chat.host).toHaveAttribute("data-panel", "open");
  expect((await boxOf(chat.toggle)).x).toBe(20);
  expect((await boxOf(chat.panel)).x).toBe(20);
  const title = await boxOf(chat.panel.getByRole("heading", { name: "Ask the book" }));
  const close = await boxOf(chat.panel.getByRole("button", { name: "Close chat" }));
  expect(close.x).toBeLessThan(title.x);
  await chat.converse("What is a servo?");
  expect((await boxOf(chat.questions.first())).x).toBeLessThan((await boxOf(chat.panel)).x + 40);
  expect(await cut(chat.panel)).toEqual([]);
  await expectInWindow(page, chat.panel);
  await page.evaluate(() => document.documentElement.setAttribute("dir", "ltr"));
  await expect.poll(async () => (await boxOf(chat.panel)).x).toBe(1280 - 20 - 400);
});

for (const [position, x] of [
  ["bottom-right", 1280 - 20 - 56],
  ["bottom-left", 20],
  ["top-start", 1280 - 20 - 56],
  ["top-end", 20],
] as const) {
  test(`on a right-to-left page ${position} is ${x === 20 ? "left" : "right"}`, async ({ page, chat, demo }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await openPlain(page, demo, { html: 'dir="rtl"', options: { position } });
    await expect(chat.toggle).toBeVisible();
    expect((await boxOf(chat.toggle)).x).toBe(x);
    await chat.open();
    await expect(chat.host).toHaveAttribute("data-panel", "open");
    expect((await boxOf(chat.toggle)).x).toBe(x);
    await expectInWindow(page, chat.panel);
  });
}

/** Animations that go on, in the page and in the chat. */
async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const roots = [document, document.querySelector("openai-chatkit")?.shadowRoot];
    const all = roots.flatMap((root) => root?.getAnimations() ?? []);
    return all
      .filter(({ playState }) => playState === "running")
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : "a transition"));
  });
}

test("a reader who wants no motion gets none: opening, waiting, answering", async ({ page, chat, demo }) => {
  await demo.backend.start({ wordDelay: 150 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/api/chatkit/session", async (route) => {
    await held;
    await route.continue();
  });
  await openPlain(page, demo);
  await chat.toggle.hover();
  await chat.toggle.click();
  await expect(chat.panel.getByText("Connecting", { exact: false }).first()).toBeVisible();
  expect(await moving(page)).toEqual([]);
  letThrough();
  await chat.ready();
  await chat.ask("What is a servo?");
  await expect(page.locator(".ckw-busy")).toBeAttached();
  await expect(chat.answers.first()).toBeVisible();
  await expect.poll(() => moving(page)).toEqual([]);
});

test("what moves for everybody else is over in 200 ms", async ({ page, chat, demo }) => {
  await openPlain(page, demo);
  await chat.open();
  const durations = await page.evaluate(() => {
    const inside = [...document.querySelectorAll(".ckw, .ckw *")];
    const shadow = [...(document.querySelector("openai-chatkit")?.shadowRoot?.querySelectorAll("*") ?? [])];
    const milliseconds = (value: string) => Number.parseFloat(value) * (value.endsWith("ms") ? 1 : 1000);
    return [...inside, ...shadow].flatMap((element) => {
      const { transitionDuration, transitionDelay } = getComputedStyle(element);
      const delays = transitionDelay.split(", ").map(milliseconds);
      return transitionDuration.split(", ").map((duration, at) => milliseconds(duration) + (delays[at % delays.length] ?? 0));
    });
  });
  expect(Math.max(...durations)).toBeLessThan(200);
  expect(Math.max(...durations)).toBeGreaterThan(0);
});

test("in forced colours every control has an edge, and what waits can be told from what stands", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  await demo.backend.stop();
  await openPlain(page, demo);
  const edge = (selector: string) =>
    page.locator(selector).first().evaluate((element) => {
      const { borderTopColor, borderTopStyle, borderTopWidth, backgroundColor } = getComputedStyle(element);
      return borderTopStyle !== "none" && borderTopWidth !== "0px" && borderTopColor !== backgroundColor;
    });
  expect(await edge(".ckw-launcher .ckw-toggle"), "the toggle").toBe(true);
  await chat.toggle.click();
  const spinner = chat.panel.locator(".ckw-spinner").first();
  await expect(spinner).toBeVisible();
  const [head, tail] = await spinner.evaluate((element) => {
    const { borderTopColor, borderBottomColor } = getComputedStyle(element);
    return [borderTopColor, borderBottomColor];
  });
  expect(head).not.toBe(tail);
  await expect(chat.panel.getByRole("button", { name: "Try again" })).toBeVisible();
  expect(await edge(".ckw-panel"), "the panel").toBe(true);
  expect(await edge(".ckw-button"), "the button").toBe(true);
  complaints.length = 0;
});
