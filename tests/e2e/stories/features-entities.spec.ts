/** Mentioning things of the site: the menu behind `@`, tags in the text, what is sent of them. */

import type { Locator, Page } from "@playwright/test";

import { type Features, expect, features, test, violations } from "../support/features.ts";

const menu = (chat: Features): Locator => chat.element.getByRole("listbox", { name: "Things to mention" });
/** What axe misses on the page around, which has nothing but the chat on it, is not the chat's. */
const ours = (violation: string): boolean => !/^(landmark-one-main|page-has-heading-one):/.test(violation);
const rows = (chat: Features): Locator => menu(chat).getByRole("option");
const chips = (chat: Features): Locator => chat.element.locator(".ck-tag-paint");

/** What the site is asked for stands in `window.searches`. */
const people = () => {
  const all = [
    { id: "p1", title: "Ann Lee", group: "People", icon: "profile", interactive: true, data: { mail: "ann@example.org" } },
    { id: "d1", title: "Q1 plan", group: "Documents", icon: "document" },
    { id: "p2", title: "Bob", group: "People", icon: "profile" },
    { id: "p3", title: "שלמה 👩‍👩‍👧", group: "People", icon: "profile" },
  ];
  const asked: string[] = ((window as any).searches = []);
  return {
    entities: {
      showComposerMenu: true,
      onTagSearch: async (query: string) => {
        asked.push(query);
        return all.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
      },
    },
  };
};

async function content(chat: Features, index = 0): Promise<unknown> {
  await expect.poll(() => chat.sent.filter(({ params }) => params.input !== undefined).length).toBeGreaterThan(index);
  return chat.sent.filter(({ params }) => params.input !== undefined)[index]?.params.input.content;
}

/** Where a tag is painted, and where its words stand in the field: there they are drawn by the browser alone, so the
 * same text is laid out once more over it. */
async function offsets(page: Page): Promise<{ painted: number[]; written: number[] }[]> {
  return page.evaluate(() => {
    const root = document.querySelector("openai-chatkit")?.shadowRoot;
    const field = root?.querySelector<HTMLTextAreaElement>(".ck-field");
    const mirror = root?.querySelector<HTMLElement>(".ck-mirror");
    if (!field || !mirror) throw new Error("no field with tags");
    const same = ["width", "paddingLeft", "paddingRight", "font", "lineHeight", "letterSpacing", "direction", "tabSize", "textAlign"];
    const [a, b] = [getComputedStyle(field), getComputedStyle(mirror)];
    for (const name of same as (keyof CSSStyleDeclaration)[]) {
      if (a[name] !== b[name]) throw new Error(`${String(name)}: ${String(a[name])} in the field, ${String(b[name])} behind it`);
    }
    const copy = mirror.cloneNode(false) as HTMLElement;
    copy.textContent = field.value;
    copy.style.cssText = "z-index: -1";
    mirror.parentElement?.append(copy);
    const rects = [...mirror.querySelectorAll(".ck-tag-paint")].map((tag) => {
      const before = document.createRange();
      before.selectNodeContents(mirror);
      before.setEndBefore(tag);
      const start = before.toString().length;
      const there = document.createRange();
      there.setStart(copy.firstChild as Node, start);
      there.setEnd(copy.firstChild as Node, start + (tag.textContent ?? "").length);
      // A range has a rectangle of its own for the blank at which a line wraps.
      const flat = (list: DOMRectList) => {
        const lines = new Map<number, [left: number, right: number]>();
        for (const { left, right, top } of list) {
          const [from, to] = lines.get(Math.round(top)) ?? [left, right];
          lines.set(Math.round(top), [Math.min(from, left), Math.max(to, right)]);
        }
        return [...lines].flatMap(([top, [left, right]]) => [top, Math.round(left), Math.round(right)]);
      };
      return { painted: flat(tag.getClientRects()), written: flat(there.getClientRects()) };
    });
    copy.remove();
    return rects;
  });
}

test("a reader mentions somebody by keyboard, and the server gets who it is", async ({ page, server }) => {
  const chat = await features(page, server, people);
  await chat.composer.pressSequentially("ask @");
  await expect(rows(chat)).toHaveText(["Ann Lee", "Bob", "שלמה 👩‍👩‍👧", "Q1 plan"]);
  await expect(menu(chat).getByRole("group", { name: "People" }).getByRole("option")).toHaveCount(3);
  await expect(rows(chat).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  const active = await rows(chat).nth(1).getAttribute("id");
  await expect(chat.composer).toHaveAttribute("aria-activedescendant", String(active));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("an");
  await expect(rows(chat)).toHaveCount(2);
  await page.keyboard.press("Enter");
  await expect(menu(chat)).toHaveCount(0);
  await expect(chat.composer).toHaveValue("ask @Ann Lee ");
  await expect(chips(chat)).toHaveText("@Ann Lee");
  await page.keyboard.type("and @bo");
  await expect(rows(chat)).toHaveText(["Bob"]);
  await page.keyboard.press("Tab");
  await expect(chat.composer).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await content(chat)).toEqual([
    { type: "input_text", text: "ask " },
    { type: "input_tag", id: "p1", text: "Ann Lee", group: "People", interactive: true, data: { mail: "ann@example.org" } },
    { type: "input_text", text: " and " },
    { type: "input_tag", id: "p2", text: "Bob", group: "People", interactive: false, data: {} },
  ]);
  await chat.answered(0);
  await expect(chat.composer).toHaveValue("");
  await expect(chips(chat)).toHaveCount(0);
  expect(await page.evaluate(() => (window as any).searches)).toEqual(["", "a", "an", "", "b", "bo"]);
});

test("the @ button, a pointer and a finger do the same", async ({ page, server }) => {
  const chat = await features(page, server, people);
  const button = chat.element.getByRole("button", { name: "Mention something" });
  await chat.composer.fill("ask");
  await button.click();
  await expect(chat.composer).toHaveValue("ask @");
  await expect(chat.composer).toBeFocused();
  await rows(chat).filter({ hasText: "Q1 plan" }).hover();
  await expect(rows(chat).filter({ hasText: "Q1 plan" })).toHaveAttribute("aria-selected", "true");
  await rows(chat).filter({ hasText: "Q1 plan" }).click();
  await expect(chat.composer).toHaveValue("ask @Q1 plan ");
  await expect(chat.composer).toBeFocused();
  await button.click();
  await expect(menu(chat)).toBeVisible();
  await button.click();
  await expect(menu(chat)).toHaveCount(0);
});

test("a tag is stepped over, deleted and undone as one", async ({ page, server }) => {
  const chat = await features(page, server, people);
  await chat.composer.pressSequentially("x @an");
  await expect(rows(chat)).toHaveCount(2);
  await page.keyboard.press("Enter");
  await expect(chat.composer).toHaveValue("x @Ann Lee ");
  const caret = () => chat.composer.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd]);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(caret).toEqual([10, 10]);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(caret).toEqual([2, 2]);
  await page.keyboard.press("ArrowRight");
  await expect.poll(caret).toEqual([10, 10]);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(caret).toEqual([2, 10]);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Backspace");
  await expect(chat.composer).toHaveValue("x  ");
  await expect(chips(chat)).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(chat.composer).toHaveValue("x @Ann Lee ");
  await expect(chips(chat)).toHaveText("@Ann Lee");
  // Undone further, it is what was typed.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(chat.composer).toHaveValue("x @an");
  await expect(chips(chat)).toHaveCount(0);
});

test("Escape puts the menu away and nothing else", async ({ page, server }) => {
  const chat = await features(page, server, people);
  await chat.composer.pressSequentially("@");
  await expect(menu(chat)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu(chat)).toHaveCount(0);
  await expect(chat.composer).toHaveValue("@");
  await page.keyboard.type("a");
  await page.keyboard.press("Enter");
  expect(await content(chat)).toEqual([{ type: "input_text", text: "@a" }]);
});

test("a slow search never overtakes a newer one; one that fails says so", async ({ page, server, complaints }) => {
  const chat = await features(page, server, () => {
    const waiting: Record<string, (found: unknown) => void> = ((window as any).waiting = {});
    return { entities: { onTagSearch: (query: string) => new Promise((resolve) => (waiting[query] = resolve)) } };
  });
  const answer = (query: string, title: string) =>
    page.evaluate(([query, title]) => (window as any).waiting[query as string]([{ id: title, title }]), [query, title]);
  await chat.composer.pressSequentially("@a");
  await expect(chat.element.getByText("Searching…").first()).toBeVisible();
  await answer("a", "newer");
  await expect(rows(chat)).toHaveText(["newer"]);
  await answer("", "older");
  await expect(rows(chat)).toHaveText(["newer"]);
  await page.keyboard.type("b");
  await page.evaluate(() => (window as any).waiting.ab([]));
  await expect(chat.element.getByText("Nothing found").first()).toBeVisible();
  await chat.set(() => ({ entities: { onTagSearch: async () => Promise.reject(new Error("no network")) } }));
  await page.keyboard.type("c");
  await expect(chat.element.getByText("The search did not work. Please try again in a moment.").first()).toBeVisible();
  expect(JSON.stringify(await chat.events("error"))).toContain("$.entities.onTagSearch");
  await page.keyboard.press("Enter");
  expect(await content(chat)).toEqual([{ type: "input_text", text: "@abc" }]);
  complaints.length = 0;
});

test("tags are painted exactly behind their words", async ({ page, server }) => {
  const chat = await features(page, server, people);
  for (const width of [320, 500, 1100]) {
    await page.setViewportSize({ width, height: 700 });
    for (const around of ["Compare ", "AVATAR To Ty 😀 ", "قارن من فضلك ", "\tcode\n  "]) {
      await chat.call("setComposerValue", {
        content: [
          { type: "input_text", text: around.repeat(3) },
          { type: "input_tag", id: "p1", text: "A rather long title of a document that wraps" },
          { type: "input_text", text: ` ${around}` },
          { type: "input_tag", id: "p3", text: "שלמה 👩‍👩‍👧" },
          { type: "input_text", text: " at last" },
        ],
      });
      await expect(chips(chat)).toHaveCount(2);
      // The field is written at once, what lies behind it with the next frame.
      await expect(async () => {
        for (const { painted, written } of await offsets(page)) expect(painted, `${width} px, ${around}`).toEqual(written);
      }).toPass({ timeout: 5_000 });
    }
  }
});

test("the menu is for everybody: axe has nothing to say about it", async ({ page, server }) => {
  const chat = await features(page, server, people);
  await chat.composer.pressSequentially("@");
  await expect(rows(chat)).toHaveCount(4);
  expect((await violations(page)).filter(ours)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 260 });
  await page.keyboard.press("ArrowUp");
  // The menu goes along with the window in the next frame.
  await expect(async () => {
    const box = await menu(chat).locator("..").boundingBox();
    expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 320).toBe(true);
  }).toPass({ timeout: 5_000 });
  await expect(rows(chat).last()).toBeInViewport({ ratio: 0.9 });
});
