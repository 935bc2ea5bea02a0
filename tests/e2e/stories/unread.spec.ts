/** An answer that finishes while nobody looks. */

import { expect, test, violations } from "../support/test.ts";

for (const scheme of ["light", "dark"] as const) {
  test(`an answer that ends behind a closed panel is on the toggle and in the title until it is seen, ${scheme}`, async ({
    page,
    chat,
    demo,
  }) => {
    test.slow();
    await demo.backend.start({ wordDelay: 25 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/");
    const title = await page.title();
    await chat.open();
    await chat.ask("What is a servo?");
    await expect(chat.answers.first()).toContainText(/\w+ \w+/);
    await page.keyboard.press("Escape");
    await expect(chat.toggle).toHaveAccessibleName("Open chat");
    await expect(chat.toggle).toHaveAccessibleName("Open chat, 1 new answer");
    await expect(chat.toggle.locator(".ckw-badge")).toHaveText("1");
    await expect(page).toHaveTitle(`(1) ${title}`);
    expect(await violations(page)).toEqual([]);
    // The site's router goes on meanwhile.
    await page.getByRole("navigation").getByRole("link", { name: /servo/i }).first().click();
    await expect(page).toHaveTitle(/^\(1\) .*· Robotics, step by step$/);
    const there = (await page.title()).replace("(1) ", "");
    await chat.open();
    await expect(page).toHaveTitle(there);
    await expect(chat.toggle).toHaveAccessibleName("Close chat");
    await expect(chat.toggle.locator(".ckw-badge")).toHaveCount(0);
    await page.goBack();
    await expect(page).toHaveTitle(title);
  });
}

test("an answer that ends before the reader's eyes is not unread", async ({ page, chat }) => {
  await page.goto("/");
  const title = await page.title();
  await chat.open();
  await chat.converse("What is a servo?");
  await page.keyboard.press("Escape");
  await expect(chat.toggle).toHaveAccessibleName("Open chat");
  await expect(page).toHaveTitle(title);
});
