/** The list of past conversations: reading it, going back to one, renaming and deleting, by pointer and by keyboard. */

import type { Locator, Page, Route } from "@playwright/test";

import { type Features, type Sent, expect, features, test, violations } from "../support/features.ts";

const panel = (chat: Features): Locator => chat.element.getByRole("dialog", { name: "Chat history" });
const row = (chat: Features, title: string): Locator => panel(chat).getByRole("listitem").filter({ hasText: title });
const thread = (chat: Features, title: string): Locator => row(chat, title).locator("button").first();
const historyButton = (chat: Features): Locator => chat.element.getByRole("button", { name: "Chat history" });

const names = async (chat: Features): Promise<string[]> => (await chat.events()).map(({ name }) => name);

/** Answers requests of one operation with a proxy's error page, until it is told otherwise. */
async function refuse(page: Page, operation: string): Promise<() => Promise<void>> {
  const fail = (route: Route): Promise<void> =>
    (route.request().postDataJSON() as Sent).type === operation
      ? route.fulfill({ contentType: "text/html", body: "<h1>Bad gateway</h1>" })
      : route.fallback();
  await page.route("**/chatkit", fail);
  return () => page.unroute("**/chatkit", fail);
}

test("a reader goes back to an earlier conversation and writes on in it", async ({ page, server }) => {
  const [older] = await server.seed({ title: "Servo motors", turns: 2 }, { title: "Gear trains", turns: 1 });
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.answered(0);
  await historyButton(chat).click();
  await expect(panel(chat).getByRole("listitem")).toHaveCount(3);
  await expect(panel(chat).getByRole("listitem").first()).toContainText("New chat");
  await expect(thread(chat, "New chat")).toHaveAttribute("aria-current", "true");
  await expect(row(chat, "Servo motors")).toContainText("Nov 20, 2026");
  await thread(chat, "Servo motors").click();
  await expect(panel(chat)).toBeHidden();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.element.getByRole("heading", { name: "Servo motors" })).toBeVisible();
  await chat.say("hello");
  await chat.answered(2);
  expect(chat.requests("threads.add_user_message")[0]?.params.thread_id).toBe(older);
  expect((await names(chat)).slice(4, 9)).toEqual([
    "history.open",
    "history.close",
    "thread.load.start",
    "thread.load.end",
    "thread.change",
  ]);
  const logs = (await chat.events("log")).map(({ detail }) => (detail as { name: string }).name);
  expect(logs).toEqual(expect.arrayContaining(["history.open", "history.close"]));
});

test("the keyboard alone goes in, renames, deletes and comes back", async ({ page, server }) => {
  await server.seed({ title: "First", turns: 1 }, { title: "Second", turns: 1 });
  const chat = await features(page, server);
  await historyButton(chat).focus();
  await page.keyboard.press("Enter");
  await expect(panel(chat).getByRole("button", { name: "Back to the chat" })).toBeFocused();
  await expect(thread(chat, "First")).toBeVisible();
  // Nothing under the panel can be reached: New chat, then the first row.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(thread(chat, "Second")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(panel(chat).getByRole("button", { name: "Rename: Second" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(chat).getByRole("textbox", { name: "Title of the chat" })).toBeFocused();
  await page.keyboard.type("Gear trains");
  await page.keyboard.press("Enter");
  await expect(thread(chat, "Gear trains")).toBeFocused();
  await expect.poll(() => chat.requests("threads.update").map(({ params }) => params.title)).toEqual(["Gear trains"]);

  await panel(chat).getByRole("button", { name: "Delete: First" }).focus();
  await page.keyboard.press("Enter");
  // What is pressed in haste deletes nothing.
  await expect(panel(chat).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(thread(chat, "First")).toBeFocused();
  expect(chat.requests("threads.delete")).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(panel(chat)).toBeHidden();
  await expect(historyButton(chat)).toBeFocused();
});

test("deleting the open conversation asks first and leads to a new one", async ({ page, server }) => {
  const [id] = await server.seed({ title: "Servo motors", turns: 1 }, { title: "Gear trains" });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), id);
  await expect(chat.answers).toHaveCount(1);
  await historyButton(chat).click();
  await panel(chat).getByRole("button", { name: "Delete: Servo motors" }).click();
  await expect(row(chat, "Servo motors")).toContainText("It cannot be brought back.");
  await row(chat, "Servo motors").getByRole("button", { name: "Delete" }).click();
  await expect(panel(chat).getByRole("listitem")).toHaveCount(1);
  await panel(chat).getByRole("button", { name: "Back to the chat" }).click();
  await expect(chat.element.getByRole("heading", { name: "What can I help with today?" })).toBeVisible();
  expect((await chat.events("thread.change")).at(-1)?.detail).toEqual({ threadId: null });
});

test("a list, a title and a deletion that fail each say so in a sentence and can be tried again", async ({ page, server }) => {
  await server.seed({ title: "Servo motors" });
  const chat = await features(page, server);
  const list = await refuse(page, "threads.list");
  await historyButton(chat).click();
  await expect(panel(chat)).toContainText("Your chats could not be loaded.");
  await list();
  await panel(chat).getByRole("button", { name: "Try again" }).click();
  await expect(row(chat, "Servo motors")).toBeVisible();

  const update = await refuse(page, "threads.update");
  await panel(chat).getByRole("button", { name: "Rename: Servo motors" }).click();
  await panel(chat).getByRole("textbox").fill("Gear trains");
  await panel(chat).getByRole("button", { name: "Save" }).click();
  await expect(panel(chat).getByRole("alert")).toHaveText("The title could not be saved. Please try again.");
  await expect(panel(chat).getByRole("textbox")).toHaveValue("Gear trains");
  await update();
  await panel(chat).getByRole("button", { name: "Save" }).click();
  await expect(thread(chat, "Gear trains")).toBeVisible();

  const remove = await refuse(page, "threads.delete");
  await panel(chat).getByRole("button", { name: "Delete: Gear trains" }).click();
  await row(chat, "Gear trains").getByRole("button", { name: "Delete" }).click();
  await expect(panel(chat).getByRole("alert")).toHaveText("The chat could not be deleted. Please try again.");
  await remove();
  await row(chat, "Gear trains").getByRole("button", { name: "Delete" }).click();
  await expect(panel(chat)).toContainText("There are no chats yet.");
  await expect(panel(chat)).not.toContainText("gateway");
});

test("more conversations than one page come as the reader scrolls", async ({ page, server }) => {
  await server.seed(...Array.from({ length: 120 }, (_, index) => ({ title: `Chat ${index + 1}` })));
  const chat = await features(page, server);
  await historyButton(chat).click();
  await expect(panel(chat).getByRole("listitem")).toHaveCount(50);
  await thread(chat, "Chat 71").scrollIntoViewIfNeeded();
  await expect(panel(chat).getByRole("listitem")).toHaveCount(100);
  await panel(chat).getByRole("button", { name: "Show more chats" }).press("Enter");
  await expect(panel(chat).getByRole("listitem")).toHaveCount(120);
  await expect(panel(chat).getByRole("listitem").last()).toContainText("Chat 1");
});

test("the list follows what happens to the conversation behind it", async ({ page, server }) => {
  const chat = await features(page, server);
  await historyButton(chat).click();
  await expect(panel(chat)).toContainText("There are no chats yet.");
  await panel(chat).getByRole("button", { name: "Back to the chat" }).click();
  await chat.say("title");
  await chat.answered(0);
  await historyButton(chat).click();
  await expect(thread(chat, "A title")).toHaveAttribute("aria-current", "true");
  await panel(chat).getByRole("button", { name: "New chat" }).click();
  await expect(panel(chat)).toBeHidden();
  await expect(chat.answers).toHaveCount(0);
  await expect(chat.composer).toBeFocused();
  const logs = (await chat.events("log")).map(({ detail }) => (detail as { name: string }).name);
  expect(logs).toContain("newChat.create");
});

test("the site shows and hides it, decides what can be done in it, and can do without", async ({ page, server }) => {
  await server.seed({ title: "Servo motors" });
  const chat = await features(page, server, () => ({
    header: { enabled: false },
    history: { showDelete: false, showRename: false },
  }));
  await chat.composer.focus();
  await chat.call("showHistory");
  await expect(row(chat, "Servo motors").getByRole("button")).toHaveCount(1);
  await chat.call("hideHistory");
  await expect(panel(chat)).toBeHidden();
  await expect(chat.composer).toBeFocused();
  expect(await names(chat)).toEqual(["ready", "history.open", "history.close"]);
  await chat.set(() => ({ history: { enabled: false } }));
  await expect(historyButton(chat)).toBeHidden();
  await expect(chat.call("showHistory")).rejects.toThrow("history.enabled");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe-core finds nothing in the ${colorScheme} list, nor in what it asks`, async ({ page, server }) => {
    await server.seed({ title: "Servo motors" }, { title: "Gear trains" }, { title: "Untouched" });
    const chat = await features(page, server, (theme) => ({ theme }), colorScheme);
    await historyButton(chat).click();
    await panel(chat).getByRole("button", { name: "Rename: Servo motors" }).click();
    expect(await violations(page)).toEqual([]);
    await panel(chat).getByRole("button", { name: "Delete: Gear trains" }).click();
    expect(await violations(page)).toEqual([]);
  });
}
