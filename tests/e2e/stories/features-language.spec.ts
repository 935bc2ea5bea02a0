/** In which language the chat speaks, and which way it is written. */

import { expect, features, test } from "../support/features.ts";

test.describe("the site's locale", () => {
  test("German: everything the chat says, from the first frame on", async ({ page, server }) => {
    const chat = await features(page, server, () => ({ locale: "de-AT" }));
    await expect(chat.element.locator(".ck")).toHaveAttribute("lang", "de");
    await expect(chat.element.getByRole("button", { name: "Nachricht senden" })).toBeVisible();
    await chat.say("hello");
    await chat.answered(0);
    await expect(chat.element.getByRole("button", { name: "Kopieren", exact: true })).toBeVisible();
    expect(chat.sent[0]).toBeDefined();
  });

  test("a language we lack is answered in English", async ({ page, server }) => {
    const chat = await features(page, server, () => ({ locale: "sv" }));
    await expect(chat.element.getByRole("button", { name: "Send message" })).toBeVisible();
  });

  test("another language in mid-conversation changes every word and loses none of the reader's", async ({ page, server }) => {
    const chat = await features(page, server);
    await chat.say("hello");
    await chat.answered(0);
    await chat.composer.fill("half a question");
    await chat.set(() => ({ locale: "de" }));
    await expect(chat.element.getByRole("button", { name: "Nachricht senden" })).toBeVisible();
    await expect(chat.composer).toHaveValue("half a question");
    await expect(chat.answers).toHaveCount(1);
    await expect(chat.element.getByRole("heading", { name: "Ihre Nachricht" })).toBeAttached();
    await chat.set(() => ({}));
    await expect(chat.element.getByRole("button", { name: "Send message" })).toBeVisible();
  });

  test("the server is told which language", async ({ page, server }) => {
    const languages: (string | undefined)[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") languages.push(request.headers()["accept-language"]);
    });
    const chat = await features(page, server, () => ({ locale: "fr" }));
    await chat.say("hello");
    await chat.answered(0);
    expect(languages).toContain("fr");
  });
});

for (const locale of ["ar", "ur"]) {
  test(`${locale}: the chat is mirrored, whatever the page is`, async ({ page, server }) => {
    const chat = await features(page, server, (locale) => ({ locale }), locale);
    await expect(chat.element.locator(".ck")).toHaveAttribute("dir", "rtl");
    await chat.say("hello");
    await chat.answered(0);
    const sides = await chat.element.evaluate((element) => {
      const box = (selector: string) => element.shadowRoot!.querySelector(selector)!.getBoundingClientRect();
      return { send: box(".ck-send").left - box(".ck-composer").left, bubble: box(".ck-bubble").left - box(".ck-scroll").left };
    });
    expect(sides.send, "Send is at the end of the line, on the left").toBeLessThan(40);
    expect(sides.bubble, "what the reader said is at the end, on the left").toBeLessThan(60);
  });
}

test("a browser in another language is enough where the site says nothing", async ({ browser, scripted, server }) => {
  const context = await browser.newContext({ locale: "de-DE", baseURL: scripted.page });
  const chat = await features(await context.newPage(), server);
  await expect(chat.element.getByRole("button", { name: "Nachricht senden" })).toBeVisible();
  await context.close();
});
