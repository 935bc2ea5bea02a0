/** What a site decides with its options, and decides anew while the chat is open. */

import { expect, features, test } from "../support/features.ts";

test("the header has the site's title and buttons, or is not there", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    frameTitle: "Help desk",
    header: {
      title: { text: "Ask us" },
      leftAction: { icon: "home", onClick: () => document.body.setAttribute("data-left", "pressed") },
      rightAction: { icon: "close", onClick: () => document.body.setAttribute("data-right", "pressed") },
    },
  }));
  await expect(chat.element.getByRole("region", { name: "Help desk" })).toBeVisible();
  const title = chat.element.getByRole("heading", { name: "Ask us" });
  await expect(title).toBeVisible();
  await chat.element.getByRole("button", { name: "Home" }).click();
  await chat.element.getByRole("button", { name: "Close chat" }).click();
  await expect(page.locator("body[data-left=pressed][data-right=pressed]")).toHaveCount(1);
  await chat.say("title");
  await chat.responded();
  await expect(title, "the site's title stays over the thread's").toBeVisible();

  await chat.set(() => ({ header: { title: { enabled: false } } }));
  await expect(title).toHaveCount(0);
  await expect(chat.element.getByRole("button", { name: "Home" })).toHaveCount(0);
  await chat.set(() => ({ header: { enabled: false } }));
  await expect(chat.element.getByRole("button", { name: "New chat" })).toHaveCount(0);
});

test("an empty chat greets as the site wants, and its suggestions are sent with their tags", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    startScreen: {
      greeting: "What shall we *build*?",
      prompts: [
        { label: "A robot", prompt: "hello robot", icon: "cube" },
        {
          label: "About a servo",
          prompt: [
            { type: "input_text", text: "hello about " },
            { type: "input_tag", id: "servo", text: "Servo", group: "Parts", interactive: true },
          ],
        },
      ],
    },
    composer: { placeholder: "Ask about robots" },
  }));
  await expect(chat.composer).toHaveAttribute("placeholder", "Ask about robots");
  await expect(chat.element.getByText("What shall we *build*?"), "plain text").toBeVisible();
  await chat.element.getByRole("button", { name: "About a servo" }).click();
  await chat.responded();
  expect(chat.requests("threads.create")[0]?.params.input.content).toEqual([
    { type: "input_text", text: "hello about " },
    { type: "input_tag", id: "servo", text: "Servo", data: {}, group: "Parts", interactive: true },
  ]);
  await expect(chat.element.getByRole("button", { name: "A robot" }), "only an empty chat has them").toHaveCount(0);
});

test("the disclaimer is markdown under the composer", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    disclaimer: { text: "Answers may be **wrong**. [Terms](https://example.com/terms)", highContrast: true },
  }));
  await expect(chat.element.getByText("Answers may be wrong. Terms")).toBeVisible();
  const link = chat.element.getByRole("link", { name: "Terms" });
  await expect(link).toHaveAttribute("href", "https://example.com/terms");
  await expect(link).toHaveAttribute("rel", /noopener/);
});

test("colours, rounding, density and sizes are the theme's, and change while the chat is open", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ theme: "light" }));
  const look = () =>
    chat.composer.evaluate((field) => {
      const style = getComputedStyle(field);
      const root = field.getRootNode() as ShadowRoot;
      const surface = [...root.querySelectorAll("*")].map((e) => getComputedStyle(e).backgroundColor).find((c) => !c.endsWith(", 0)"));
      return { ink: style.color, size: style.fontSize, surface };
    });
  const light = await look();
  await chat.composer.fill("kept");
  await chat.set(() => ({
    theme: {
      colorScheme: "dark",
      radius: "sharp",
      density: "compact",
      typography: { baseSize: 18 },
      color: { accent: { primary: "#ff5500", level: 2 }, surface: { background: "#102030", foreground: "#203040" } },
    },
  }));
  await expect.poll(async () => (await look()).size).toBe("18px");
  const dark = await look();
  expect(dark.ink).not.toBe(light.ink);
  expect(dark.surface).toBe("rgb(16, 32, 48)");
  await expect(chat.composer).toHaveValue("kept");
});

test("new options keep the thread, the draft, the place of the reader and the answer that is on its way", async ({ page, server }) => {
  const chat = await features(page, server, () => ({ composer: { placeholder: "before" } }));
  await chat.say("long end");
  await expect(chat.answers).toContainText("Paragraph 40 of forty");
  await chat.composer.fill("a draft");
  const place = chat.element.locator(".ck-log");
  const top = () => place.evaluate((log) => [log, ...log.querySelectorAll("*")].map(({ scrollTop }) => scrollTop).find((at) => at > 0) ?? 0);
  const before = await top();
  await chat.set(() => ({ composer: { placeholder: "after" }, theme: "dark", thread: { autoScroll: false } }));
  await expect(chat.composer).toHaveAttribute("placeholder", "after");
  await expect(chat.composer).toHaveValue("a draft");
  expect(await top()).toBe(before);
  await server.open("end");
  await expect(await chat.answered(0)).toContainText("The last paragraph.");
  expect((await chat.events("response.start")).length).toBe(1);
  expect(chat.sent.filter(({ type }) => type === "threads.create")).toHaveLength(1);
});

test("a question goes to the top and stays there; with autoScroll the end is followed, until the reader goes up", async ({ page, server }) => {
  const chat = await features(page, server);
  const end = chat.element.getByText("The last paragraph.").last();
  const latest = chat.element.getByRole("button", { name: "Jump to latest" });
  await chat.say("long first");
  await expect(chat.answers).toContainText("Paragraph 40 of forty");
  await expect(chat.questions.first()).toBeInViewport();
  await server.open("first");
  await chat.responded();
  await expect(end).not.toBeInViewport();
  await latest.click();
  await expect(end).toBeInViewport();

  await chat.set(() => ({ thread: { autoScroll: true } }));
  await chat.say("long second");
  await expect(chat.answers.nth(1)).toContainText("Paragraph 40 of forty");
  await chat.element.getByText("Paragraph 39 of forty").last().scrollIntoViewIfNeeded();
  await latest.click({ timeout: 2_000 }).catch(() => undefined);
  await server.open("second");
  await chat.responded(2);
  await expect(end).toBeInViewport();
});

test("a link into the site is told to the site and goes nowhere; a dangerous one is no link", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("links");
  await chat.responded();
  const address = page.url();
  await chat.answers.getByText("opens").click();
  await expect.poll(() => chat.events("deeplink")).toEqual([
    { name: "deeplink", detail: { name: "open/settings", data: { tab: "sound", volume: "7" } } },
  ]);
  expect(page.url()).toBe(address);
  await expect(chat.answers.getByRole("link", { name: "mail" })).toHaveAttribute("href", "mailto:a@example.com");
  await expect(chat.answers.getByRole("link", { name: "this" })).toHaveCount(0);
});

test("every request goes through the site's fetch, called without a this", async ({ page, server }) => {
  const chat = await features(page, server, () => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    return {
      api: {
        fetch(this: unknown, input: RequestInfo | URL, init?: RequestInit) {
          asked.push(String(input));
          const headers = { ...(init?.headers as Record<string, string>), "X-Site": "yes" };
          return fetch(input, { ...init, headers });
        },
      },
    };
  });
  const sent = page.waitForRequest((request) => request.url().endsWith("/chatkit") && request.method() === "POST");
  await chat.say("hello");
  expect((await sent).headers()["x-site"]).toBe("yes");
  await chat.responded();
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked.length)).toBe(chat.sent.length);
});

test("options that cannot be used are named to the site, and a page with React lives on", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await chat.set(() => ({ composer: { placeholder: 7, colour: "red" }, theme: "purple" }));
  await expect.poll(async () => JSON.stringify(await chat.events("error"))).toMatch(/composer\.placeholder|theme/);
  expect(complaints.join("\n")).toMatch(/\$\.composer\.placeholder/);
  complaints.length = 0;
  await chat.set(() => ({}));
  await chat.say("hello");
  await expect(chat.answers).toContainText("Hello from the scripted server.");
});
