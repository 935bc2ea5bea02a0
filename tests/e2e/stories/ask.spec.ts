import type { Locator, Page } from "@playwright/test";

import { expect, test, violations } from "../support/test.ts";

const ask = (page: Page): Locator => page.getByRole("button", { name: "Ask about this" });
const quote = (page: Page): Locator => page.locator("openai-chatkit .ck-composer-quote blockquote");
const selected = (page: Page): Promise<string> => page.evaluate(() => getSelection()?.toString() ?? "");

/** Drags over the beginning of a paragraph, as a mouse does. */
async function drag(page: Page, paragraph: Locator): Promise<void> {
  await paragraph.scrollIntoViewIfNeeded();
  const box = await paragraph.boundingBox();
  if (box === null) throw new Error("the paragraph is not drawn");
  await page.mouse.move(box.x + 1, box.y + 14);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 14);
  await page.mouse.move(box.x + 260, box.y + 14);
  await page.mouse.up();
}

/** Selects a paragraph's text without a mouse: what handles, a screen reader or the browser's own search do. */
const select = (paragraph: Locator): Promise<void> =>
  paragraph.evaluate((element) => getSelection()?.selectAllChildren(element));

/** Where the button is, where the selected text is, and the window. */
const places = (page: Page) =>
  page.evaluate(() => {
    const button = document.querySelector(".ckw-ask")?.getBoundingClientRect();
    const lines = [...(getSelection()?.getRangeAt(0).getClientRects() ?? [])];
    if (button === undefined) throw new Error("no button");
    const covers = lines.some(
      (line) => button.left < line.right && button.right > line.left && button.top < line.bottom && button.bottom > line.top,
    );
    const inside = button.left >= 0 && button.top >= 0 && button.right <= innerWidth && button.bottom <= innerHeight;
    return { covers, inside, below: button.top > Math.max(...lines.map((line) => line.bottom)) };
  });

test("a passage selected by mouse becomes the question's quote", async ({ page, chat, requests }) => {
  await page.goto("/book/servo");
  await drag(page, page.locator(".prose p").nth(1));
  await expect(ask(page)).toBeVisible();
  expect(await places(page)).toMatchObject({ covers: false, inside: true });
  const passage = (await selected(page)).trim();
  expect(passage.length).toBeGreaterThan(10);
  await ask(page).click();
  await chat.ready();
  await expect(quote(page)).toHaveText(passage);
  await expect(chat.composer).toBeFocused();
  await expect(ask(page)).toBeHidden();

  await chat.converse("What does that mean?");
  const sent = requests.map((request) => request.postDataJSON()).find((body) => body?.type === "threads.create");
  expect(sent.params.input.quoted_text).toBe(passage);
  await expect(chat.questions.first().locator("blockquote")).toHaveText(passage);
  await expect(quote(page)).toBeHidden();
});

test("before the first selection a page pays for a listener only", async ({ page, chat: _chat, requests }) => {
  const asking = (): string[] => requests.map((request) => new URL(request.url()).pathname).filter((path) => /\/ask-[^/]*\.js$/.test(path));
  await page.goto("/book/servo");
  await expect(page.locator(".prose p").first()).toBeVisible();
  await page.locator(".prose p").first().click();
  expect(asking()).toEqual([]);
  await select(page.locator(".prose p").first());
  await expect(ask(page)).toBeVisible();
  expect(asking()).toHaveLength(1);
});

test("a passage selected by keyboard is asked about by keyboard, and a screen reader hears how", async ({ page, chat }) => {
  await page.goto("/book/servo");
  // A word, then more of it with the arrows, as from a caret.
  await page.locator(".prose p").nth(1).dblclick({ position: { x: 40, y: 14 } });
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("status").filter({ hasText: "Press Tab to ask about the selected text." })).toHaveCount(1);
  const passage = (await selected(page)).trim();
  await page.keyboard.press("Tab");
  await expect(ask(page)).toBeFocused();
  expect((await selected(page)).trim()).toBe(passage);
  await page.keyboard.press("Enter");
  await chat.ready();
  await expect(quote(page)).toHaveText(passage);
  await expect(chat.composer).toBeFocused();
});

test("Tab goes from the text to the button and on behind the text; Shift+Tab goes back to it", async ({ page, chat: _chat }) => {
  await page.goto("/book/servo");
  await select(page.locator(".prose p").nth(1));
  await expect(ask(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(ask(page)).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(page.locator(".prose p").nth(1)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(ask(page)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(ask(page)).not.toBeFocused();
  const behind = await page.evaluate(() => {
    const paragraph = document.querySelectorAll(".prose p")[1];
    const focused = document.activeElement;
    if (paragraph === undefined || focused === null) return false;
    return focused.matches("a, pre") && Boolean(paragraph.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  expect(behind).toBe(true);
  await expect(page.locator(".prose p").nth(1)).not.toHaveAttribute("tabindex", /.*/);
});

test("the button goes with the selection, with Escape and with the text, and comes back with the text", async ({ page, chat: _chat }) => {
  await page.goto("/book/servo");
  const paragraph = page.locator(".prose p").nth(1);
  await select(paragraph);
  await expect(ask(page)).toBeVisible();
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 2500);
  await expect(ask(page)).toBeHidden();
  await page.mouse.wheel(0, -2500);
  await expect(ask(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(ask(page)).toBeHidden();
  expect(await selected(page)).not.toBe("");

  await select(page.locator(".prose p").nth(2));
  await expect(ask(page)).toBeVisible();
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await expect(ask(page)).toBeHidden();
});

test("text outside the content, and in the chat, is not asked about", async ({ page, chat }) => {
  await page.goto("/book/servo");
  await select(page.locator(".prose p").first());
  await expect(ask(page)).toBeVisible();
  await select(page.locator(".demo-title"));
  await expect(ask(page)).toBeHidden();
  await chat.open();
  await chat.composer.fill("some text");
  await chat.composer.selectText();
  await expect(ask(page)).toBeHidden();
});

test("two passages asked about before the chat is there: the last one is quoted", async ({ page, chat }) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/chatkit/session", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/book/servo");
  for (const index of [1, 2]) {
    await select(page.locator(".prose p").nth(index));
    await ask(page).click();
    await expect(chat.panel).toBeVisible();
  }
  release();
  await chat.ready();
  const last = await page.locator(".prose p").nth(2).innerText();
  await expect(quote(page)).toHaveText(last.trim());
});

test("a passage asked about during an answer is quoted in the next question", async ({ page, chat, demo }) => {
  await demo.backend.start({ wordDelay: 25 });
  await page.goto("/book/servo");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.answers.first()).toHaveAttribute("data-streaming", /.*/);
  await select(page.locator(".prose p").nth(2));
  await ask(page).click();
  await expect(quote(page)).toContainText("In hobby robotics");
  await chat.answered(0);
  await expect(quote(page)).toContainText("In hobby robotics");
});

test("OpenAI's own element is given the quote too, when it is ready", async ({ page, demo, complaints: _complaints }) => {
  await page.route("**/demo-config.json", (route) => route.fulfill({ json: { backendUrl: demo.backend.url } }));
  // STAND-IN for OpenAI's script: an element with the methods and the first event of the real one.
  await page.route("https://cdn.platform.openai.com/**", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `customElements.define("openai-chatkit", class extends HTMLElement {
        ready = false;
        setOptions() { setTimeout(() => { this.ready = true; this.dispatchEvent(new CustomEvent("chatkit.ready")); }, 100); }
        async setComposerValue(value) { if (!this.ready) throw new Error("too early"); this.textContent = JSON.stringify(value); }
        async focusComposer() {}
      });`,
    }),
  );
  await page.goto("/book/servo?engine=openai");
  await select(page.locator(".prose p").nth(2));
  await ask(page).click();
  const passage = (await page.locator(".prose p").nth(2).innerText()).trim();
  await expect(page.locator("openai-chatkit")).toHaveText(JSON.stringify({ reply: passage }));
});

for (const scheme of ["light", "dark"] as const) {
  test(`the button has a name, contrast and a size for fingers: ${scheme}`, async ({ page, chat: _chat }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto("/book/servo");
    await select(page.locator(".prose p").nth(1));
    await expect(ask(page)).toBeVisible();
    await ask(page).evaluate((button) => Promise.all(button.getAnimations().map((animation) => animation.finished)));
    expect(await violations(page)).toEqual([]);
    expect((await ask(page).boundingBox())?.height).toBeGreaterThanOrEqual(40);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

  test("a passage selected by touch is asked about by touch", async ({ page, chat }) => {
    await page.goto("/book/servo");
    const paragraph = page.locator(".prose p").nth(1);
    await page.locator("h1").tap();
    // Room on both sides, however large the letters of this machine are.
    await paragraph.evaluate((element) => element.scrollIntoView({ block: "center" }));
    // A tap is followed by mouse events for old pages, which take a selection away again.
    await expect(async () => {
      await select(paragraph);
      await expect(ask(page)).toBeVisible({ timeout: 1000 });
    }).toPass();
    expect(await places(page)).toEqual({ covers: false, inside: true, below: true });
    const passage = (await selected(page)).trim();
    await ask(page).tap();
    await chat.ready();
    await expect(quote(page)).toHaveText(passage);
  });
});
