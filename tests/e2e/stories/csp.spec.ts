/** The policy of docs/csp.md for the self-hosted engine: a whole conversation, and nothing to report. */

import type { Page } from "@playwright/test";

import { Chat } from "../support/chat.ts";
import { expect, policies, policy, scriptTag, test, watched } from "../support/strict.ts";

const CHATKIT = {
  header: { enabled: true },
  history: { enabled: true },
  startScreen: { prompts: [{ label: "What is a servo?", prompt: "hello", icon: "sparkle" }] },
  composer: { tools: [{ id: "search", label: "Search the book", icon: "search" }] },
  threadItemActions: { feedback: true, retry: true },
  disclaimer: { text: "It may be **wrong**." },
};

const surface = (page: Page) => page.locator("openai-chatkit .ck");

/** What the words of the conversation wait for. */
const GATES = ["cites", "a", "b", "c", "begin", "thinking", "thought"];

/** Asks, and waits until nothing of the turn is on its way any more: a message sent before that would not be sent. */
async function turn(chat: Chat, words: string): Promise<void> {
  const asked = await chat.questions.count();
  await chat.element.evaluate((element) => {
    delete element.dataset.ended;
    element.addEventListener("chatkit.response.end", () => (element.dataset.ended = ""), { once: true });
  });
  await chat.ask(words);
  await expect(chat.questions).toHaveCount(asked + 1);
  await expect(chat.element).toHaveAttribute("data-ended");
  await expect(chat.element.getByRole("button", { name: "Send message" })).toBeVisible();
}

/** Whatever the page has to offer: each of these brings code, styles or nodes of its own. */
async function wholeConversation(page: Page): Promise<void> {
  const chat = new Chat(page);
  await chat.open();
  await chat.element.getByRole("button", { name: "What is a servo?" }).click();
  await expect(await chat.answered(0)).toContainText("Hello from the scripted server.");
  await expect(chat.element.getByRole("button", { name: "Send message" })).toBeVisible();
  await turn(chat, "text");
  await expect(chat.answers.last().locator("table")).toBeVisible();

  await turn(chat, "code");
  const colours = () => page.evaluate(() => [...(CSS as unknown as { highlights: Map<string, unknown> }).highlights.keys()].length);
  await expect.poll(colours).toBeGreaterThan(0);
  await turn(chat, "math");
  await expect(chat.answers.last().locator("math").first()).toBeVisible();

  await turn(chat, "cites cites");
  await expect(chat.answers.last().getByText("Sources · 3")).toBeVisible();
  await chat.answers.last().getByRole("link", { name: /^Source 1/ }).first().hover();
  await expect(chat.element.getByRole("tooltip")).toBeVisible();
  await page.mouse.move(5, 5);
  await turn(chat, "notice");
  await expect(chat.element.locator(".ck-notice").first()).toBeVisible();
  await turn(chat, "widget");
  await turn(chat, "steps a b c");
  await turn(chat, "think begin thinking thought");
  await expect(chat.element.getByText("Thought for 1 min 15 s")).toBeVisible();
  await chat.ask("question");
  await chat.element.getByRole("button", { name: /skip/i }).click();

  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  await expect(surface(page)).toHaveAttribute("data-scheme", "dark");
  await chat.element.getByRole("button", { name: "Chat history" }).click();
  await expect(chat.element.getByRole("dialog", { name: "Chat history" })).toBeVisible();
  await page.keyboard.press("Escape");
  // Its words are a module of their own.
  await page.evaluate(() => {
    const { chatkitWidget } = window as unknown as { chatkitWidget: { options: object; setOptions(options: object): void } };
    chatkitWidget.setOptions({ ...chatkitWidget.options, chatkit: { locale: "de" } });
  });
  await expect(chat.panel.getByRole("button", { name: "Chat schließen" })).toBeVisible();
  // So are the button that asks about a passage, and its styles.
  await page.locator("#passage").evaluate((element) => getSelection()?.selectAllChildren(element));
  await page.locator(".ckw-ask").click();
  await expect(chat.element.locator(".ck-composer-quote blockquote")).toContainText("A servo is a motor");
}

const options = {
  title: "Ask the book",
  engine: "selfhosted",
  // What is set on the host.
  accent: "teal",
  width: 420,
  offset: { x: 32 },
  zIndex: 7,
  chatkit: CHATKIT,
};

test("a whole conversation with a widget of one script tag", async ({ page, server, site }) => {
  const reported = await watched(page, site);
  site.page("/strict", policy("selfhosted", server), scriptTag(server, options));
  for (const gate of GATES) await server.open(gate);
  await page.goto(`${site.url}/strict`);
  await wholeConversation(page);
  expect(reported()).toEqual([]);
});

test("what a page reports is noticed at all", async ({ page, server, site, complaints }) => {
  const reported = await watched(page, site);
  const strict = policy("selfhosted", server);
  site.page("/strict", strict, `${scriptTag(server, options)}<p style="color: red">Not allowed.</p>`);
  await page.goto(`${site.url}/strict`);
  await expect.poll(() => reported().map((line) => line.split(":")[0]).sort()).toEqual(["console", "event", "report"]);
  complaints.length = 0;
});

/** Words of the policy, what stands there without them, and what a conversation cannot do then. */
const NEEDED: [words: string, without: string, blocked: string][] = [
  [" 'wasm-unsafe-eval'", "", "script-src"],
  ["style-src 'self'", "style-src 'none'", "style-src"],
  ["connect-src 'self'", "connect-src", "connect-src"],
  ["script-src 'self'", "script-src", "script-src"],
];

for (const [words, without, blocked] of NEEDED) {
  test(`docs/csp.md asks for nothing that is not needed: ${words.trim()}`, async ({ page, server, site, complaints }) => {
    const reported = await watched(page, site);
    const strict = policy("selfhosted", server);
    expect(strict).toContain(words);
    site.page("/strict", strict.replace(words, without), scriptTag(server, options));
    await page.goto(`${site.url}/strict`);
    await expect.poll(() => reported().some((line) => line.startsWith(`event: ${blocked}`))).toBe(true);
    complaints.length = 0;
  });
}

test("every policy of docs/csp.md is held to what it says", () => {
  expect(policies().sort()).toEqual(
    ["selfhosted", "selfhosted-everything", "openai", "openai-trusted-types", "nonce", "elsewhere", "integrity"].sort(),
  );
});
