/** What stands under a finished turn: copy, thumbs, another answer. */

import { expect, features, test } from "../support/features.ts";
import type { Features } from "../support/features.ts";

const thumb = (chat: Features, name: string) => chat.element.getByRole("button", { name, exact: true });

test("Copy takes the whole turn and says so", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.answered(0);
  await thumb(chat, "Copy").click();
  await expect(chat.element.locator(".ck-actions")).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Hello from the **scripted** server.");
});

test("the bar has thumbs and another answer only where the site wants them", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.answered(0);
  await expect(chat.element.locator(".ck-actions button")).toHaveCount(1);
  await chat.set(() => ({ threadItemActions: { feedback: true, retry: true } }));
  await expect(chat.element.locator(".ck-actions button")).toHaveCount(4);
});

test("a thumb is pressed at once, reaches the server, and stays when the thread is opened again", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { feedback: true } }));
  await chat.say("turns");
  await chat.responded();
  const up = thumb(chat, "Good answer");
  await up.last().click();
  await expect(up.last()).toHaveAttribute("aria-pressed", "true");
  await expect(up.first()).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => server.noted()).toHaveLength(1);
  const [noted] = await server.noted();
  expect(noted?.feedback).toBe("positive");
  expect(noted?.item_ids).toHaveLength(1);
  await chat.call("setThreadId", null);
  await chat.call("setThreadId", noted?.thread_id);
  await expect(up.last()).toHaveAttribute("aria-pressed", "true");
});

test("a thumb that does not reach the server is taken back, with a sentence", async ({ page, server, complaints }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { feedback: true } }));
  await chat.say("hello");
  await chat.answered(0);
  await page.route("**/chatkit", (route) =>
    route.request().postDataJSON().type === "items.feedback" ? route.fulfill({ status: 500 }) : route.continue(),
  );
  await thumb(chat, "Bad answer").click();
  await expect(chat.element.locator(".ck-actions")).toContainText("Your feedback could not be sent. Please try again.");
  await expect(thumb(chat, "Bad answer")).toHaveAttribute("aria-pressed", "false");
  expect(await chat.events("error")).toHaveLength(1);
  expect(complaints.splice(0).join()).toContain("500");
});

test("another answer takes the place of the old one", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { retry: true } }));
  await chat.say("hello");
  await chat.responded();
  await thumb(chat, "Answer again").click();
  await chat.responded(2);
  await expect(chat.answers).toHaveCount(1);
  await expect(await chat.answered(0)).toContainText("Hello from the scripted server.");
  const [asked] = chat.requests("threads.retry_after_item");
  expect(asked?.params.item_id).toBeTruthy();
});

test("the old answer comes back when the request for another one fails", async ({ page, server, complaints }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { retry: true } }));
  await chat.say("hello");
  await chat.responded();
  let asked = () => {};
  const sent = new Promise<void>((resolve) => (asked = resolve));
  let fail = () => {};
  const failing = new Promise<void>((resolve) => (fail = resolve));
  await page.route("**/chatkit", async (route) => {
    if (route.request().postDataJSON().type !== "threads.retry_after_item") return route.continue();
    asked();
    await failing;
    return route.fulfill({ status: 403 });
  });
  await thumb(chat, "Answer again").click();
  await sent;
  await expect(chat.answers).toHaveCount(0);
  fail();
  await expect(chat.element.getByRole("alert")).toBeVisible();
  await expect(chat.answers).toHaveText(/Hello from the scripted server\./);
  expect(complaints.splice(0).join()).toContain("403");
});
