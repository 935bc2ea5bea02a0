/** A Yew app with the chat in its own wasm: examples/yew. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test as base, type Page } from "@playwright/test";

import { Backend } from "../support/demo.ts";
import { freePort } from "../support/process.ts";
import { serveApp } from "../support/static.ts";

const test = base.extend<{ complaints: string[] }, { app: string }>({
  app: [
    async ({}, use) => {
      const folder = process.env.CKW_YEW;
      if (!folder) throw new Error("CKW_YEW is not set: run this suite with `cargo xtask test yew`");
      const port = await freePort();
      // A copy whose page names the server of this run.
      const copy = mkdtempSync(join(tmpdir(), "chatkit-widget-yew-"));
      cpSync(folder, copy, { recursive: true });
      const page = readFileSync(join(copy, "index.html"), "utf8");
      writeFileSync(join(copy, "index.html"), page.replace("http://localhost:8000", `http://127.0.0.1:${port}`));
      const { url, stop } = await serveApp(copy);
      const backend = new Backend(port, url);
      await backend.start();
      await use(url);
      await backend.dispose();
      await stop();
      rmSync(copy, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await use(complaints);
    expect(complaints, "the page's console").toEqual([]);
  },
});

const parts = (page: Page) => ({
  toggle: page.locator("button.ckw-toggle"),
  panel: page.getByRole("dialog", { name: "Ask the book" }),
  composer: page.locator(".ckw-body").getByRole("textbox"),
  answers: page.locator(".ckw-body .ck-assistant"),
});

test("a reader asks, walks on with the chat open, and closes it", async ({ page, app, complaints: _ }) => {
  await page.goto(app);
  const { toggle, panel, composer, answers } = parts(page);
  await expect(toggle).toHaveAccessibleName("Ask the book");
  await toggle.click();
  await expect(panel).toBeVisible();
  await expect(composer).toBeFocused();
  await expect(page.getByText("What are you building?")).toBeVisible();
  await composer.fill("What is a servo?");
  await composer.press("Enter");
  await expect(answers.first()).toContainText("servo");
  await expect(answers.first()).not.toHaveAttribute("data-streaming", /.*/);

  await page.getByRole("link", { name: "Parts" }).click();
  await expect(page.getByRole("heading", { name: "Parts" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/parts");
  await expect(panel).toBeVisible();
  await expect(answers).toHaveCount(1);

  await composer.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(toggle).toBeFocused();
});

test("the app's own button asks, and a reload finds the conversation again", async ({ page, app, complaints: _ }) => {
  await page.goto(app);
  const { panel, answers } = parts(page);
  await page.getByRole("button", { name: "What is a servo?" }).click();
  await expect(panel).toBeVisible();
  await expect(answers.first()).toContainText("servo");
  await expect(answers.first()).not.toHaveAttribute("data-streaming", /.*/);
  await page.reload();
  await expect(panel).toBeVisible();
  await expect(answers.first()).toContainText("servo");
});

test("a chat that is switched off leaves nothing on the page, and comes back", async ({ page, app, complaints: _ }) => {
  await page.goto(app);
  const { toggle, panel, composer } = parts(page);
  const sheets = () => page.evaluate(() => document.adoptedStyleSheets.length);
  await toggle.click();
  await expect(composer).toBeVisible();
  expect(await sheets()).toBeGreaterThan(0);
  await page.getByRole("checkbox", { name: "Chat" }).uncheck();
  await expect(page.locator(".ckw")).toHaveCount(0);
  expect(await sheets()).toBe(0);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.locator(".ckw")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Chat" }).check();
  await expect(toggle).toBeVisible();
  // The tab remembers that it was open.
  await expect(panel).toBeVisible();
  await expect(composer).toBeVisible();
});

test("the keys of the app's choice open it", async ({ page, app, complaints: _ }) => {
  await page.goto(app);
  const { toggle, panel } = parts(page);
  await expect(toggle).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(panel).toBeVisible();
});
