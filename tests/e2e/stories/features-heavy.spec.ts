/** More than anybody reads: nothing is lost, and the tab answers meanwhile. */

import type { Page } from "@playwright/test";

import { expect, features, test, type Features } from "../support/features.ts";
import { longestTask, styled } from "../support/slow.ts";

/** How much text the newest answer holds, and how it ends. Read in one go: ten million characters are slow to print. */
async function newest(page: Page): Promise<{ length: number; end: string }> {
  return page.evaluate(() => {
    const answers = document.querySelector("openai-chatkit")?.shadowRoot?.querySelectorAll(".ck-assistant");
    const text = [...(answers ?? [])].at(-1)?.textContent ?? "";
    return { length: text.length, end: text.slice(-12) };
  });
}

/** Says it and waits until the whole of the answer can be read. */
async function readWhole(chat: Features, words: string, end: string): Promise<number> {
  await chat.say(words);
  await expect.poll(async () => (await chat.events("response.end")).length, { timeout: 180_000 }).toBe(1);
  await expect.poll(async () => (await newest(chat.page)).end, { timeout: 180_000 }).toContain(end);
  return (await newest(chat.page)).length;
}

/**
 * Milliseconds of processor time: what a reader takes for a page that hangs. Laying out ten million characters without a
 * line break is most of it, and the browser's.
 */
const FROZEN = 3_000;

const HEAVY: [word: string, count: number, end: string, length: number][] = [
  ["huge", 10_000_000, "end", 9_999_000],
  ["huge-book", 10_000_000, "The end", 9_900_000],
  ["flood", 100_000, "word99999", 980_000],
];

for (const [word, count, end, length] of HEAVY) {
  test(`${word} ${count}: the page answers, the answer is whole, and the chat goes on`, async ({ page, server, browser }) => {
    test.setTimeout(420_000);
    const chat = await features(page, server);
    const longest = await longestTask(browser, page, async () => {
      expect(await readWhole(chat, `${word} ${count}`, end)).toBeGreaterThan(length);
    });
    expect(longest).toBeLessThan(FROZEN);
    await chat.say("hello");
    // By its end: the whole text of an answer of ten million characters, asked for again and again, is what would hang here.
    await expect.poll(async () => (await newest(page)).end, { timeout: 120_000 }).toContain("server.");
  });
}

test("brackets, quotes and lists thousands deep freeze and break nothing", async ({ page, server, browser }) => {
  test.setTimeout(120_000);
  const chat = await features(page, server);
  const longest = await longestTask(browser, page, async () => {
    await chat.say("deep");
    await expect(chat.answers.last()).toContainText("deep is over", { timeout: 60_000 });
    await chat.responded();
    await chat.say("deep-json 5000");
    await expect(chat.answers.last()).toContainText("deep-json is over", { timeout: 60_000 });
  });
  expect(longest).toBeLessThan(FROZEN);
  await expect(chat.element.locator(".ck-trouble")).toHaveCount(0);
  await chat.responded(2);
  await chat.say("hello");
  await expect(chat.answers.last()).toContainText("Hello from the scripted server.");
});

test("a table that grows for seconds is styled where it grows, not from its head on with each row", async ({ page, server, browser }) => {
  const chat = await features(page, server);
  const times = await styled(browser, page, async () => {
    await chat.say("rows 400");
    await expect(chat.answers.last().locator("tbody tr")).toHaveCount(400, { timeout: 60_000 });
    await chat.responded();
  });
  const elements = await chat.answers.last().locator("*").count();
  expect(elements).toBeGreaterThan(2_000);
  expect(times).toBeLessThan(3 * elements);
});
