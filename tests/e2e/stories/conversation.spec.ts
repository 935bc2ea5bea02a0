import { expect, test } from "../support/test.ts";

test("a reader asks what a servo is and gets an answer that is quoted and cited", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.questions).toHaveText(/What is a servo\?/);
  const answer = await chat.answered(0);
  await expect(answer.locator("blockquote")).toContainText(/servo/i);
  await answer.getByText(/Sources/).click();
  const source = answer.locator("a.ck-source").first();
  await expect(source).toHaveAttribute("href", /\/book\/servo#what-is-a-servo:~:text=/);
  // A citation of this site opens in place: the page changes under the open chat.
  await source.click();
  await expect(page).toHaveURL(/\/book\/servo#what-is-a-servo$/);
  await expect(page.locator("#what-is-a-servo")).toBeInViewport();
  await expect(chat.answers.first()).toBeVisible();
});

test("an answer appears while it streams, not only when it is whole", async ({ page, chat, demo }) => {
  await demo.backend.start({ wordDelay: 25 });
  await page.goto("/");
  await chat.open();
  await chat.ask("What is a servo?");
  const answer = chat.answers.first();
  await expect(answer).toHaveAttribute("data-streaming", /.*/);
  await expect(answer).toContainText(/\w+ \w+/);
  expect(await answer.getAttribute("data-streaming")).not.toBeNull();
  const early = (await answer.innerText()).length;
  await chat.answered(0);
  expect((await answer.innerText()).length).toBeGreaterThan(early);
});

test("the conversation is still there after a follow-up, a walk, a reload and reopening", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
  await chat.converse("And how is it controlled?");
  const texts = await chat.answers.allTextContents();

  // Client-side navigation under the open chat.
  const next = page.getByRole("navigation").getByRole("link", { name: /sensors/i }).first();
  await next.click();
  await expect(page).toHaveURL(/\/book\//);
  expect(await chat.answers.allTextContents()).toEqual(texts);

  // A full load of the page: the panel is open again, with everything in it.
  await page.reload();
  await chat.ready();
  await expect(chat.questions).toHaveCount(2);
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answers.nth(1)).toContainText(texts[1]?.slice(10, 60).trim() ?? "?");

  // Closing and reopening.
  await chat.composer.press("Escape");
  await expect(chat.host).toHaveAttribute("data-panel", "closed");
  await expect(chat.toggle).toBeFocused();
  await page.keyboard.press("Enter");
  await chat.ready();
  await expect(chat.answers).toHaveCount(2);

  // And it goes on.
  await chat.converse("What is a robot?");
  await expect(chat.answers).toHaveCount(3);
});

test("special characters, emoji and code arrive to the character", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  const question = `<b>servo</b> & "quotes" 👩‍🚀 \`code\` ${"x".repeat(30)} ع 中文 $1 \\n`;
  await chat.converse(question);
  expect(await chat.questions.first().locator(".ck-bubble").textContent()).toBe(question);
  await page.reload();
  await chat.ready();
  await expect(chat.questions.first().locator(".ck-bubble")).toHaveText(question);
});

test("what is typed while an answer streams stays in the composer and is not sent", async ({ page, chat, demo, requests }) => {
  await demo.backend.start({ wordDelay: 25 });
  await page.goto("/");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.answers.first()).toBeVisible();
  await chat.ask("one more");
  await chat.answered(0);
  await expect(chat.composer).toHaveValue("one more");
  const sends = requests.filter((request) => request.postData()?.includes('"threads.'));
  expect(sends.filter((request) => /create|add_user_message/.test(request.postData() ?? ""))).toHaveLength(1);
  await chat.composer.press("Enter");
  await chat.answered(1);
});

test("Stop keeps what was written and the chat goes on", async ({ page, chat, demo }) => {
  await demo.backend.start({ wordDelay: 30 });
  await page.goto("/");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.answers.first()).toContainText(/\w+ \w+/);
  await chat.element.getByRole("button", { name: /stop/i }).click();
  await chat.answered(0);
  const kept = (await chat.answers.first().textContent()) ?? "";
  expect(kept.length).toBeGreaterThan(10);
  await chat.converse("What is a robot?");
  await expect(chat.answers.first()).toContainText(kept.slice(0, 30).trim());
});

test("a new chat begins empty and the old one does not come back", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
  await chat.panel.getByRole("button", { name: "New chat" }).first().click();
  await expect(chat.questions).toHaveCount(0);
  await expect(chat.element.getByText("What would you like to know about robots?")).toBeVisible();
  await page.reload();
  await chat.ready();
  await expect(chat.questions).toHaveCount(0);
});

test("a suggestion is asked with one press", async ({ page, chat }) => {
  await page.goto("/");
  await chat.open();
  await chat.element.getByRole("button", { name: "What is a servo?" }).click();
  await chat.answered(0);
});
