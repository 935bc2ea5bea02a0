/** What a conversation consists of besides messages: work, thoughts, pictures, notices, what the reader sent along. */

import { expect, features, test, violations } from "../support/features.ts";
import type { Features } from "../support/features.ts";

/** An image of one pixel, PNG in base64. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

/** The line that folds a piece of work. */
const line = (chat: Features) => chat.element.locator("details.ck-work > summary");
/** Whether the work is unfolded, as the browser has it. */
const unfolded = (chat: Features) => chat.element.locator("details.ck-work").evaluate((it: HTMLDetailsElement) => it.open);

test("a thought says what it is about while it goes on, and how long it took when it is over", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("think begin thinking thought");
  await expect(chat.element.locator(".ck-work")).toHaveText("Thinking…");
  await server.open("begin");
  await expect(line(chat)).toHaveText("Reading the question");
  await expect(chat.element.locator(".ck-step").first()).toBeHidden();
  await server.open("thinking");
  await expect(line(chat)).toHaveText("Planning the answer");
  await line(chat).click();
  await expect(chat.element.locator(".ck-step").first().locator("em")).toHaveText("servos");
  await server.open("thought");
  await expect(line(chat)).toHaveText("Thought for 1 min 15 s");
  await expect(await chat.answered(0)).toContainText("A servo holds the angle it is told.");
  await expect(chat.element.locator(".ck-step").last()).toBeVisible();
});

test("work the reader closed stays closed when the server opens it, by keyboard as well", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("steps a b c");
  await line(chat).focus();
  await page.keyboard.press("Enter");
  await expect(chat.element.locator(".ck-step").first()).toBeVisible();
  await server.open("a");
  await expect(chat.element.getByText("Reading the textbook")).not.toHaveCount(0);
  expect(await unfolded(chat)).toBe(true);
  await page.keyboard.press("Enter");
  await server.open("b");
  await server.open("c");
  await expect(line(chat)).toHaveText("Looked into it");
  expect(await unfolded(chat)).toBe(false);
  await chat.say("workflow");
  await expect(line(chat).last()).toHaveText("Looked it up");
  await expect(chat.element.getByText("found 3")).toBeVisible();
});

test("steps of every kind show how far they are, what was searched, and what was found", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("steps a b c");
  await line(chat).click();
  const step = chat.element.locator(".ck-step");
  await expect(step.nth(1)).toContainText("Web search");
  await expect(step.nth(1)).toContainText("(In progress)");
  await expect(step.nth(1).getByRole("listitem")).toHaveText(["servo", "PWM 50 Hz"]);
  await server.open("a");
  await expect(step.nth(1)).toContainText("(Done)");
  await expect(step.nth(1).getByRole("link", { name: /How servos work/ })).toHaveAttribute("href", "https://example.com/servo");
  await server.open("b");
  await expect(step.nth(2)).toContainText("Chapter 4");
  await expect(step.nth(2)).toContainText("pulses.csv");
  await expect(step.nth(3)).toContainText("Drawing the pulse");
  await server.open("c");
  await expect(step).toHaveCount(5);
  await expect(await chat.answered(0)).toContainText("Three milliseconds");
  await expect(chat.element.locator(".ck-spinner")).toHaveCount(0);
});

test("a step by itself is a row with its note", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("task");
  const row = chat.element.locator(".ck-work");
  await expect(row).toContainText("Saved");
  await expect(row.locator("strong")).toHaveText("note");
});

test("work that broke off is over: nothing turns for ever", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("steps-cut a");
  await line(chat).click();
  await expect(chat.element.locator(".ck-step")).toContainText("Looking around");
  await server.open("a");
  await expect(chat.element.getByRole("alert")).toBeVisible();
  await expect(chat.element.locator(".ck-shine")).toHaveCount(0);
  await expect(chat.element.locator(".ck-spinner")).toHaveCount(0);
});

test("a picture has a place before it is there, gets sharper, and can be seen by everybody", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("paint a b");
  const image = chat.element.locator("figure");
  await expect(image).toContainText("Creating an image…");
  const before = await image.boundingBox();
  await server.open("a");
  await expect(image.getByRole("progressbar")).toHaveAttribute("value", "40");
  await expect(image.getByRole("img", { name: "Creating an image…" })).toBeVisible();
  expect((await image.boundingBox())?.height).toBeCloseTo(before?.height ?? 0, 0);
  await server.open("b");
  const picture = image.getByRole("img", { name: "Generated image" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(64);
  await expect(image.getByRole("progressbar")).toHaveCount(0);
});

test("pictures come from where the thread allows them, and are links from elsewhere", async ({ page, server }) => {
  await page.route("https://pictures.example/**", (route) =>
    route.fulfill({ contentType: "image/png", body: Buffer.from(DOT, "base64") }),
  );
  const chat = await features(page, server);
  await chat.say("picture-from https://pictures.example/free.png");
  await expect(chat.element.locator("figure img")).toHaveAttribute("src", "https://pictures.example/free.png");
  await chat.say("picture-from https://pictures.example/listed.png pictures.example");
  await expect(chat.element.locator("figure img")).toHaveCount(2);
  await chat.say("picture-from https://tracker.example/x.png pictures.example");
  const link = chat.element.getByRole("link", { name: /Image not shown/ });
  await expect(link).toHaveAttribute("href", "https://tracker.example/x.png");
  await expect(chat.element.locator("figure img")).toHaveCount(2);
});

test("a picture that does not come any more is a link, not a broken picture", async ({ page, server, complaints }) => {
  let there = false;
  await page.route("https://pictures.example/**", (route) => {
    if (!there) return route.fulfill({ status: 403, body: "this address has ended" });
    return route.fulfill({ contentType: "image/png", body: Buffer.from(DOT, "base64") });
  });
  const chat = await features(page, server);
  const [thread] = await server.seed({
    title: "Long ago",
    items: [
      {
        type: "user_message",
        content: [{ type: "input_text", text: "see my photo" }],
        attachments: [
          { type: "image", id: "i", name: "servo.png", mime_type: "image/png", preview_url: "https://pictures.example/servo.png" },
        ],
        inference_options: {},
      },
    ],
  });
  await chat.call("setThreadId", thread);
  const attached = chat.questions.first().getByRole("list", { name: "Attachments" }).getByRole("listitem");
  await expect(attached).toHaveText("servo.png");
  await expect(attached.locator("img")).toHaveCount(0);
  await chat.say("picture-from https://pictures.example/made.png");
  const link = chat.element.getByRole("link", { name: /Image not shown/ });
  await expect(link).toHaveAttribute("href", "https://pictures.example/made.png");
  await expect(chat.element.locator("figure img")).toHaveCount(0);
  // The next time the conversation is opened its addresses may be new ones, or good again.
  there = true;
  await chat.call("setThreadId", null);
  await chat.call("setThreadId", thread);
  await expect(attached.getByRole("img", { name: "servo.png" })).toBeVisible();
  await expect(chat.element.locator("figure img")).toBeVisible();
  complaints.length = 0;
});

test("the line about what goes on has its icon, and makes room for the answer", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("progressing a b");
  const progress = chat.element.locator(".ck-progress");
  await expect(progress).toHaveText("Looking into the textbook…");
  await expect(progress.locator("svg")).toBeVisible();
  await server.open("a");
  await expect(progress).toHaveText("Reading chapter 4…");
  await server.open("b");
  await expect(await chat.answered(0)).toContainText("It is in chapter 4.");
  await expect(progress).toHaveCount(0);
});

test("notices stand beside the conversation, with links, until they are closed or the chat is another", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("notice");
  const notices = chat.element.locator(".ck-notice");
  await expect(notices).toHaveCount(3);
  await expect(notices.nth(1)).toContainText("Heads up");
  await expect(notices.nth(1).getByRole("link", { name: /Upgrade/ })).toHaveAttribute("href", "https://example.com");
  await expect(notices.nth(2)).toHaveRole("alert");
  await notices.nth(1).getByRole("button", { name: "Dismiss" }).click();
  await expect(notices).toHaveText([/By the way/, /Limit reached/]);
  await chat.call("setThreadId", null);
  await expect(notices).toHaveCount(0);
});

test("an end of turn divides what was said: each part has its own bar", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("turns");
  await chat.responded();
  await expect(chat.element.getByRole("button", { name: "Copy" })).toHaveCount(2);
});

test("effects reach the site in order, with their data", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("effects");
  await chat.responded();
  expect((await chat.events("effect")).map(({ detail }) => detail)).toEqual([
    { name: "highlight", data: { index: 1 } },
    { name: "bare", data: {} },
  ]);
});

test("a link that is no address is the site's to follow, from an answer and from a notice", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("deeplink");
  await chat.answered(0);
  await chat.element.getByRole("button", { name: "the page" }).click();
  await chat.element.getByRole("button", { name: "the notice" }).click();
  const detail = { name: "page/servo", data: { id: "4", name: "A servo" } };
  await expect.poll(async () => (await chat.events("deeplink")).map(({ detail }) => detail)).toEqual([detail, detail]);
});

test("an image that is made is heard of when it is there", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("paint a b");
  await server.open("a");
  await server.open("b");
  await expect(chat.element.getByRole("status").filter({ hasText: "Generated image" })).toHaveCount(1);
});

test("nothing of it is in the way of anybody: live work, steps, pictures, notices", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { feedback: true, retry: true } }));
  await chat.say("think begin thinking thought");
  await server.open("begin");
  await line(chat).click();
  expect(await violations(page)).toEqual([]);
  await server.open("thinking");
  await server.open("thought");
  await chat.responded(1);
  await chat.say("steps a b c");
  await line(chat).nth(1).click();
  await server.open("a");
  await expect(chat.element.getByText("Reading the textbook").last()).toBeVisible();
  await server.open("b");
  await server.open("c");
  await chat.responded(2);
  await chat.say("notice");
  await chat.responded(3);
  await chat.say("paint sketched painted");
  await server.open("sketched");
  await expect(chat.element.getByRole("progressbar")).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test("a widget is its text here, and there is something to read where it has none", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ threadItemActions: { feedback: true } }));
  const [thread] = await server.seed({
    items: [
      { type: "user_message", content: [{ type: "input_text", text: "Show" }], attachments: [], inference_options: {} },
      { type: "widget", widget: { type: "Card", children: [] }, copy_text: "Total: 3 servos" },
      { type: "widget", widget: { type: "Card", children: [] } },
    ],
  });
  await chat.call("setThreadId", thread);
  await expect(chat.element.locator(".ck-note")).toHaveText([
    "Total: 3 servos",
    "This part of the conversation cannot be shown here.",
  ]);
});

test("what the reader sent is shown to the character, with its quote, its tags and its files", async ({ page, server }) => {
  const chat = await features(page, server);
  const text = "  a *b* <i>c</i>\n\n`d` 😀‍💻  \u202Bمرحبا\u202C  ";
  const [thread] = await server.seed({
    items: [
      {
        type: "user_message",
        content: [
          { type: "input_text", text },
          { type: "input_tag", id: "e1", text: "Ada", data: {}, interactive: false },
          { type: "input_text", text: " end" },
        ],
        attachments: [
          { type: "file", id: "f", name: "notes.txt", mime_type: "text/plain" },
          { type: "image", id: "i", name: "servo.png", mime_type: "image/png", preview_url: `data:image/png;base64,${DOT}` },
        ],
        quoted_text: "A servo is a motor.",
        inference_options: {},
      },
    ],
  });
  await chat.call("setThreadId", thread);
  const said = chat.questions.first();
  expect(await said.locator(".ck-bubble").evaluate((it) => it.textContent)).toBe(`${text}Ada end`);
  await expect(said.locator(".ck-tag")).toHaveText("Ada");
  await expect(said.locator("blockquote")).toHaveText("A servo is a motor.");
  await expect(said.getByRole("list", { name: "Attachments" }).getByRole("listitem")).toHaveCount(2);
  await expect(said.getByText("notes.txt")).toBeVisible();
  await expect(said.getByRole("img", { name: "servo.png" })).toBeVisible();
});
