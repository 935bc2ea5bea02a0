/** The whole widget by keyboard: the order of its stops, what Escape and opening do, what a phone's panel keeps in. */

import { NOTHING, PAGE, focused, walk } from "../support/focus.ts";
import { expect, test } from "../support/test.ts";

const PHONE = { width: 390, height: 780 };

const PROMPTS = [
  "What is a servo?",
  "How is a servo controlled?",
  "How do I tune a PID controller?",
  "How long will the battery last?",
];

/** The stops of an open panel before anything was asked. */
const START = ["New chat", "Close chat", ...PROMPTS, "Ask about robots", "Send message"];

test("on a desk the widget's stops follow each other as they are seen, and the page stays within reach", async ({
  page,
  chat,
}) => {
  await page.goto("/");
  await chat.open();
  await expect(chat.composer).toBeFocused();
  await chat.toggle.focus();
  const forward = await walk(page, "Tab", START.length);
  expect(forward).toEqual(START);
  expect([PAGE, NOTHING], "after the last the widget is over").toContain((await walk(page, "Tab", 1))[0]);
  await chat.element.getByRole("button", { name: "Send message" }).focus();
  const back = await walk(page, "Shift+Tab", START.length);
  expect(back).toEqual([...START.slice(0, -1).reverse(), "Close chat"]);
  expect(await walk(page, "Shift+Tab", 1), "before the toggle is the page").toEqual([PAGE]);
  expect(await page.locator("[inert]:not(.ckw [inert])").count()).toBe(0);
});

test("a conversation's stops are its messages, the links of an answer, what can be done with it", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
  await chat.composer.fill("And now?");
  const links = await chat.element
    .getByRole("link")
    .evaluateAll((found) => found.map((link) => (link.getAttribute("aria-label") ?? link.textContent)?.trim().replace(/\s+/g, " ") ?? ""));
  expect(links.length).toBeGreaterThan(0);
  const stops = ["New chat", "Close chat", "Messages", ...links, "Sources · 1", "Copy", "Answer again"];
  stops.push("Ask about robots", "Send message");
  await chat.toggle.focus();
  expect(await walk(page, "Tab", stops.length)).toEqual(stops);
  expect(await walk(page, "Shift+Tab", stops.length)).toEqual([...stops.slice(0, -1).reverse(), "Close chat"]);
});

test("a closed widget is one stop", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await page.keyboard.press("Escape");
  await expect(chat.toggle).toBeFocused();
  expect([PAGE, NOTHING]).toContain((await walk(page, "Tab", 1))[0]);
  await chat.toggle.focus();
  expect(await walk(page, "Shift+Tab", 1)).toEqual([PAGE]);
});

test("on a phone the panel is a modal dialog: the focus goes round in it, both ways", async ({ page, chat }) => {
  await page.setViewportSize(PHONE);
  await page.goto("/");
  await expect(chat.toggle).toBeVisible();
  await chat.open();
  await expect(chat.panel).toHaveAttribute("aria-modal", "true");
  await expect(chat.composer).toBeFocused();
  const around = await walk(page, "Tab", 2 * (START.length + 1));
  expect(around).not.toContain(PAGE);
  const stops = around.filter((name) => name !== NOTHING);
  const round = ["Send message", ...START];
  expect(stops.slice(0, round.length)).toEqual(round);
  await chat.composer.focus();
  const back = await walk(page, "Shift+Tab", 2 * (START.length + 1));
  expect(back).not.toContain(PAGE);
  const stopsBack = back.filter((name) => name !== NOTHING);
  expect(stopsBack.slice(0, START.length)).toEqual([...START.slice(0, -2).reverse(), "Send message", "Ask about robots"]);
});

test("on a phone the page behind stands still and comes back as it was", async ({ page, chat }) => {
  await page.setViewportSize(PHONE);
  await page.goto("/book/servo");
  await page.mouse.move(200, 300);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  const before = await page.evaluate(() => window.scrollY);
  await chat.open();
  await page.mouse.move(200, 20);
  await page.mouse.wheel(0, 400);
  await page.keyboard.press("PageDown");
  // Two frames, in which a page that could scroll would have.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
  await page.keyboard.press("Escape");
  await expect(chat.host).toHaveAttribute("data-panel", "closed");
  await expect(chat.toggle).toBeFocused();
  expect(await page.locator("[inert]:not(.ckw [inert])").count()).toBe(0);
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before);
});

test("a window made narrow while the panel is open makes it modal, and wide again not", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await expect(chat.panel).not.toHaveAttribute("aria-modal");
  await page.setViewportSize(PHONE);
  await expect(chat.panel).toHaveAttribute("aria-modal", "true");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(chat.panel).not.toHaveAttribute("aria-modal");
  expect(await page.locator("[inert]:not(.ckw [inert])").count()).toBe(0);
});

test("Escape closes from every stop of the panel", async ({ page, chat }) => {
  test.slow();
  await page.goto("/");
  for (let stop = 0; stop <= START.length; stop += 1) {
    await chat.open();
    await chat.toggle.focus();
    await walk(page, "Tab", stop);
    expect(await focused(page)).not.toBe(PAGE);
    await page.keyboard.press("Escape");
    await expect(chat.host).toHaveAttribute("data-panel", "closed");
    await expect(chat.toggle).toBeFocused();
  }
});
