/** What a site decides about the looks. */

import { expect, features, test } from "../support/features.ts";

test("a site's font is asked for, used, and taken away again; a broken one is named to the site", async ({ page, server }) => {
  const warnings: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  const asked: string[] = [];
  await page.route("**/site-font.woff2", async (route) => {
    asked.push(route.request().url());
    await route.fulfill({ contentType: "font/woff2", body: "not a font" });
  });
  const chat = await features(page, server, () => ({
    theme: {
      typography: {
        fontFamily: "Site Font, sans-serif",
        fontSources: [{ family: "Site Font", src: "/site-font.woff2", weight: 400, style: "normal", display: "swap" }],
      },
    },
  }));
  const families = () => page.evaluate(() => [...document.fonts].map(({ family }) => family.replaceAll('"', "")));
  await expect.poll(families).toContain("Site Font");
  await expect.poll(() => asked.length).toBe(1);
  await expect.poll(() => warnings.join()).toContain("$.theme.typography.fontSources[0]");
  expect(await chat.composer.evaluate((field) => getComputedStyle(field).fontFamily)).toContain("Site Font");
  await chat.set(() => ({}));
  await expect.poll(families).not.toContain("Site Font");
});
