/** Changes of the thread and of items that are there already. */

import { expect, features, test } from "../support/features.ts";

test("a locked thread can be read, and says why nothing can be written", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("lock");
  await expect(await chat.answered(0)).toContainText("locked");
  await expect(chat.composer).toBeDisabled();
  await expect(chat.composer).toHaveAttribute("placeholder", "Escalated");
});

test("a thread that is unlocked again can be written in", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("lock-briefly");
  await expect(chat.composer).toBeDisabled();
  await server.open("unlock");
  await chat.responded();
  await expect(chat.composer).toBeEnabled();
  await chat.say("hello");
  await expect(chat.answers.last()).toContainText("Hello from the scripted server.");
});

test("a closed thread has a sentence in the composer's place: the server's reason, or ours", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("resolve");
  await expect(await chat.answered(0)).toContainText("closed with a reason");
  await expect(chat.element.getByText("Resolved")).toBeVisible();
  await expect(chat.composer).toHaveCount(0);
  await chat.call("setThreadId", null);
  await chat.say("close");
  await chat.responded(2);
  await expect(chat.composer).toHaveCount(0);
  await expect(chat.element.getByText(/conversation/i)).toBeVisible();
});

test("the title of the thread is the header's, and goes again", async ({ page, server }) => {
  const chat = await features(page, server);
  const heading = chat.element.getByRole("heading", { name: "A title" });
  await chat.say("title");
  await expect(heading).toBeVisible();
  await chat.responded();
  await chat.say("untitle");
  await chat.responded(2);
  await expect(heading).toHaveCount(0);
});

test("an answer that is replaced stands where it stood", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("replace");
  await chat.responded();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers).toContainText("second version");
  await chat.say("replace-earlier");
  await chat.responded(2);
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.nth(0)).toContainText("rewritten later");
  await expect(chat.answers.nth(1), "what replaces nothing is new").toContainText("replaces nothing");
});

test("an answer that is removed is gone, and removing what is not there harms nobody", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("remove");
  await chat.responded();
  await expect(chat.answers).toHaveCount(0);
  await chat.say("hello");
  await chat.responded(2);
  await chat.say("remove-earlier");
  await chat.responded(3);
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers).toContainText("removed");
});

test("hidden items are never seen, also when a server lets them through", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("hidden");
  await expect(await chat.answered(0)).toContainText("nothing to see");
  await expect(chat.element).not.toContainText("leaked");
  await expect(chat.element).not.toContainText("the model");
  await expect(chat.answers).toHaveCount(1);
});

test("an answer can be stopped only while the server allows it", async ({ page, server }) => {
  const chat = await features(page, server);
  const stop = chat.element.getByRole("button", { name: "Stop" });
  await chat.say("no-stop");
  await expect(chat.answers).toContainText("Nobody stops");
  await expect(stop).toHaveCount(0);
  await server.open("no-stop");
  await expect(stop).toBeVisible();
  await server.open("end");
  await chat.responded();
  await expect(stop).toHaveCount(0);
});

test("a stopped answer keeps its words, here and on the server", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("wait for-ever");
  await expect(chat.answers).toContainText("Begun");
  await chat.element.getByRole("button", { name: "Stop" }).click();
  await chat.responded();
  await expect(await chat.answered(0)).toContainText("Begun");
  await chat.call("fetchUpdates");
  await expect(chat.answers).toContainText("Begun");
  await expect(chat.element, "what the server told the model").not.toContainText("cancelled the stream");
  expect((await chat.events("error")).length).toBe(0);
});

test("two turns in one answer, and one of two parts, are shown whole", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("turns");
  await chat.responded();
  await expect(chat.answers).toHaveCount(2);
  await chat.say("parts");
  await chat.responded(2);
  await expect(chat.answers.last()).toContainText(/first\s*second part/);
});

test("an answer that comes at once keeps every character", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("oneshot");
  await expect(await chat.answered(0)).toContainText("done-only hé");
  await expect(chat.answers).toContainText("😀");
});

test("a source without a place in the text stands in the list of sources only", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("annotations");
  const answer = await chat.answered(0);
  await expect(answer.locator(".ck-cite")).toHaveCount(3);
  await answer.getByText(/^Sources/).click();
  await expect(answer.locator(".ck-sources").getByRole("link", { name: "Listed only" })).toBeVisible();
});
