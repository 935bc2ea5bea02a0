import { expect, test } from "../support/test.ts";

test("everything works with the keyboard alone", async ({ page, chat }) => {
  await page.goto("/");
  // The container's toggle takes the place of the page's at any moment here; the focus goes along only once it is there.
  await expect(async () => {
    await chat.toggle.focus();
    await expect(chat.toggle).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Enter");
  await chat.ready();
  await expect(chat.composer).toBeFocused();
  await page.keyboard.type("What is a servo?");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("In short.");
  await expect(chat.composer).toHaveValue("What is a servo?\nIn short.");
  await page.keyboard.press("Enter");
  await chat.answered(0);
  await page.keyboard.press("Escape");
  await expect(chat.host).toHaveAttribute("data-panel", "closed");
  await expect(chat.toggle).toBeFocused();
  await page.keyboard.press("Space");
  await chat.ready();
});

test("a click made before the container is there is honoured once it is", async ({ page, chat }) => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto("/");
  await chat.toggle.click();
  release();
  await chat.ready();
});
