/** Errors of the protocol (and what is no error there, but a connection that ends), as a reader meets them. */

import type { Locator } from "@playwright/test";

import { expect, features, test, type Features } from "../support/features.ts";

/** Nothing technical may reach the reader. */
const TECHNICAL = /\b[45]\d\d\b|https?:|\{|Error\b|fetch|JSON|undefined|stream\./;

const banner = (chat: Features): Locator => chat.element.locator(".ck-banner");
const again = (chat: Features): Locator => banner(chat).getByRole("button", { name: "Try again" });

/** The names of events since the last `response.start`. */
async function lastResponse(chat: Features): Promise<string[]> {
  const names = (await chat.events()).map(({ name }) => name);
  return names.slice(names.lastIndexOf("response.start"));
}

/** Says it and waits until the response is over. */
async function saidAndFailed(chat: Features, words: string): Promise<void> {
  await chat.say(words);
  await expect(banner(chat)).toBeVisible();
  await expect(banner(chat)).not.toHaveText(TECHNICAL);
  await chat.responded();
  const names = await lastResponse(chat);
  expect(names, "the site is told of the error before the end").toContain("error");
  expect(names.at(-1)).toBe("response.end");
}

test.afterEach(({ complaints }) => {
  // The browser itself reports requests that fail; what is said to integrators is tested elsewhere.
  complaints.length = 0;
});

for (const word of ["error", "crash", "later-error"]) {
  test(`an error of the server without words for the reader (${word}) has a sentence and Try again`, async ({ page, server }) => {
    const chat = await features(page, server);
    await saidAndFailed(chat, word);
    await expect(chat.element).not.toContainText("a detail that must not leave the server");
    await again(chat).click();
    await expect.poll(() => chat.requests("threads.retry_after_item").length).toBe(1);
    await chat.responded(2);
    await expect(chat.questions).toHaveCount(1);
    expect(chat.requests("threads.create"), "nothing is said twice").toHaveLength(1);
  });
}

test("the server's own words are shown, and no Try again where it allows none", async ({ page, server }) => {
  const chat = await features(page, server);
  await saidAndFailed(chat, "refuse");
  await expect(banner(chat)).toContainText("Quota used up");
  await expect(again(chat)).toHaveCount(0);
});

test("an answer that breaks midway keeps its text, and what changed in the thread before", async ({ page, server }) => {
  const chat = await features(page, server);
  await saidAndFailed(chat, "midway");
  await expect(chat.answers).toContainText("partial");
  await expect(banner(chat)).toContainText("Broke midway");
  await expect(again(chat)).toBeVisible();
  await expect(chat.element.getByRole("heading", { name: "changed before the error" })).toBeVisible();
});

test("an answer that goes on after an error is shown with it", async ({ page, server }) => {
  const chat = await features(page, server);
  await saidAndFailed(chat, "blocked");
  await expect(banner(chat)).toContainText("We blocked that message.");
  await expect(await chat.answered(0)).toContainText("still streaming after error");
});

test("what a guardrail takes back is gone, and the reason is there", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("guardrail");
  await expect(chat.answers).toContainText("Something that may not be said");
  await server.open("guardrail");
  await expect(banner(chat)).toContainText("We do not talk about that.");
  await expect(chat.element).not.toContainText("Something that may not be said");
});

test("a connection that ends in the middle of a word keeps what was said and offers Try again", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("cut later");
  await expect(chat.answers).toContainText("This ends");
  await server.open("later");
  await expect(again(chat)).toBeVisible();
  await expect(banner(chat)).not.toHaveText(TECHNICAL);
  await expect(chat.answers).toContainText("This ends");
  await chat.responded();
  expect((await lastResponse(chat)).at(-1)).toBe("response.end");
});

test("a connection that ends before the answer asks for it again by itself, and says nothing twice", async ({ page, server }) => {
  const chat = await features(page, server);
  await saidAndFailed(chat, "cut-early");
  await expect(chat.questions).toHaveCount(1);
  expect(chat.requests("threads.create")).toHaveLength(1);
});

test("an answer without an end is shown as far as it goes", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("unfinished");
  await chat.responded();
  await expect(await chat.answered(0)).toContainText("This sentence has no");
});

test("no answer at all leaves a chat that goes on", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("silence");
  await chat.responded();
  await chat.say("hello");
  await expect(chat.answers.last()).toContainText("Hello from the scripted server.");
  await expect(chat.questions).toHaveCount(2);
});

for (const status of [400, 401, 403, 404, 413, 429, 500, 503]) {
  test(`a server that answers ${status} has a plain sentence, and the message is not lost`, async ({ page, server }) => {
    const chat = await features(page, server);
    await chat.say(`http ${status}`);
    await expect(banner(chat)).toBeVisible();
    const sentence = await banner(chat).innerText();
    expect(sentence).not.toMatch(TECHNICAL);
    await chat.responded();
    // Still in the thread, or back in the composer where it can be changed.
    const kept = [await chat.composer.inputValue(), ...(await chat.questions.allInnerTexts())];
    expect(kept.join("\n")).toContain(`http ${status}`);
  });
}

test("a thread that was deleted elsewhere gives the message back and offers a new chat", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.responded();
  await server.ask("threads.delete", { thread_id: await chat.threadId() });
  await chat.say("hello again");
  // The SDK cuts the connection before the first event, and knows of no items when it is asked for them.
  await expect(banner(chat)).toBeVisible();
  await expect(banner(chat)).not.toHaveText(TECHNICAL);
  await banner(chat).getByRole("button", { name: "New chat" }).click();
  await expect(chat.composer).toHaveValue("hello again");
  await chat.composer.press("Enter");
  await expect(chat.answers).toContainText("Hello from the scripted server.");
});

test("a message with a file the server does not know is kept, with a sentence", async ({ page, server }) => {
  const chat = await features(page, server);
  const attachments = [{ type: "file", id: "atc_nobody", name: "a.txt", mime_type: "text/plain" }];
  await chat.call("sendUserMessage", { text: "hello with a file", attachments }).catch(() => undefined);
  await expect(banner(chat)).toBeVisible();
  await expect(banner(chat)).not.toHaveText(TECHNICAL);
  const kept = [await chat.composer.inputValue(), ...(await chat.questions.allInnerTexts())];
  expect(kept.join("\n")).toContain("hello with a file");
});

test("an action for an item that is no widget ends with a sentence and no Try again", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.responded();
  const { data } = await server.ask<{ data: { id: string; type: string }[] }>("items.list", { thread_id: await chat.threadId() });
  const message = data.find(({ type }) => type === "user_message")?.id;
  await chat.call("sendCustomAction", { type: "press" }, message).catch(() => undefined);
  await expect(banner(chat)).toBeVisible();
  await expect(banner(chat)).not.toHaveText(TECHNICAL);
  await expect(again(chat)).toHaveCount(0);
  await chat.responded(2);
});

test("another answer to a message the server has lost: the old answer stays", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { retry: true } }));
  await chat.say("hello");
  await chat.responded();
  const { data } = await server.ask<{ data: { id: string; type: string }[] }>("items.list", { thread_id: await chat.threadId() });
  for (const { id, type } of data) if (type === "user_message") await server.forget(id);
  await chat.element.getByRole("button", { name: "Answer again" }).click();
  await chat.responded(2);
  await expect(chat.answers).toContainText("Hello from the scripted server.");
  await expect(chat.element.locator(".ck-trouble")).toHaveCount(0);
  await chat.say("hello");
  await expect(chat.answers.last()).toContainText("Hello from the scripted server.");
});
