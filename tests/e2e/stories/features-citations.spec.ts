/** What an answer cites: marks in the text, their cards, the list of sources, and the site's own entities. */

import type { Locator } from "@playwright/test";

import { type Features, expect, features, test, violations } from "../support/features.ts";

const marks = (chat: Features): Locator => chat.answers.locator(".ck-cite");
const card = (chat: Features): Locator => chat.element.getByRole("tooltip");

/** The text of a paragraph with its marks in brackets. */
const read = (paragraph: Locator): Promise<string> =>
  paragraph.evaluate((node) => {
    const text = (at: Node): string =>
      at instanceof Element && at.matches(".ck-cite") ? `‹${at.textContent}›` : at.nodeName === "#text" ? (at.textContent ?? "").replace("\u202f", "") : [...at.childNodes].map(text).join("");
    return text(node);
  });

test("a reader sees where an answer is from while it is being written, and opens the list of sources behind it", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("cites");
  // The mark in the link stands behind it; two sources of one place stand together.
  const paragraph = chat.answers.locator("p").first();
  await expect(marks(chat)).toHaveCount(4);
  expect(await read(paragraph)).toBe("Robots move‹1› with motors. See the page‹1›‹2› for more.");
  await expect(paragraph.locator("a").filter({ hasText: "the page" })).toHaveText("the page");
  const drawn = await paragraph.elementHandle();
  await server.open("cites");
  const answer = await chat.answered(0);
  await expect(marks(chat)).toHaveCount(5);
  expect(await drawn?.evaluate((node) => node.isConnected)).toBe(true);
  // In code a mark would be taken for code.
  await expect(answer.locator("code .ck-cite")).toHaveCount(0);
  await expect(answer.locator(".ck-md-code .ck-cite")).toHaveText("2");

  await answer.getByText("Sources · 3").click();
  const sources = answer.locator(".ck-sources li");
  await expect(sources).toHaveCount(3);
  await expect(sources.nth(0).getByRole("link")).toHaveAttribute("href", "https://example.com/motors");
  await expect(sources.nth(1)).toContainText("sg90.pdf");
  expect(await violations(page)).toEqual([]);
});

test("a mark opens a card for the pointer and for the keyboard, and Escape closes it", async ({ page, server }) => {
  const chat = await features(page, server);
  await server.open("cites");
  await chat.say("cites");
  await chat.answered(0);
  const link = chat.answers.getByRole("link", { name: "Source 1: Motors and how they move" }).first();
  await link.hover();
  await expect(card(chat)).toContainText("example.com");
  await expect(card(chat)).toContainText("Chapter three, on what makes an arm turn.");
  await expect(card(chat)).toContainText("2026-01-02");
  // The way from the mark to its card closes nothing.
  await card(chat).hover();
  await page.mouse.move(5, 5);
  await expect(card(chat)).toBeHidden();

  await link.focus();
  await expect(card(chat)).toBeVisible();
  await expect(link).toHaveAttribute("aria-describedby", "ck-card");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(card(chat)).toBeHidden();
  await expect(link).toBeFocused();

  await chat.answers.getByRole("button", { name: "Source 2: Data sheet" }).first().click();
  await expect(card(chat)).toContainText("sg90.pdf");
  await chat.composer.focus();
  await expect(card(chat)).toBeHidden();
});

test("a card stays inside the chat wherever its mark is", async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 560 });
  const chat = await features(page, server);
  await server.open("cites");
  await chat.say("cites");
  await chat.answered(0);
  for (const mark of await marks(chat).all()) {
    await mark.focus();
    await expect(card(chat)).toBeVisible();
    const box = await card(chat).boundingBox();
    if (box === null) throw new Error("no card");
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(320);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(560);
  }
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true });

  test("the first tap shows where it leads, the second goes there", async ({ page, context, server }) => {
    await context.route("https://example.com/**", (route) => route.fulfill({ body: "motors" }));
    const chat = await features(page, server);
    await server.open("cites");
    await chat.say("cites");
    await chat.answered(0);
    const link = chat.answers.getByRole("link", { name: "Source 1: Motors and how they move" }).first();
    await link.tap();
    await expect(card(chat)).toContainText("Motors and how they move");
    expect(context.pages()).toHaveLength(1);
    const opened = context.waitForEvent("page");
    await link.tap();
    expect((await opened).url()).toBe("https://example.com/motors");
    await chat.questions.first().tap();
    await expect(card(chat)).toBeHidden();
  });
});

test("an entity of the site shows what the site says of it, and tells the site when it is pressed", async ({ page, server }) => {
  const chat = await features(page, server, () => {
    const pressed: unknown[] = [];
    Object.assign(window, { pressed });
    return {
      entities: {
        onClick: (entity: unknown) => void pressed.push(entity),
        onRequestPreview: async (entity: { title: string }) => ({
          preview: { type: "Card", children: [{ type: "Title", value: entity.title }, { type: "Text", value: "Wrote the first program." }] },
        }),
      },
    };
  });
  await server.open("cites");
  await chat.say("cites");
  await chat.answered(0);
  const person = chat.answers.getByRole("button", { name: "Source 3: Ada" });
  await person.hover();
  await expect(card(chat)).toContainText("Author");
  await expect(card(chat)).toContainText("Wrote the first program.");
  await person.click();
  const pressed = (): Promise<unknown> => page.evaluate(() => (window as unknown as { pressed: unknown[] }).pressed);
  await expect.poll(pressed).toEqual([
    { id: "ada", title: "Ada", interactive: true, data: { page: "7" }, icon: "user", label: "Author" },
  ]);

  // What the reader mentioned is the same kind of thing, if the site lets it be pressed.
  const tag = (title: string, interactive: boolean): object => ({
    type: "input_tag", id: title.toLowerCase(), text: title, data: { page: "9" }, group: "People", interactive,
  });
  await chat.call("sendUserMessage", { content: [{ type: "input_text", text: "hello " }, tag("Grace", true), tag("Alan", false)] });
  await chat.answered(1);
  await expect(chat.questions.nth(1).getByRole("button")).toHaveCount(1);
  await chat.questions.nth(1).getByRole("button", { name: "Grace" }).click();
  await expect.poll(async () => ((await pressed()) as { id: string; group?: string }[]).at(-1)).toMatchObject({ id: "grace", group: "People" });
});
