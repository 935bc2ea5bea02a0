/** Writing: what is typed is what is sent, and nothing takes it away. */

import type { Page } from "@playwright/test";

import { type Features, expect, features, test } from "../support/features.ts";

const EXACT = "  e\u0301 👩‍👩‍👧 🇩🇪 \u200f שלום مرحبا 123\n\n\tif (a < b && c) { return `\\n`; }  \n— “quoted” ﬁ \u00a0end ";

async function input(chat: Features, index = 0): Promise<any> {
  const all = () => chat.sent.filter(({ params }) => params.input !== undefined);
  await expect.poll(() => all().length).toBeGreaterThan(index);
  return all()[index]?.params.input;
}

const draft = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.entries({ ...sessionStorage }).filter(([key]) => key.startsWith("chatkit-widget:draft:")),
    ),
  );

test("Enter sends to the character what was typed; Shift+Enter begins a line", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.composer.pressSequentially("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await expect(chat.composer).toHaveValue("one\ntwo");
  await page.keyboard.press("Enter");
  expect((await input(chat)).content).toEqual([{ type: "input_text", text: "one\ntwo" }]);
  await chat.answered(0);
  await chat.composer.fill(EXACT);
  await page.keyboard.press("Enter");
  expect((await input(chat, 1)).content).toEqual([{ type: "input_text", text: EXACT }]);
  await chat.answered(1);
  await expect(chat.questions.last()).toContainText("👩‍👩‍👧");
});

test("an input method's Enter writes, it does not send", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.composer.focus();
  const keys = await page.context().newCDPSession(page);
  await keys.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await keys.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await keys.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
  expect(chat.sent).toEqual([]);
  await keys.send("Input.insertText", { text: "日本" });
  await expect(chat.composer).toHaveValue("日本");
  await page.keyboard.press("Enter");
  expect((await input(chat)).content).toEqual([{ type: "input_text", text: "日本" }]);
});

test("pasted text is plain text", async ({ page, server, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = await features(page, server);
  await page.evaluate(() => {
    const blob = (type: string, text: string) => new Blob([text], { type });
    const item = { "text/html": blob("text/html", "<b>bold</b>"), "text/plain": blob("text/plain", "a\tb\r\nc 😀") };
    return navigator.clipboard.write([new ClipboardItem(item)]);
  });
  await chat.composer.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(chat.composer).toHaveValue("a\tb\nc 😀");
});

test("the field grows with its text to a limit, and the caret stays in sight", async ({ page, server }) => {
  const chat = await features(page, server);
  const frame = chat.element.locator(".ck-editor");
  const height = async () => (await frame.boundingBox())?.height ?? 0;
  const one = await height();
  await chat.composer.fill("one\ntwo\nthree");
  await expect.poll(height).toBe(one + 48);
  await chat.composer.fill("line\n".repeat(60) + "the end");
  await expect.poll(height).toBeLessThanOrEqual(320);
  const before = await height();
  await page.keyboard.type("!");
  const inSight = () =>
    frame.evaluate((frame) => Math.abs(frame.scrollHeight - frame.clientHeight - frame.scrollTop) < 12);
  await expect.poll(inSight).toBe(true);
  expect(await height()).toBe(before);
  await page.keyboard.press("ControlOrMeta+Home");
  await expect.poll(() => frame.evaluate((frame) => frame.scrollTop)).toBeLessThan(12);
  await chat.composer.fill("");
  await expect.poll(height).toBe(one);
});

test("what is typed while an answer streams stays, and is sent when there is time for it", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("wait here");
  await expect(chat.element.getByRole("button", { name: "Stop answering" })).toBeVisible();
  await chat.composer.pressSequentially("next ");
  await page.keyboard.press("Enter");
  await expect(chat.composer).toHaveValue("next ");
  await page.keyboard.type("question");
  await server.open("here");
  await chat.responded();
  await expect(chat.composer).toHaveValue("next question");
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chat.composer).toHaveValue("");
  expect((await input(chat, 1)).content).toEqual([{ type: "input_text", text: "next question" }]);
});

test("each conversation has its draft, and a reload takes none away", async ({ page, server }) => {
  const [one, two] = await server.seed({ title: "One", turns: 1 }, { title: "Two", turns: 1 });
  const chat = await features(page, server);
  await chat.composer.fill("for a new one");
  await chat.call("setThreadId", one);
  await expect(chat.composer).toHaveValue("");
  await chat.call("setComposerValue", {
    content: [
      { type: "input_text", text: "for " },
      { type: "input_tag", id: "p1", text: "Ann", data: { mail: "a@x" } },
      { type: "input_text", text: " 😀" },
    ],
    reply: "a passage",
  });
  await chat.call("setThreadId", two);
  await expect(chat.composer).toHaveValue("");
  await chat.composer.fill("for two");
  await chat.call("setThreadId", null);
  await expect(chat.composer).toHaveValue("for a new one");

  const again = await features(page, server, (id) => ({ initialThread: id }), one);
  await expect(again.composer).toHaveValue("for @Ann 😀");
  await expect(again.element.locator(".ck-tag-paint")).toHaveText("@Ann");
  await expect(again.element.locator(".ck-composer-quote")).toContainText("a passage");
  await again.call("setThreadId", two);
  await expect(again.composer).toHaveValue("for two");
  await again.call("setThreadId", one);
  await again.composer.press("Enter");
  await again.answered(1);
  expect((await input(again)).content[1]).toEqual({
    type: "input_tag",
    id: "p1",
    text: "Ann",
    data: { mail: "a@x" },
    interactive: false,
  });
  expect(Object.keys(await draft(page)).map((key) => key.split(":").at(-1)).sort()).toEqual(["new", two].sort());
});

test("what is typed while the first answer comes belongs to the conversation it makes", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("wait here");
  await expect(chat.element.getByRole("button", { name: "Stop answering" })).toBeVisible();
  await chat.composer.fill("and then");
  await server.open("here");
  await chat.responded();
  const id = (await chat.events("thread.change")).at(-1)?.detail as { threadId: string };
  await chat.call("setThreadId", null);
  await expect(chat.composer).toHaveValue("");
  const again = await features(page, server, (thread) => ({ initialThread: thread }), id.threadId);
  await expect(again.composer).toHaveValue("and then");
});

test("a page whose storage is closed has drafts all the same, until it is left", async ({ page, server }) => {
  const [one] = await server.seed({ title: "One", turns: 1 });
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", {
      get: () => {
        throw new DOMException("closed", "SecurityError");
      },
    });
  });
  const chat = await features(page, server);
  await chat.composer.fill("for a new one");
  await chat.call("setThreadId", one);
  await expect(chat.composer).toHaveValue("");
  await chat.call("setThreadId", null);
  await expect(chat.composer).toHaveValue("for a new one");
});

test("a message the server will not take comes back with its tags", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  const content = [
    { type: "input_text", text: "http 413 " },
    { type: "input_tag", id: "p1", text: "Ann", data: {} },
    { type: "input_text", text: " please" },
  ];
  await chat.call("setComposerValue", { content, reply: "a passage" });
  await chat.composer.press("Enter");
  await chat.responded();
  await expect(chat.composer).toHaveValue("http 413 @Ann please");
  await expect(chat.element.locator(".ck-tag-paint")).toHaveText("@Ann");
  await expect(chat.element.locator(".ck-composer-quote")).toContainText("a passage");
  complaints.length = 0;
});

test("setComposerValue changes what it names, and leaves the rest", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.composer.fill("mine");
  await chat.call("setComposerValue", { reply: "a passage" });
  await expect(chat.composer).toHaveValue("mine");
  await expect(chat.element.locator(".ck-composer-quote")).toContainText("a passage");
  await chat.call("setComposerValue", { text: "yours\r\n😀" });
  await expect(chat.composer).toHaveValue("yours\n😀");
  await expect(chat.element.locator(".ck-composer-quote")).toContainText("a passage");
  // `content` counts where both are given.
  await chat.call("setComposerValue", { text: "no", content: [{ type: "input_tag", id: "p1", text: "Ann" }] });
  await expect(chat.composer).toHaveValue("@Ann");
  await expect(chat.element.locator(".ck-tag-paint")).toHaveText("@Ann");
  await chat.call("setComposerValue", { reply: null, text: "" });
  await expect(chat.composer).toHaveValue("");
  await expect(chat.element.locator(".ck-composer-quote")).toHaveCount(0);
  await expect(chat.call("setComposerValue", { content: [{ type: "picture" }] })).rejects.toThrow("$.content[0]");
  await expect(chat.call("setComposerValue", "text")).rejects.toThrow("expected an object");
});

test("a megabyte can be pasted, written on, kept and sent", async ({ page, server, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const chat = await features(page, server);
  const long = "All work and no play makes a dull draft. ".repeat(25_000);
  const end = () => chat.composer.evaluate((field: HTMLTextAreaElement) => [field.value.length, field.value.slice(-7)]);
  await page.evaluate((long) => navigator.clipboard.writeText(long), long);
  await chat.composer.focus();
  const began = Date.now();
  await page.keyboard.press("ControlOrMeta+v");
  await expect.poll(end).toEqual([long.length, "draft. "]);
  // Chrome takes ten seconds where it looks for the direction of such a text by itself.
  expect(Date.now() - began, "milliseconds to paste").toBeLessThan(5_000);
  await page.keyboard.type("The end");
  await expect.poll(end).toEqual([long.length + 7, "The end"]);
  const again = await features(page, server);
  await expect.poll(() => again.composer.evaluate((field: HTMLTextAreaElement) => field.value.length)).toBe(long.length + 7);
  await again.composer.press("Enter");
  expect((await input(again)).content[0].text).toBe(`${long}The end`);
});
