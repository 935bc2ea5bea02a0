/** Tools and models: chosen by pointer and keyboard, sent with the message, told to the site. */

import type { Locator } from "@playwright/test";

import { expect, features, test, violations, type Features } from "../support/features.ts";

const options = () => ({
  api: { uploadStrategy: { type: "two_phase" } },
  composer: {
    placeholder: "Ask away",
    attachments: { enabled: true },
    tools: [
      { id: "search", label: "Search the docs", shortLabel: "Search", icon: "search", placeholderOverride: "Search for" },
      { id: "draw", label: "Draw a picture", icon: "images", persistent: true },
      { id: "book", label: "Ask the book", shortLabel: "Book", icon: "book-open", pinned: true },
    ],
    models: [
      { id: "fast", label: "Fast", description: "Quick answers" },
      { id: "deep", label: "Deep", description: "Thinks longer", default: true },
      { id: "old", label: "Old", disabled: true },
    ],
  },
});

const menu = (chat: Features): Locator => chat.element.getByRole("button", { name: "Add to the message" });
const models = (chat: Features): Locator => chat.element.getByRole("button", { name: /^Model: / });
const changes = async (chat: Features) => (await chat.events("tool.change")).map(({ detail }) => detail);

/** What went along with the message sent last. */
const sentWith = (chat: Features): unknown =>
  chat.sent.filter(({ type }) => type.startsWith("threads.")).at(-1)?.params.input.inference_options;

test("a tool from the menu goes with one message, shown until then, and the site is told", async ({ page, server }) => {
  const chat = await features(page, server, options);
  await menu(chat).click();
  await chat.element.getByRole("menuitemradio", { name: "Search the docs" }).click();
  await expect(chat.composer).toBeFocused();
  await expect(chat.composer).toHaveAttribute("placeholder", "Search for");
  const chosen = chat.element.getByRole("button", { name: "Stop using Search the docs" });
  await expect(chosen).toHaveText("Search");
  await chat.say("hello");
  await chat.answered(0);
  expect(sentWith(chat)).toEqual({ tool_choice: { id: "search" }, model: "deep" });
  await expect(chosen).toHaveCount(0);
  await expect(chat.composer).toHaveAttribute("placeholder", "Ask away");
  expect(await changes(chat)).toEqual([{ toolId: "search" }, { toolId: null }]);
  expect(await chat.events("log")).toContainEqual({
    name: "log",
    detail: { name: "composer.tool.select", data: { toolId: "search", source: "menu" } },
  });
  await chat.responded();
  await chat.say("hello");
  await chat.answered(1);
  expect(sentWith(chat)).toEqual({ model: "deep" });
});

test("a persistent tool stays until it is put back", async ({ page, server }) => {
  const chat = await features(page, server, options);
  await menu(chat).click();
  await chat.element.getByRole("menuitemradio", { name: "Draw a picture" }).click();
  for (const [index, tool] of [[0, "draw"], [1, "draw"]] as const) {
    await chat.say("hello");
    await chat.answered(index);
    await chat.responded(index + 1);
    expect(sentWith(chat)).toEqual({ tool_choice: { id: tool }, model: "deep" });
  }
  await chat.element.getByRole("button", { name: "Stop using Draw a picture" }).click();
  await expect(chat.composer).toBeFocused();
  expect(await changes(chat)).toEqual([{ toolId: "draw" }, { toolId: null }]);
});

test("a pinned tool is a button that is held down", async ({ page, server }) => {
  const chat = await features(page, server, options);
  const book = chat.element.getByRole("button", { name: "Book: Ask the book" });
  await book.click();
  await expect(book).toHaveAttribute("aria-pressed", "true");
  await book.click();
  await expect(book).toHaveAttribute("aria-pressed", "false");
  await menu(chat).click();
  await expect(chat.element.getByRole("menuitemradio", { name: "Ask the book" })).toHaveCount(0);
  expect(await changes(chat)).toEqual([{ toolId: "book" }, { toolId: null }]);
});

test("the next message goes to the chosen model", async ({ page, server }) => {
  const chat = await features(page, server, options);
  await expect(models(chat)).toHaveText("Deep");
  await models(chat).click();
  const old = chat.element.getByRole("menuitemradio", { name: "Old" });
  await expect(old).toHaveAttribute("aria-disabled", "true");
  await old.click({ force: true });
  await expect(old).toBeVisible();
  await expect(chat.element.getByRole("menuitemradio", { checked: true })).toHaveText(/Deep\s*Thinks longer/);
  await chat.element.getByRole("menuitemradio", { name: /Fast/ }).click();
  await expect(models(chat)).toHaveText("Fast");
  await expect(models(chat)).toBeFocused();
  await chat.say("hello");
  await chat.answered(0);
  expect(sentWith(chat)).toEqual({ model: "fast" });
});

test("the menus are walked by keyboard", async ({ page, server }) => {
  const chat = await features(page, server, options);
  const focused = () => chat.element.evaluate((element) => (element.shadowRoot!.activeElement as HTMLElement).innerText.split("\n")[0]);
  await menu(chat).focus();
  await page.keyboard.press("ArrowDown");
  await expect(chat.element.getByRole("menu")).toBeVisible();
  await expect.poll(focused).toBe("Add files");
  await page.keyboard.press("ArrowUp");
  expect(await focused()).toBe("Draw a picture");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("Add files");
  await page.keyboard.press("s");
  expect(await focused()).toBe("Search the docs");
  await page.keyboard.press("End");
  expect(await focused()).toBe("Draw a picture");
  await page.keyboard.press("Home");
  expect(await focused()).toBe("Add files");
  await page.keyboard.press("Escape");
  await expect(chat.element.getByRole("menu")).toHaveCount(0);
  await expect(menu(chat)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect.poll(focused).toBe("Draw a picture");
  await page.keyboard.press("Enter");
  await expect(chat.element.getByRole("menu")).toHaveCount(0);
  expect(await changes(chat)).toEqual([{ toolId: "draw" }]);
  await models(chat).focus();
  await page.keyboard.press("Enter");
  await expect.poll(focused, "the chosen one").toBe("Deep");
  await page.keyboard.press("Tab");
  await expect(chat.element.getByRole("menu")).toHaveCount(0);
});

test("a press beside an open menu closes it", async ({ page, server }) => {
  const chat = await features(page, server, options);
  await menu(chat).click();
  await expect(menu(chat)).toHaveAttribute("aria-expanded", "true");
  await chat.element.getByRole("heading").first().click();
  await expect(menu(chat)).toHaveAttribute("aria-expanded", "false");
});

test("the site chooses, and overrides for one message without changing what is chosen", async ({ page, server }) => {
  const chat = await features(page, server, options);
  await chat.call("setComposerValue", { selectedToolId: "draw", selectedModelId: "fast" });
  await expect(models(chat)).toHaveText("Fast");
  await chat.call("sendUserMessage", { text: "hello", toolChoice: { id: "search" }, model: "deep" });
  expect(sentWith(chat)).toEqual({ tool_choice: { id: "search" }, model: "deep" });
  await chat.responded();
  await chat.call("sendUserMessage", { text: "hello" });
  expect(sentWith(chat)).toEqual({ tool_choice: { id: "draw" }, model: "fast" });
  await chat.responded(2);
  await expect(chat.element.getByRole("button", { name: "Stop using Draw a picture" })).toBeVisible();
  await chat.call("setComposerValue", { selectedToolId: null });
  expect(await changes(chat)).toEqual([{ toolId: "draw" }, { toolId: null }]);
  await expect(chat.call("setComposerValue", { selectedToolId: "nobody" })).rejects.toThrow(/composer\.tools has no entry/);
});

test("everything has its place in 320 pixels, in both directions, light and dark", async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 560 });
  for (const [dir, colorScheme] of [["ltr", "light"], ["rtl", "dark"]] as const) {
    const chat = await features(page, server, (colorScheme) => ({
      theme: { colorScheme },
      composer: {
        dictation: { enabled: true },
        tools: [
          { id: "a", label: "A tool with quite a long name", icon: "search" },
          { id: "b", label: "Another one, pinned to the bar", icon: "book-open", pinned: true },
        ],
        models: [{ id: "m", label: "A model with a name that is long as well", description: "And what can be said of it" }],
      },
    }), colorScheme);
    await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
    await menu(chat).click();
    await chat.element.getByRole("menuitemradio").click();
    await models(chat).click();
    const clipped = await chat.element.evaluate((element) => {
      const all = element.shadowRoot!.querySelectorAll(".ck-bar button, .ck-menu-list");
      return [...all].filter((part) => {
        const box = part.getBoundingClientRect();
        return box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight;
      }).length;
    });
    expect(clipped).toBe(0);
    expect(await violations(page)).toEqual([]);
  }
});
