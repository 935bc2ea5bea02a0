/** Questions of the assistant that take the composer's place. */

import type { Locator } from "@playwright/test";

import { expect, features, test, violations, type Features } from "../support/features.ts";

const form = (chat: Features): Locator => chat.element.getByRole("form", { name: "Questions for you" });
const group = (chat: Features, question: string): Locator => form(chat).getByRole("group", { name: question });
const send = (chat: Features): Locator => form(chat).getByRole("button", { name: "Send answers" });
const answers = (chat: Features): Record<string, unknown>[] =>
  chat.requests("threads.add_structured_input").map(({ params }) => params.input);

test("three questions are answered by pointer, and can be read afterwards", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("form");
  await expect(form(chat)).toBeVisible();
  await expect(chat.element.getByRole("textbox", { name: "Message the AI" })).toHaveCount(0);
  await expect(send(chat)).toHaveAttribute("aria-disabled", "true");
  await group(chat, "Which size").getByRole("radio", { name: "Standard (55 g)" }).check();
  await group(chat, "On which days").getByRole("checkbox", { name: "Monday" }).check();
  await group(chat, "On which days").getByRole("checkbox", { name: "Friday" }).check();
  await group(chat, "On which days").getByRole("textbox", { name: "Something else" }).fill("Sunday, after church");
  await expect(group(chat, "On which days").getByRole("checkbox", { name: "Something else" })).toBeChecked();
  await group(chat, "Anything").getByRole("textbox").fill("Ring twice 🔔");
  await send(chat).click();
  await expect(await chat.answered(1)).toContainText(
    "Noted: Standard (55 g); Monday, Friday, Sunday, after church; Ring twice 🔔.",
  );
  await expect(form(chat)).toHaveCount(0);
  await expect(chat.element.getByRole("textbox", { name: "Message the AI" })).toBeVisible();
  const summary = chat.element.getByRole("group", { name: "Your answers" });
  await expect(summary).toContainText("Which size do you need?");
  await expect(summary).toContainText("Ring twice 🔔");
  await chat.responded(2);
  expect(answers(chat)).toEqual([
    {
      status: "answered",
      answers: {
        size: { values: ["Standard (55 g)"], skipped: false },
        days: { values: ["Monday", "Friday", "Sunday, after church"], skipped: false },
        note: { values: ["Ring twice 🔔"], skipped: false },
      },
    },
  ]);
});

test("with the keyboard alone: the focus goes along, arrows choose, Enter sends what is complete", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("form");
  const size = group(chat, "Which size");
  await expect(size.getByRole("radio", { name: "Micro (9 g)" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(size.getByRole("radio", { name: "Standard (55 g)" })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Tiny");
  await page.keyboard.press("Enter");
  expect(answers(chat)).toEqual([]);
  await expect(size.getByRole("radio", { name: "Something else" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(size.getByRole("button", { name: "Skip this question" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(group(chat, "On which days").getByRole("checkbox", { name: "Monday" })).toBeChecked();
  await group(chat, "Anything").getByRole("button", { name: "Skip this question" }).press("Enter");
  await expect(group(chat, "Anything")).toContainText("Skipped");
  await size.getByRole("textbox").press("Enter");
  await expect(await chat.answered(1)).toContainText("Noted: Tiny; Monday; —.");
  await expect(chat.element.getByRole("textbox", { name: "Message the AI" })).toBeFocused();
});

test("a single question is answered as a message is, and the next one takes its place", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("question");
  await expect(form(chat).getByRole("button", { name: "Skip this question" })).toHaveCount(0);
  await form(chat).getByRole("textbox").fill("Robot arm\nMark II");
  await page.keyboard.press("Enter");
  await expect(await chat.answered(0)).toContainText("Robot arm");
  await chat.say("question");
  await expect(form(chat).getByRole("textbox")).toHaveValue("");
  await form(chat).getByRole("button", { name: "Skip", exact: true }).click();
  await expect(await chat.answered(1)).toContainText("Never mind.");
  expect(answers(chat)[1]).toEqual({ status: "skipped", answers: { name: { values: [], skipped: true } } });
  await expect(chat.element.getByRole("group", { name: "Your answers" }).last()).toContainText("Skipped");
});

test("answers given so far survive new options and a request that fails", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await chat.say("form");
  await group(chat, "Which size").getByRole("radio", { name: "Giant (180 g)" }).check();
  await group(chat, "Anything").getByRole("textbox").fill("half a sen");
  await chat.set(() => ({ theme: "dark" }));
  await expect(group(chat, "Which size").getByRole("radio", { name: "Giant (180 g)" })).toBeChecked();
  await expect(group(chat, "Anything").getByRole("textbox")).toHaveValue("half a sen");
  await expect(group(chat, "Anything").getByRole("textbox")).toBeFocused();
  let refuse = true;
  await page.route("**/chatkit", (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    return refuse && type === "threads.add_structured_input" ? route.fulfill({ status: 401 }) : route.continue();
  });
  await send(chat).click();
  await expect(chat.element.getByRole("alert")).toBeVisible();
  await expect(group(chat, "Anything").getByRole("textbox")).toHaveValue("half a sen");
  refuse = false;
  await group(chat, "Anything").getByRole("textbox").fill("half a sentence");
  await send(chat).click();
  await expect(await chat.answered(1)).toContainText("Noted: Giant (180 g); —; half a sentence.");
  await expect(chat.element.getByRole("alert")).toHaveCount(0);
  expect(complaints.splice(0).every((complaint) => complaint.includes("401"))).toBe(true);
});

test("after a reload the questions are there again", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("form");
  await expect(form(chat)).toBeVisible();
  const [change] = await chat.events("thread.change");
  const { threadId } = change?.detail as { threadId: string };
  const again = await features(page, server, (initialThread) => ({ initialThread }), threadId);
  await expect(form(again)).toBeVisible();
  await expect(again.answers).toHaveCount(1);
  await form(again).getByRole("button", { name: "Skip", exact: true }).click();
  await expect(await again.answered(1)).toContainText("Then I will choose.");
});

for (const [name, size, options] of [
  ["on a desk", { width: 900, height: 700 }, {}],
  ["at 320 px, in the dark", { width: 320, height: 568 }, { theme: "dark" }],
] as const) {
  test(`the form fits and can be used by everybody ${name}`, async ({ page, server }) => {
    await page.setViewportSize(size);
    const chat = await features(page, server, (options) => options, options);
    await chat.say("form");
    await expect(send(chat)).toBeInViewport({ ratio: 1 });
    await group(chat, "Which size").getByRole("radio", { name: "Micro (9 g)" }).check();
    const sideways = await chat.element.evaluate((element) => {
      const questions = element.shadowRoot?.querySelector(".ck-questions");
      return questions ? questions.scrollWidth - questions.clientWidth : -1;
    });
    expect(sideways).toBe(0);
    expect(await violations(page)).toEqual([]);
    await group(chat, "Anything").getByRole("button", { name: "Skip this question" }).click();
    await send(chat).click();
    await chat.answered(1);
    expect(await violations(page)).toEqual([]);
  });
}
