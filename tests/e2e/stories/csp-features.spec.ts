/** The policies of docs/csp.md for what a page may let a reader do beyond writing, in an app that a bundler built. */

import type { Locator, Page } from "@playwright/test";

import { type Features, features, fileDialog } from "../support/features.ts";
import type { ScriptedServer } from "../support/scripted.ts";
import { expect, policy, test, watched } from "../support/strict.ts";

/** A red square. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFUlEQVR4nGP8z8DAgA0wYRUdtBIAWn4CDA1G8GYAAAAASUVORK5CYII=",
  "base64",
);

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    }),
});

/** The app's page as a site with this policy serves it. */
async function serveUnder(page: Page, name: string, server: ScriptedServer): Promise<() => string[]> {
  const header = policy(name, server);
  await page.route("**/features.html*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": header } });
  });
  return watched(page);
}

const chips = (chat: Features): Locator =>
  chat.element.locator(".ck-composer").getByRole("list", { name: "Attachments" }).getByRole("listitem");

async function attach(chat: Features, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const dialog = await fileDialog(chat.page, () => chat.element.getByRole("button", { name: "Add files" }).click());
  await dialog.setFiles({ name, mimeType, buffer });
  await expect(chips(chat)).toHaveAttribute("data-state", "uploaded");
}

test("files, thumbs, another answer, tags, commands and a dark theme need no more than the plain policy", async ({ page, server }) => {
  const reported = await serveUnder(page, "selfhosted", server);
  const chat = await features(page, server, () => ({
    api: { uploadStrategy: { type: "two_phase" } },
    composer: { attachments: { enabled: true } },
    threadItemActions: { feedback: true, retry: true },
    entities: { onTagSearch: async () => [{ id: "ann", title: "Ann", icon: "user", interactive: true }] },
    commands: { enabled: true, onSearch: async () => [{ id: "help", title: "help" }] },
  }));
  await attach(chat, "notes.txt", "text/plain", Buffer.from("notes"));
  await chat.say("hello");
  const answer = await chat.answered(0);
  await expect(chat.questions.first()).toContainText("notes.txt");
  await answer.hover();
  await chat.element.getByRole("button", { name: "Good answer" }).click();
  await expect.poll(async () => (await server.noted()).length).toBe(1);
  await chat.composer.pressSequentially("Ask @A");
  await chat.composer.press("Enter");
  await expect(chat.element.locator(".ck-tag-paint")).toHaveText("@Ann");
  await chat.composer.fill("/");
  await expect(chat.element.getByRole("listbox")).toBeVisible();
  await chat.set(() => ({ theme: { colorScheme: "dark", radius: "sharp", density: "compact", color: { grayscale: { hue: 200, tint: 3 } } } }));
  await expect(chat.element.locator(".ck")).toHaveAttribute("data-scheme", "dark");
  expect(reported()).toEqual([]);
});

test("pictures, a font and dictation with what docs/csp.md adds for them", async ({ page, server }) => {
  const reported = await serveUnder(page, "selfhosted-everything", server);
  await page.route("**/site-font.woff2", (route) => route.fulfill({ contentType: "font/woff2", body: "not a font" }));
  const chat = await features(page, server, () => ({
    api: { uploadStrategy: { type: "two_phase" } },
    composer: { attachments: { enabled: true }, dictation: { enabled: true } },
    theme: { typography: { fontFamily: "Site Font, sans-serif", fontSources: [{ family: "Site Font", src: "/site-font.woff2" }] } },
  }));
  await attach(chat, "red.png", "image/png", PICTURE);
  const width = (picture: Locator) => picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(() => width(chips(chat).locator("img"))).toBe(8);
  await chat.say("hello");
  await chat.answered(0);
  await expect.poll(() => width(chat.questions.first().getByRole("img", { name: "red.png" }))).toBe(8);
  for (const gate of ["sketch", "done"]) await server.open(gate);
  await chat.say("paint sketch done");
  await expect.poll(() => width(chat.element.locator("figure img").last())).toBe(64);
  await chat.element.getByRole("button", { name: "Speak instead of typing" }).click();
  await expect(chat.element.getByRole("timer")).toHaveText("0:01");
  await chat.element.getByRole("button", { name: "Stop and write it down" }).click();
  await expect(chat.composer).toHaveValue(/bytes of audio/);
  expect(reported()).toEqual([]);
});
