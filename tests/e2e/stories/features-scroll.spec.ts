/** Where the reader is in a conversation, and that it is where they want to be. */

import type { Locator } from "@playwright/test";

import { type Features, expect, features, test } from "../support/features.ts";

const log = (chat: Features): Locator => chat.element.getByRole("log", { name: "Messages" });
const jump = (chat: Features): Locator => chat.element.getByRole("button", { name: "Jump to latest" });

/** Pixels between the top of the log and the top of something in it. */
async function below(chat: Features, what: Locator): Promise<number> {
  const [edge, at] = [await log(chat).boundingBox(), await what.boundingBox()];
  return (at?.y ?? Number.NaN) - (edge?.y ?? Number.NaN);
}

/** Pixels between what is seen and the end of the log. */
const toEnd = (chat: Features): Promise<number> =>
  log(chat).evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);

/** The reader's own wheel, over the conversation. */
async function wheel(chat: Features, by: number): Promise<void> {
  await log(chat).hover();
  await chat.page.mouse.wheel(0, by);
}

test("a question just asked stands at the top, and the answer grows below it without moving anything", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Long", turns: 9 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers.last()).toBeInViewport();
  await chat.say("halves more");
  const question = chat.questions.last();
  await expect(chat.answers.last()).toContainText("Paragraph 15.");
  await expect.poll(() => below(chat, question)).toBeLessThan(24);
  await server.open("more");
  await expect(await chat.answered(9)).toContainText("Paragraph 30.");
  expect(await below(chat, question)).toBeLessThan(24);
  await expect(jump(chat)).toBeVisible();
});

test("who goes from message to message with a screen reader scrolls the conversation, never the chat out of its box", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Long", turns: 9 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers.last()).toBeInViewport();
  const before = await chat.composer.boundingBox();
  const headings = log(chat).locator("h3");
  await expect(headings).toHaveCount(18);
  for (const [heading, row] of [
    [headings.first(), chat.questions.first()],
    [headings.last(), chat.answers.last()],
  ] as const) {
    // What a screen reader has the browser do for the one it reads.
    await heading.evaluate((it) => it.scrollIntoView({ block: "start" }));
    await expect(row).toBeInViewport();
    expect(await chat.composer.boundingBox()).toEqual(before);
  }
});

test("with thread.autoScroll the end is followed, but only by a reader who is there", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ thread: { autoScroll: true } }));
  await chat.say("halves first");
  await expect(chat.answers.last()).toContainText("Paragraph 15.");
  await expect.poll(() => toEnd(chat)).toBeLessThan(2);
  await server.open("first");
  await expect(await chat.answered(0)).toContainText("Paragraph 30.");
  await expect.poll(() => toEnd(chat)).toBeLessThan(2);

  await chat.say("halves second");
  await expect(chat.answers.last()).toContainText("Paragraph 15.");
  await wheel(chat, -400);
  await expect.poll(() => toEnd(chat)).toBeGreaterThan(300);
  const was = await below(chat, chat.questions.last());
  await server.open("second");
  await expect(await chat.answered(1)).toContainText("Paragraph 30.");
  expect(Math.abs((await below(chat, chat.questions.last())) - was)).toBeLessThan(2);
});

test("a reader who is far up is offered the way back, and the keyboard goes along", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Long", turns: 9 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers.last()).toBeInViewport();
  await expect(jump(chat)).toBeHidden();
  await wheel(chat, -500);
  await jump(chat).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => toEnd(chat)).toBeLessThan(2);
  await expect(jump(chat)).toBeHidden();
  await expect(log(chat)).toBeFocused();
});

test("older messages come as the reader scrolls up, and nothing jumps under their eyes", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Long", turns: 60 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers.last()).toBeInViewport();
  // How far a row on screen moves in the frame in which older ones appear above it: no further than the wheel does.
  await log(chat).evaluate((log) => {
    const page = window as unknown as { jumped: number };
    page.jumped = 0;
    let seen: Element | undefined;
    let [top, count] = [0, 0];
    const look = () => {
      const rows = log.querySelectorAll(".ck-user");
      if (seen?.isConnected && rows.length > count) page.jumped = Math.max(page.jumped, Math.abs(seen.getBoundingClientRect().top - top));
      const edge = log.getBoundingClientRect().top;
      seen = [...rows].find((row) => row.getBoundingClientRect().bottom > edge);
      [top, count] = [seen?.getBoundingClientRect().top ?? 0, rows.length];
      requestAnimationFrame(look);
    };
    look();
  });
  await log(chat).hover();
  await expect(async () => {
    await page.mouse.wheel(0, -100);
    expect(await chat.questions.count()).toBe(60);
  }).toPass({ intervals: [20] });
  expect(chat.requests("items.list")).toHaveLength(6);
  expect(await page.evaluate(() => (window as unknown as { jumped: number }).jumped)).toBeLessThan(250);
  await expect(chat.element.getByText("Question 1", { exact: true })).toBeAttached();
  await expect(chat.element.getByRole("button", { name: "Load earlier messages" })).toBeHidden();
});

test("the way up by keyboard: the button stays under the fingers until there is nothing more", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Short rows", turns: 30 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  const earlier = chat.element.locator(".ck-older").getByRole("button");
  // Coming near is asking.
  await earlier.focus();
  await expect(chat.questions).toHaveCount(20);
  await expect(earlier).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chat.questions).toHaveCount(30);
  await expect(earlier).toBeHidden();
  await expect(log(chat)).toBeFocused();
});

test("other options in the middle of an answer keep the conversation, the draft, the place and the stream", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Long", turns: 9 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await chat.say("halves more");
  await expect(chat.answers.last()).toContainText("Paragraph 15.");
  await chat.composer.fill("What I am writing");
  await wheel(chat, 150);
  await expect.poll(() => below(chat, chat.questions.last())).toBeLessThan(-50);
  const was = await log(chat).evaluate((log) => log.scrollTop);
  const before = await chat.events();

  await chat.set(() => ({
    theme: "dark",
    composer: { placeholder: "Another one" },
    history: { enabled: false },
    threadItemActions: { feedback: true },
    initialThread: null,
  }));
  await expect(chat.element.getByRole("button", { name: "Chat history" })).toBeHidden();
  await expect(chat.composer).toHaveValue("What I am writing");
  expect(await log(chat).evaluate((log) => log.scrollTop)).toBe(was);
  expect(await chat.events()).toEqual(before);

  await server.open("more");
  await expect(await chat.answered(9)).toContainText("Paragraph 30.");
  await chat.responded();
  await expect(chat.composer).toHaveValue("What I am writing");
  expect(await log(chat).evaluate((log) => log.scrollTop)).toBe(was);
  expect(chat.requests("threads.get_by_id")).toHaveLength(1);
});

test("in a conversation of 400 items the newest stand at once and the first can be reached", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Very long", turns: 200 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers.last()).toContainText("Answer 200");
  await expect(chat.answers.last()).toBeInViewport();
  expect(chat.requests("items.list")).toHaveLength(1);
  await log(chat).evaluate(async (log) => {
    const count = () => log.querySelectorAll(".ck-user").length;
    while (count() < 200) {
      log.scrollTop = 0;
      await new Promise(requestAnimationFrame);
    }
  });
  await log(chat).evaluate((log) => (log.scrollTop = 0));
  await expect(chat.element.getByText("Question 1", { exact: true })).toBeInViewport();
  await jump(chat).click();
  await expect(chat.answers.last()).toBeInViewport();
});
