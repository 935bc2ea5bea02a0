/** Markdown worth reading: code, formulas, tables, tasks, footnotes. */

import type { Page } from "@playwright/test";

import { type Features, expect, features, test, violations } from "../support/features.ts";

/** Words that have a colour, by the name of their kind. */
const colored = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(() => {
    const of: Record<string, string[]> = {};
    for (const [name, ranges] of (CSS as unknown as { highlights: Map<string, Set<AbstractRange>> }).highlights) {
      if (!name.startsWith("ckw-code-")) continue;
      const words = [...ranges].map((range) => (range.startContainer.textContent ?? "").slice(range.startOffset, range.endOffset));
      if (words.length > 0) of[name.slice(9)] = words;
    }
    return of;
  });

/** The page as a site with a strict policy serves it. */
async function strict(page: Page): Promise<string[]> {
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src *; img-src 'self' data:; " +
    "require-trusted-types-for 'script'; trusted-types 'none'";
  const blocked: string[] = [];
  await page.route("**/features.html*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.exposeFunction("blocked", (what: string) => blocked.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      void (window as unknown as { blocked(what: string): void }).blocked(`${event.violatedDirective} ${event.sample}`);
    });
  });
  return blocked;
}

async function asked(page: Page, server: Parameters<typeof features>[1], word: string): Promise<Features> {
  const chat = await features(page, server);
  await chat.say(word);
  await chat.answered(0);
  return chat;
}

test("code has a language, colours and a button that copies it and says so", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const blocked = await strict(page);
  const chat = await asked(page, server, "code");
  const block = chat.answers.locator(".ck-md-code").first();
  await expect(block.locator(".ck-md-code-lang")).toHaveText("rust");
  await expect.poll(() => colored(page)).toMatchObject({
    comment: ["// Counts to three."],
    keyword: expect.arrayContaining(["fn", "for", "in"]),
    string: expect.arrayContaining(['"number {number}"']),
  });
  await block.getByRole("button", { name: "Copy code" }).click();
  await expect(block.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('println!("number {number}");\n');
  expect(await violations(page)).toEqual([]);
  expect(blocked).toEqual([]);
});

test("code can be read where its colours do not come", async ({ page, server, complaints }) => {
  await page.route("**/code-colors*", (route) => route.abort());
  const chat = await asked(page, server, "code");
  await expect(chat.answers.locator("pre").first()).toContainText("fn main() {");
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  expect(await colored(page)).toEqual({});
  complaints.length = 0;
});

test("formulas are drawn as formulas, prices stay prices, and what cannot be read stays what it is", async ({ page, server }) => {
  const blocked = await strict(page);
  const chat = await asked(page, server, "math");
  const formulas = chat.answers.locator(".ck-md-math");
  await expect(formulas.locator("math")).toHaveCount(4);
  await expect(formulas.first().locator("math")).toBeVisible();
  await expect(chat.answers).toContainText("It costs $5 and $10.");
  await expect(formulas.locator("math mtr")).toHaveCount(2);
  await expect(chat.answers.locator("li")).toHaveCount(0);
  const unread = formulas.filter({ hasText: "unknowncommand" });
  await expect(unread).toBeVisible();
  await expect(unread.locator("math")).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  expect(blocked).toEqual([]);
});

test("a formula can be read where the library does not come", async ({ page, server, complaints }) => {
  await page.route("**/formulas*", (route) => route.abort());
  const chat = await asked(page, server, "math");
  await expect(chat.answers.locator(".ck-md-math").first()).toHaveText("E = mc^2");
  await expect.poll(() => complaints.length).toBeGreaterThan(0);
  complaints.length = 0;
});

test("a wide table scrolls by keyboard, tasks are told, and a footnote leads there and back", async ({ page, server }) => {
  await page.setViewportSize({ width: 400, height: 640 });
  const chat = await asked(page, server, "table");
  const table = chat.answers.getByRole("group", { name: "Table" });
  await table.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => table.evaluate((node) => node.scrollLeft)).toBeGreaterThan(0);
  await expect(chat.answers.getByRole("checkbox", { name: "Done", exact: true })).toBeChecked();
  await expect(chat.answers.getByRole("checkbox", { name: "Not done" })).not.toBeChecked();
  await expect(chat.answers.locator("del")).toHaveText("Old text");
  await expect(chat.answers.getByRole("link", { name: "www.example.com" })).toHaveAttribute("href", "http://www.example.com");

  await chat.answers.getByRole("button", { name: "Footnote two" }).click();
  const note = chat.answers.getByRole("note", { name: "Footnote two" });
  await expect(note).toBeFocused();
  await note.getByRole("button", { name: "Back to the text" }).click();
  await expect(chat.answers.getByRole("button", { name: "Footnote two" })).toBeFocused();
  expect(await violations(page)).toEqual([]);
});
