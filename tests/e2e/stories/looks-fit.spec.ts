/** The widget fits: every window, phones with and without their keyboard, large letters, the corner a site chose. */

import type { Page } from "@playwright/test";

import { boxOf, cut, expectInWindow } from "../support/boxes.ts";
import { openPlain } from "../support/plain.ts";
import { expect, test } from "../support/test.ts";

for (const [width, height] of [
  [320, 568],
  [479, 900],
  [480, 900],
  [768, 1024],
  [812, 375],
  [1440, 900],
  [2560, 1440],
] as const) {
  test(`in a window of ${width} × ${height}: all of it to be seen, nothing to scroll sideways`, async ({ page, chat }) => {
    await page.setViewportSize({ width, height });
    await page.goto("/book/servo");
    await expect(chat.toggle).toBeVisible();
    await expectInWindow(page, chat.toggle);
    await chat.open();
    await chat.converse("What is a servo?");
    await expect(chat.host).toHaveAttribute("data-panel", "open");
    await expectInWindow(page, chat.panel);
    expect(await cut(chat.panel)).toEqual([]);
    const { width: wide, height: high } = await boxOf(chat.panel);
    if (width < 480) expect([wide, high]).toEqual([width, height]);
    else expect(wide <= 400 && high <= 600, `${wide} × ${high}`).toBe(true);
  });
}

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test.describe("on a phone", () => {
  test.use(PHONE);

  test("the panel fills the screen, and what is in it keeps clear of notch and home bar", async ({ page, chat }) => {
    const browser = await page.context().newCDPSession(page);
    await browser.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, bottom: 34, left: 0, right: 0 } });
    await page.goto("/book/servo");
    await chat.toggle.tap();
    await chat.ready();
    await expect(chat.host).toHaveAttribute("data-panel", "open");
    expect(await boxOf(chat.panel)).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await expect(chat.toggle).toHaveCount(0);
    expect((await boxOf(chat.panel.getByRole("heading", { name: "Ask the book" }))).y).toBeGreaterThanOrEqual(47);
    const composer = await boxOf(chat.composer);
    expect(composer.y + composer.height).toBeLessThanOrEqual(844 - 34);
    // Once is enough: the chat must not keep clear of the home bar a second time.
    const disclaimer = await boxOf(chat.element.getByText("Answers come from this book."));
    expect(disclaimer.y + disclaimer.height).toBeGreaterThan(844 - 34 - 24);
  });

  test("the keyboard never covers the composer, and leaves everything as it was", async ({ page, chat }) => {
    await page.goto("/book/servo");
    await chat.toggle.tap();
    await chat.ready();
    await expect(chat.host).toHaveAttribute("data-panel", "open");
    // iOS: the layout stays as high as it was, and the visible part is moved down to show the field.
    await showKeyboard(page, { height: 480, offsetTop: 60 });
    await expect.poll(async () => boxOf(chat.panel)).toEqual({ x: 0, y: 60, width: 390, height: 480 });
    const composer = await boxOf(chat.composer);
    expect(composer.y + composer.height).toBeLessThanOrEqual(60 + 480);
    expect(composer.y).toBeGreaterThan(60);
    expect(await cut(chat.panel)).toEqual([]);
    await showKeyboard(page, { height: 844, offsetTop: 0 });
    await expect.poll(async () => boxOf(chat.panel)).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  });
});

test("on a tablet the keyboard lifts the panel instead of covering it", async ({ page, chat }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.goto("/book/servo");
  await chat.open();
  await expect(chat.host).toHaveAttribute("data-panel", "open");
  await showKeyboard(page, { height: 500, offsetTop: 0 });
  await expect.poll(async () => (await boxOf(chat.panel)).y + (await boxOf(chat.panel)).height).toBeLessThanOrEqual(500);
  expect((await boxOf(chat.panel)).y).toBeGreaterThanOrEqual(0);
});

/** What browsers say when an on-screen keyboard covers a part of the window; headless ones have none. */
async function showKeyboard(page: Page, visible: { height: number; offsetTop: number }): Promise<void> {
  await page.evaluate((visible) => {
    const viewport = window.visualViewport;
    for (const [name, value] of Object.entries(visible)) {
      Object.defineProperty(viewport, name, { configurable: true, get: () => value });
    }
    viewport?.dispatchEvent(new Event("resize"));
  }, visible);
}

for (const [name, enlarge] of [
  [
    "the reader's browser has letters twice as large",
    async (page: Page) => {
      const browser = await page.context().newCDPSession(page);
      await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    },
  ],
  [
    "the page's root is twice as large",
    async (page: Page) => {
      await page.addStyleTag({ content: "html { font-size: 200% }" });
    },
  ],
] as const) {
  for (const width of [320, 1280]) {
    test(`${name}, ${width} px: letters grow and nothing is cut`, async ({ page, chat, demo, complaints }) => {
      await page.setViewportSize({ width, height: 800 });
      await openPlain(page, demo, {
        options: {
          chatkit: {
            startScreen: { greeting: "What would you like to know?", prompts: [{ label: "What is a servo?", prompt: "What is a servo?" }] },
            disclaimer: { text: "Answers come from this book." },
          },
        },
      });
      await enlarge(page);
      await chat.open();
      await expect(chat.host).toHaveAttribute("data-panel", "open");
      const size = (selector: string) =>
        page.locator(selector).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      expect(await size(".ckw-title")).toBe(30);
      expect(await size(".ck-field")).toBe(32);
      expect(await cut(chat.panel)).toEqual([]);
      await chat.converse("What is a servo?");
      expect(await cut(chat.panel)).toEqual([]);
      await expectInWindow(page, chat.panel);
      await demo.backend.stop();
      await page.evaluate(() => sessionStorage.clear());
      await page.reload();
      await enlarge(page);
      await chat.toggle.click();
      await expect(chat.panel.getByRole("button", { name: "Try again" })).toBeVisible();
      expect(await cut(chat.panel)).toEqual([]);
      complaints.length = 0;
    });
  }
}

test("letters that grow while the chat is open are not cut either", async ({ page, chat, demo }) => {
  await openPlain(page, demo);
  await chat.open();
  await page.addStyleTag({ content: "html { font-size: 200% }" });
  expect(await cut(chat.panel)).toEqual([]);
});

test("a site that made its rem small gets letters that can be read", async ({ page, chat, demo }) => {
  await openPlain(page, demo, { css: "html { font-size: 62.5% }" });
  await chat.open();
  const sizes = await page
    .locator(".ckw-title, .ck-field")
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).fontSize));
  expect(sizes).toEqual(["15px", "16px"]);
});

for (const [position, x, y] of [
  ["bottom-right", "right", "bottom"],
  ["bottom-left", "left", "bottom"],
  ["top-right", "right", "top"],
  ["top-left", "left", "top"],
] as const) {
  test(`position ${position}: toggle and panel are there, as far from the edges as the site says`, async ({ page, chat, demo }) => {
    // The pointer on the toggle would make it larger.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await openPlain(page, demo, { options: { position, offset: { x: 8, y: "2em" }, width: 360, height: 420, zIndex: 7 } });
    await chat.open();
    await expect(chat.host).toHaveAttribute("data-panel", "open");
    const toggle = await boxOf(chat.toggle);
    const panel = await boxOf(chat.panel);
    expect(x === "right" ? 1280 - toggle.x - toggle.width : toggle.x).toBe(8);
    expect(y === "bottom" ? 800 - toggle.y - toggle.height : toggle.y).toBe(30);
    expect(x === "right" ? 1280 - panel.x - panel.width : panel.x).toBe(8);
    expect(y === "bottom" ? panel.y + panel.height + 12 : panel.y - 12 - toggle.height).toBe(toggle.y);
    expect([panel.width, panel.height]).toEqual([360, 420]);
    await expect(chat.host).toHaveCSS("z-index", "7");
  });
}

test("a panel wider and higher than the window is as large as the window lets it", async ({ page, chat, demo }) => {
  await openPlain(page, demo, { body: `<div style="height: 5000px"></div>`, options: { width: 4000, height: "300vh" } });
  await chat.open();
  await expect(chat.host).toHaveAttribute("data-panel", "open");
  await expectInWindow(page, chat.panel);
  expect((await boxOf(chat.panel)).width).toBeGreaterThan(1200);
});
