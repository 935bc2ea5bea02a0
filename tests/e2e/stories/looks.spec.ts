/** The screenshots people look at, and the one in the README. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "../support/test.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = join(HERE, "../results/shots");

const SIZES = [
  { width: 320, height: 640 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];

for (const scheme of ["light", "dark"] as const) {
  for (const viewport of SIZES) {
    test(`nothing is cut or wider than the screen at ${viewport.width} px, ${scheme}`, async ({ page, chat }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.goto("/book/servo");
      await expect(chat.toggle).toBeVisible();
      const shot = (name: string) => page.screenshot({ path: join(SHOTS, `${viewport.width}-${scheme}-${name}.png`) });
      await shot("closed");
      await chat.open();
      await shot("start");
      await chat.converse("What is a servo?");
      await shot("answer");
      const box = await chat.panel.boundingBox();
      expect(box).not.toBeNull();
      if (!box) return;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
      if (viewport.width > 480) {
        expect(box.width).toBeLessThanOrEqual(400);
        expect(box.height).toBeLessThanOrEqual(600);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    });
  }
}

test("the README's picture", async ({ page, chat }) => {
  await page.setViewportSize({ width: 1200, height: 760 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/book/servo");
  await chat.open();
  await chat.converse("What is a servo?");
  await page.screenshot({ path: join(SHOTS, "readme.png") });
});
