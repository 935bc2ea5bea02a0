import type { Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

/** Nothing technical may reach the reader. */
async function expectPlainWords(text: string): Promise<void> {
  expect(text).not.toMatch(/\b[45]\d\d\b|https?:|\{|TypeError|fetch|JSON|undefined/);
}

test("with the server stopped: one plain sentence, visible retries, then Retry; the question is stored once", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  await demo.backend.stop();
  await chat.ask("What is a servo?");
  await expect(chat.element.getByText(/Trying again \(2 of 3\)/).first()).toBeVisible();
  await expect(chat.banner).toBeVisible();
  await expectPlainWords(await chat.banner.innerText());
  await expect(chat.questions.nth(1)).toContainText("What is a servo?");
  await demo.backend.start();
  await chat.banner.getByRole("button", { name: "Try again" }).click();
  await chat.answered(1);
  await expect(chat.banner).toHaveCount(0);
  // What the server has, as it comes back after a reload.
  await page.reload();
  await chat.ready();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.questions).toHaveCount(2);
  complaints.length = 0;
});

test("with the server stopped from the start: connecting, retrying, failed with Retry, then it works", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await demo.backend.stop();
  await page.goto("/");
  await chat.toggle.click();
  await expect(chat.panel).toBeVisible();
  await expect(chat.panel.getByText(/Trying again \(\d of 3\)/).first()).toBeVisible();
  const retry = chat.panel.getByRole("button", { name: "Try again" });
  await expect(retry).toBeVisible();
  await expectPlainWords(await chat.panel.innerText());
  await demo.backend.start();
  await retry.click();
  await chat.ready();
  await chat.converse("What is a servo?");
  complaints.length = 0;
});

const JSON_TYPE = "application/json";

/** Answers the session endpoint with something wrong. */
const badSessions: [string, { status?: number; contentType: string; body: string }][] = [
  ["an error page of a proxy", { contentType: "text/html", body: "<!doctype html><h1>502 Bad Gateway</h1>" }],
  ["no client_secret", { contentType: JSON_TYPE, body: '{"session_id":"x"}' }],
  ["no object", { contentType: JSON_TYPE, body: "[1]" }],
  ["an empty body", { contentType: JSON_TYPE, body: "" }],
];

for (const [what, answer] of badSessions) {
  test(`a session answer with ${what} gives the reader a sentence and a button, the integrator the reason`, async ({
    page,
    chat,
    demo,
    complaints,
  }) => {
    let broken = true;
    await page.route("**/api/chatkit/session", (route) =>
      broken
        ? route.fulfill({ status: 200, headers: { "access-control-allow-origin": demo.url }, ...answer })
        : route.continue(),
    );
    await page.goto("/");
    await chat.toggle.click();
    const retry = chat.panel.getByRole("button", { name: "Try again" });
    await expect(retry).toBeVisible();
    await expectPlainWords(await chat.panel.innerText());
    expect(complaints.join("\n")).toContain("/api/chatkit/session");
    broken = false;
    await retry.click();
    await chat.ready();
    complaints.length = 0;
  });
}

/** Answers the next message with what `spoil` makes of the server's own answer. */
async function spoilOnce(page: Page, spoil: (body: string) => string, contentType: string): Promise<void> {
  let broken = true;
  await page.route("**/chatkit", async (route) => {
    const sends = /"threads\.(create|add_user_message)"/.test(route.request().postData() ?? "");
    if (!broken || !sends) return route.continue();
    broken = false;
    const response = await route.fetch();
    await route.fulfill({ response, contentType, body: spoil(await response.text()) });
  });
}

// The server has stored the message and answered it; the reader's browser gets something else.
const badStreams: [string, (body: string) => string, string?][] = [
  ["an error page of a proxy", () => "<!doctype html><h1>504</h1>", "text/html"],
  ["an empty body", () => ""],
  ["JSON that is no object", () => "data: [1]\n\n"],
  ["a stream cut inside a frame", (body) => body.slice(0, body.indexOf("thread.item.done") + 40)],
];

for (const [what, spoil, type = "text/event-stream"] of badStreams) {
  test(`an answer that is ${what} loses no text and can be repaired`, async ({ page, chat, complaints }) => {
    await page.goto("/");
    await chat.open();
    await spoilOnce(page, spoil, type);
    await chat.ask("What is a servo?");
    await expect(chat.questions.first()).toContainText("What is a servo?");
    // Some of these repair themselves, the others offer Retry.
    const retry = chat.banner.getByRole("button", { name: "Try again" });
    await expect(retry.or(chat.answers.first())).toBeVisible();
    if (await retry.isVisible()) {
      await expectPlainWords(await chat.banner.innerText());
      await retry.click();
    }
    await chat.answered(0);
    await expect(chat.questions).toHaveCount(1);
    // And the server has it once.
    await page.reload();
    await chat.ready();
    await expect(chat.answers).toHaveCount(1);
    await expect(chat.questions).toHaveCount(1);
    complaints.length = 0;
  });
}

test("a connection cut in the middle of an answer keeps the text and offers Retry", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await demo.backend.start({ wordDelay: 60 });
  await page.goto("/");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.answers.first()).toContainText(/\w+ \w+/);
  await demo.backend.stop();
  await expect(chat.banner).toBeVisible();
  await expect(chat.answers.first()).toContainText(/\w+ \w+/);
  await demo.backend.start();
  await chat.banner.getByRole("button", { name: "Try again" }).click();
  await chat.answered(0);
  await expect(chat.questions).toHaveCount(1);
  await expect(chat.answers).toHaveCount(1);
  complaints.length = 0;
});

test("a session that is refused in the middle of a conversation is renewed without the reader noticing", async ({
  page,
  chat,
  demo,
  requests,
  complaints,
}) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  let refused = false;
  await page.route("**/chatkit", async (route) => {
    if (refused) return route.continue();
    refused = true;
    await route.fulfill({
      status: 401,
      contentType: JSON_TYPE,
      body: '{"error":{"code":"unauthorized","message":"expired"}}',
      headers: { "access-control-allow-origin": demo.url },
    });
  });
  await chat.converse("What is a servo?");
  const sessions = requests.filter((request) => request.url().endsWith("/api/chatkit/session") && request.method() === "POST");
  expect(sessions).toHaveLength(2);
  expect(sessions[1]?.postDataJSON()).toMatchObject({ existing: expect.any(String) });
  await expect(chat.questions).toHaveCount(2);
  complaints.length = 0;
});

test("a thread that no longer exists says so and a new chat works", async ({ page, chat, demo, complaints }) => {
  await page.goto("/");
  await page.evaluate(
    ([key]) => sessionStorage.setItem(key, JSON.stringify({ v: 1, open: true, thread: "thr_gone", secret: null })),
    [`chatkit-widget:${demo.backend.url}`] as const,
  );
  await page.reload();
  await chat.ready();
  await expect(chat.banner).toBeVisible();
  await chat.banner.getByRole("button", { name: "New chat" }).click();
  await chat.converse("What is a servo?");
  complaints.length = 0;
});

for (const stored of ["not json", '"text"', '{"v":1,"open":"yes","thread":7,"secret":{}}', '{"v":99}']) {
  test(`corrupt storage (${stored}) is survived`, async ({ page, chat, demo }) => {
    await page.goto("/");
    await page.evaluate(
      ([key, value]) => sessionStorage.setItem(key, value),
      [`chatkit-widget:${demo.backend.url}`, stored] as const,
    );
    await page.reload();
    await chat.open();
    await chat.converse("What is a servo?");
  });
}

test("storage that is not allowed is survived", async ({ page, chat }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
});
