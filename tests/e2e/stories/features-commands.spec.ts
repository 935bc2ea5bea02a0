/** The menu behind `/`: commands of the site, and what the composer can do by itself. */

import type { Locator } from "@playwright/test";

import { type Features, expect, features, fileDialog, test, violations } from "../support/features.ts";

const menu = (chat: Features): Locator => chat.element.getByRole("listbox", { name: "Commands" });
/** What axe misses on the page around, which has nothing but the chat on it, is not the chat's. */
const ours = (violation: string): boolean => !/^(landmark-one-main|page-has-heading-one):/.test(violation);
const rows = (chat: Features): Locator => menu(chat).getByRole("option");

const commands = () => {
  const selected: unknown[] = ((window as any).selected = []);
  const all = [
    { id: "theme", label: "Other colours", description: "Changes the page" },
    { id: "plan", label: "Quarterly plan", icon: "document", group: "Insert" },
    { id: "more", label: "More…", group: "Insert" },
    { id: "broken", label: "Broken" },
  ];
  return {
    composer: { tools: [{ id: "web", label: "Search the web", icon: "search" }] },
    commands: {
      enabled: true,
      onSearch: async (query: string) => all.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase())),
      onSelect: async (command: { id: string }) => {
        selected.push(command);
        switch (command.id) {
          case "plan":
            return { type: "entity", entity: { id: "d1", title: "Q1 plan", icon: "document" } };
          case "more":
            return { type: "menu", commands: [{ id: "plan", label: "First" }, { id: "theme", label: "Second" }] };
          case "broken":
            throw new Error("boom");
        }
      },
    },
  };
};

test("a command that does something else leaves no trace in the message", async ({ page, server }) => {
  const chat = await features(page, server, commands);
  await chat.composer.pressSequentially("hello /col");
  await expect(rows(chat)).toHaveText(["Other coloursChanges the page"]);
  await page.keyboard.press("Enter");
  await expect(chat.composer).toHaveValue("hello ");
  await expect(menu(chat)).toHaveCount(0);
  expect(await page.evaluate(() => (window as any).selected)).toEqual([
    { id: "theme", label: "Other colours", description: "Changes the page" },
  ]);
  expect(chat.sent).toEqual([]);
});

test("a command inserts an entity, or opens another menu that is searched", async ({ page, server }) => {
  const chat = await features(page, server, commands);
  await chat.composer.pressSequentially("see /quart");
  await expect(rows(chat)).toHaveText(["Quarterly plan"]);
  await page.keyboard.press("Enter");
  await expect(chat.composer).toHaveValue("see @Q1 plan ");
  await page.keyboard.type("/more");
  await expect(rows(chat)).toHaveText(["More…"]);
  await page.keyboard.press("Enter");
  await expect(rows(chat)).toHaveText(["First", "Second"]);
  await page.keyboard.type("sec");
  await expect(rows(chat)).toHaveText(["Second"]);
  await page.keyboard.press("Tab");
  await expect(chat.composer).toHaveValue("see @Q1 plan ");
  await expect(menu(chat)).toHaveCount(0);
});

test("Enter may be faster than the search: what it finds is chosen, and half a command is never sent", async ({ page, server }) => {
  const chat = await features(page, server, () => {
    let found: (commands: unknown) => void;
    (window as any).find = (commands: unknown) => found(commands);
    return {
      commands: {
        enabled: true,
        onSearch: () => new Promise((resolve) => (found = resolve)),
        onSelect: async () => ({ type: "entity", entity: { id: "d1", title: "Q1 plan" } }),
      },
    };
  });
  await chat.composer.pressSequentially("hello /plan");
  await page.keyboard.press("Enter");
  await expect(chat.element.getByText("Searching…").first()).toBeVisible();
  await page.evaluate(() => (window as any).find([{ id: "plan", label: "Quarterly plan" }]));
  await expect(chat.composer).toHaveValue("hello @Q1 plan ");
  expect(chat.sent).toEqual([]);
  // Where nothing is found, it was no command.
  await page.keyboard.type("/x");
  await page.keyboard.press("Enter");
  expect(chat.sent).toEqual([]);
  await page.evaluate(() => (window as any).find([]));
  await chat.answered(0);
  expect(chat.requests("threads.create")[0]?.params.input.content).toEqual([
    { type: "input_text", text: "hello " },
    { type: "input_tag", id: "d1", text: "Q1 plan", interactive: false, data: {} },
    { type: "input_text", text: " /x" },
  ]);
});

test("what the composer can do by itself is a command, too", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    api: { uploadStrategy: { type: "two_phase" } },
    composer: {
      attachments: { enabled: true },
      dictation: { enabled: true },
      tools: [{ id: "web", label: "Search the web", icon: "search" }],
    },
    commands: { enabled: true },
  }));
  await chat.composer.pressSequentially("/");
  await expect(rows(chat)).toHaveText(["Add files", "Search the web", "Speak instead of typing"]);
  expect((await violations(page)).filter(ours)).toEqual([]);
  await fileDialog(page, () => page.keyboard.press("Enter"));
  await expect(chat.composer).toHaveValue("");
  await page.keyboard.type("/web");
  await expect(rows(chat)).toHaveText(["Search the web"]);
  await page.keyboard.press("Enter");
  expect((await chat.events("tool.change")).at(-1)?.detail).toEqual({ toolId: "web" });
  await chat.composer.pressSequentially("hello");
  await page.keyboard.press("Enter");
  await chat.answered(0);
  expect(chat.requests("threads.create")[0]?.params.input.inference_options.tool_choice).toEqual({ id: "web" });
});

test("a command that fails says so, and a path is no command", async ({ page, server }) => {
  const chat = await features(page, server, commands);
  await chat.composer.pressSequentially("/brok");
  await expect(rows(chat)).toHaveText(["Broken"]);
  await page.keyboard.press("Enter");
  await expect(chat.element.getByText("That did not work. Please try again.").first()).toBeVisible();
  expect(JSON.stringify(await chat.events("error"))).toContain("$.commands.onSelect failed: boom");
  await page.keyboard.press("Escape");
  await chat.composer.fill("");
  await chat.composer.pressSequentially("hello ~/docs and/or 1/2");
  await expect(menu(chat)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await chat.answered(0);
});
