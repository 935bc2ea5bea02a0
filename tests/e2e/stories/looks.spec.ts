/** The README's picture, taken again at every run. */

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { test } from "../support/test.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOTS = join(HERE, "../results/shots");

test("the README's picture", async ({ page, chat }) => {
  await page.setViewportSize({ width: 1200, height: 760 });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/book/servo");
  await chat.open();
  await chat.converse("What is a servo?");
  await page.screenshot({ path: join(SHOTS, "readme.png") });
});
