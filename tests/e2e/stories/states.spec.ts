/** The states of the widget (`data-state`), as a reader comes through them in a real browser. */

import type { Page, Request } from "@playwright/test";

import type { Chat } from "../support/chat.ts";
import { expect, test, violations } from "../support/test.ts";

const OFFLINE = /^You are offline\./;

const cover = (chat: Chat) => chat.panel.locator(".ckw-cover");
const notice = (chat: Chat) => chat.panel.locator(".ckw-notice");

function posts(requests: Request[], path: string): Request[] {
  return requests.filter((request) => request.method() === "POST" && new URL(request.url()).pathname === path);
}

const sessions = (requests: Request[]) => posts(requests, "/api/chatkit/session");
/** Requests that store something: what must never be made twice. */
const messages = (requests: Request[]) =>
  posts(requests, "/chatkit").filter((request) => /"threads\.(create|add_user_message)"/.test(request.postData() ?? ""));

/** Interest loads the container, which then draws the toggle. */
async function interested(chat: Chat): Promise<void> {
  await chat.toggle.hover();
  await expect(chat.host).toHaveAttribute("data-state", "closed");
}

/** Nothing technical, and no button where nothing is to be pressed. */
async function expectPlainWords(text: string): Promise<void> {
  expect(text).not.toMatch(/\b[45]\d\d\b|https?:|\{|Error|fetch|JSON|undefined|server|session/);
}

test("offline before opening: one sentence, nothing is burnt, and the chat opens by itself with the network", async ({
  page,
  context,
  chat,
  requests,
  complaints,
}) => {
  await page.goto("/");
  await interested(chat);
  await context.setOffline(true);
  await chat.toggle.click();
  await expect(cover(chat)).toHaveText(OFFLINE);
  await expect(chat.host).toHaveAttribute("data-state", "offline");
  await expect(cover(chat).getByRole("button")).toHaveCount(0);
  await expectPlainWords(await cover(chat).innerText());
  expect(sessions(requests).length, "one look, since browsers can be wrong").toBeLessThanOrEqual(1);
  await context.setOffline(false);
  await chat.ready();
  await expect(chat.host).toHaveAttribute("data-state", "ready");
  await chat.converse("What is a servo?");
  complaints.length = 0;
});

test("offline while chatting: said above the conversation, a question waits and is sent once with the network", async ({
  page,
  context,
  chat,
  requests,
  complaints,
}) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  await context.setOffline(true);
  await expect(notice(chat)).toHaveText(OFFLINE);
  await expect(chat.answers.first(), "what was said stays in sight").toBeVisible();
  await chat.ask("What is a servo?");
  await expect(chat.questions.nth(1)).toContainText("What is a servo?");
  await expect.poll(() => sessions(requests).length, "it looks whether that is true").toBe(2);
  await expect(notice(chat)).toHaveText(OFFLINE);
  expect(messages(requests), "sent into a dead network").toHaveLength(1);
  await expect(chat.banner, "waiting is no failure").toHaveCount(0);
  await context.setOffline(false);
  await chat.answered(1);
  await expect(notice(chat)).toHaveCount(0);
  expect(messages(requests)).toHaveLength(2);
  await page.reload();
  await chat.ready();
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.questions).toHaveCount(2);
  complaints.length = 0;
});

/** Keeps what stood in the panel's second line, and the states, in order. */
async function record(page: Page): Promise<() => Promise<{ lines: string[]; states: string[] }>> {
  await page.addInitScript(() => {
    const seen = { lines: [] as string[], states: [] as string[] };
    const push = (list: string[], value: string | null | undefined) => {
      if (value && list.at(-1) !== value) list.push(value);
    };
    // The longest waits there are: half of them would be too short to count down.
    Math.random = () => 1;
    new MutationObserver(() => {
      push(seen.lines, document.querySelector(".ckw-more")?.textContent);
      push(seen.states, document.querySelector(".ckw")?.getAttribute("data-state"));
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(window, { seen });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { lines: string[]; states: string[] } }).seen);
}

test("with the server down: attempts are counted, the seconds to the next one too, then there is a button that works", async ({
  page,
  chat,
  demo,
  requests,
  complaints,
}) => {
  const recorded = await record(page);
  await page.goto("/");
  await interested(chat);
  await demo.backend.stop();
  await chat.toggle.click();
  const retry = cover(chat).getByRole("button", { name: "Try again" });
  await expect(retry).toBeVisible();
  await expectPlainWords(await cover(chat).innerText());
  const { lines, states } = await recorded();
  expect(states).toEqual(["closed", "connecting", "retrying", "failed"]);
  expect(lines).toEqual(["Next try in 1 second.", "Next try in 2 seconds.", "Next try in 1 second."]);
  expect(sessions(requests)).toHaveLength(3);
  await demo.backend.start();
  await retry.click();
  await chat.ready();
  await chat.converse("What is a servo?");
  complaints.length = 0;
});

test("a session that ends every two seconds is renewed without a word, and nothing is lost", async ({
  page,
  chat,
  demo,
  requests,
  complaints,
}) => {
  await demo.backend.start({ sessionTtl: 2 });
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  await expect.poll(() => sessions(requests).length).toBeGreaterThan(2);
  await expect(notice(chat)).toHaveCount(0);
  await chat.converse("What is a servo?");
  await expect(chat.questions).toHaveCount(2);
  await expect(chat.banner).toHaveCount(0);
  // A session of two seconds may end while a request is on its way. The browser notes the 401, which the widget then mends.
  const others = complaints.filter((line) => !line.includes("status of 401"));
  complaints.splice(0, complaints.length, ...others);
});

/** Denies the next message, as if its session had ended. */
async function endSession(page: Page, origin: string): Promise<void> {
  let ended = false;
  await page.route("**/chatkit", (route) => {
    if (ended) return route.continue();
    ended = true;
    return route.fulfill({ status: 401, headers: { "access-control-allow-origin": origin }, body: "{}" });
  });
}

/** Fails every request for a session, until what it returns is called. */
async function breakSessions(page: Page, origin: string): Promise<() => void> {
  let down = true;
  await page.route("**/api/chatkit/session", (route) =>
    down
      ? route.fulfill({ status: 500, headers: { "access-control-allow-origin": origin }, body: "{}" })
      : route.continue(),
  );
  return () => {
    down = false;
  };
}

test("a renewal that takes long is mentioned, and the question is answered when it is done", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  let letThrough: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/api/chatkit/session", async (route) => {
    await held;
    await route.continue();
  });
  await endSession(page, demo.url);
  await chat.ask("What is a servo?");
  await expect(chat.host).toHaveAttribute("data-state", "renewing");
  await expectPlainWords(await notice(chat).innerText());
  letThrough();
  await chat.answered(1);
  await expect(notice(chat)).toHaveCount(0);
  await expect(chat.questions).toHaveCount(2);
  complaints.length = 0;
});

test("a session that cannot be renewed leads to one sentence and one button, and keeps what was written", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  const mend = await breakSessions(page, demo.url);
  await endSession(page, demo.url);
  await chat.ask("What is a servo?");
  await expect(chat.banner).toBeVisible();
  await expect(chat.host).toHaveAttribute("data-state", "failed");
  await expect(chat.banner).toContainText("Something went wrong on our side. Please try again.");
  await expect(notice(chat)).toHaveCount(0);
  await expect(chat.questions.nth(1)).toContainText("What is a servo?");
  mend();
  await chat.panel.getByRole("button", { name: "Try again" }).click();
  await chat.answered(1);
  await expect(chat.questions).toHaveCount(2);
  complaints.length = 0;
});

test("over OpenAI's frame, which knows nothing of sessions, one that is turned down is said above it, with a button", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  // STAND-IN for OpenAI's script: an element that is ready and asks the server, as the real one does, by the page's fetch.
  await page.route("https://cdn.platform.openai.com/**", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `customElements.define("openai-chatkit", class extends HTMLElement {
        setOptions({ api }) {
          this.ask = () => api.fetch(api.url, { method: "POST", body: "{}" }).then(() => {}, () => {});
          setTimeout(() => this.dispatchEvent(new CustomEvent("chatkit.ready")));
        }
        async focusComposer() {}
      });`,
    }),
  );
  await page.route("**/demo-config.json", (route) => route.fulfill({ json: { backendUrl: demo.backend.url } }));
  await page.goto("/?engine=openai");
  await chat.toggle.click();
  await expect(chat.host).toHaveAttribute("data-state", "ready");
  const mend = await breakSessions(page, demo.url);
  await endSession(page, demo.url);
  await page.locator("openai-chatkit").evaluate((element) => void (element as unknown as { ask: () => void }).ask());
  await expect(notice(chat).getByRole("alert")).toBeVisible();
  await expect(chat.host).toHaveAttribute("data-state", "failed");
  await expectPlainWords(await notice(chat).innerText());
  expect(await violations(page)).toEqual([]);
  mend();
  await notice(chat).getByRole("button", { name: "Try again" }).click();
  await expect(notice(chat)).toHaveCount(0);
  await expect(chat.host).toHaveAttribute("data-state", "ready");
  complaints.length = 0;
});

test("a device that slept for an hour renews its session before it sends, though no timer told it", async ({
  page,
  chat,
  requests,
}) => {
  // Timers stand still while a device sleeps; the clock goes on.
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    let slept = 0;
    Date.now = () => now() + slept;
    Object.assign(window, { sleep: (ms: number) => (slept += ms) });
  });
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a robot?");
  const before = sessions(requests).length;
  await page.evaluate(() => (window as unknown as { sleep(ms: number): void }).sleep(3_600_000));
  await chat.converse("What is a servo?");
  const renewal = sessions(requests).at(before);
  expect(renewal?.postDataJSON()).toMatchObject({ existing: expect.any(String) });
  const place = (request: Request | undefined) => requests.findIndex((other) => other === request);
  expect(place(renewal), "renewed first").toBeLessThan(place(messages(requests).at(-1)));
  await expect(chat.questions).toHaveCount(2);
  await expect(notice(chat)).toHaveCount(0);
});

test("an engine that does not come is replaced: the reader gets the chat, the integrator one line and a notice", async ({
  page,
  chat,
  complaints,
}) => {
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  await page.route("https://cdn.platform.openai.com/**", (route) => route.abort());
  await page.goto("/?engine=auto");
  await chat.open();
  await expect(chat.host).toHaveAttribute("data-state", "ready");
  await expect(chat.panel.getByText(/built-in form/)).toHaveCount(0);
  await chat.converse("What is a servo?");
  expect(warnings.filter((line) => line.includes('using engine "selfhosted" instead'))).toHaveLength(1);
  complaints.length = 0;
});
