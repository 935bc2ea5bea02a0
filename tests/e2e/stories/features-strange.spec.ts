/** What no server should send: no word of an answer is lost, nothing breaks, and the oddity is in `chatkit.log`. */

import { expect, features, test, type Features } from "../support/features.ts";

/** The names of the log entries, each once. */
async function logged(chat: Features): Promise<string[]> {
  const names = (await chat.events("log")).map(({ detail }) => (detail as { name: string }).name);
  return [...new Set(names)];
}

/** The chat works: it was not stopped by what came before. */
async function goesOn(chat: Features): Promise<void> {
  const before = await chat.answers.count();
  await chat.say("hello");
  await expect(chat.answers.nth(before)).toContainText("Hello from the scripted server.");
  await expect(chat.element.locator(".ck-trouble")).toHaveCount(0);
}

test("events, items, updates, parts and tasks of types nobody knows are told, the rest is shown", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("unknown");
  await chat.responded();
  await expect(chat.answers.first()).toContainText("Known words among unknown ones.");
  await expect(chat.element).toContainText("A known task");
  await expect(chat.answers.last()).toContainText("unknown is over");
  // The hologram, and the part of the first answer that is a scent.
  await expect(chat.element.getByText("Part of the answer could not be shown.")).toHaveCount(2);
  const left = (await chat.events("log")).map(({ detail }) => (detail as { data?: { found?: string } }).data?.found);
  const types = ["thread.item.sung", "hologram", "assistant_message.sung", "output_scent", "dream"];
  expect(left).toEqual(expect.arrayContaining(types.map((type) => JSON.stringify(type))));
  await goesOn(chat);
});

test("frames that are no events are skipped", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await chat.say("malformed");
  await expect(await chat.answered(0)).toContainText("malformed is over");
  expect(await logged(chat)).toContain("stream.badFrame");
  await goesOn(chat);
  complaints.length = 0;
});

test("a stream with every kind of line end, comments and frames in pieces reads like any other", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("framing");
  await expect(await chat.answered(0)).toContainText("Split by every line end.");
  expect(await logged(chat)).not.toContain("stream.badFrame");
});

test("bytes that are no UTF-8 cost one character each, not the words around them", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("utf8");
  await chat.responded();
  await expect(chat.answers).toContainText(/left �+\(�+ right 😀/);
  await goesOn(chat);
});

test("words for items that do not exist, that are over, or for parts far away break nothing", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("lost");
  await chat.responded();
  await expect(chat.answers.first()).toContainText(/Already over\s*, or not/);
  await expect(chat.answers.last()).toContainText("lost is over");
  expect(await logged(chat)).toEqual(expect.arrayContaining(["update.unknownItem", "update.late", "update.rejected"]));
  await goesOn(chat);
});

test("what is said twice is shown once", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("twice");
  await chat.responded();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers).toContainText("Said once");
});

test("answers of a server that gives all of them the same id stay apart", async ({ page, server }) => {
  const chat = await features(page, server);
  for (const number of [1, 2, 3]) {
    await chat.say(`fake ${number}`);
    await chat.responded(number);
  }
  await expect(chat.answers).toHaveCount(3);
  for (const number of [1, 2, 3]) await expect(chat.answers.nth(number - 1)).toContainText(`answer ${number}`);
});

test("answers stay in the order they came, whatever their times are", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("dates");
  await chat.responded();
  await expect(chat.answers).toContainText(["2027-06-01", "2026-01-01T00:00:00+14:00", "00:00.5", "1969", "yesterday", "no time"]);
});
