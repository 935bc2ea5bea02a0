import type { Locator, Page } from "@playwright/test";

import type { Chat } from "../support/chat.ts";
import { expect, test, violations } from "../support/test.ts";

/** Opens an answer's list of sources and gives the first. */
async function citation(chat: Chat): Promise<Locator> {
  const answer = chat.answers.last();
  await answer.getByText(/^Sources/).click();
  return answer.locator("a.ck-source").first();
}

/** What is marked on the page, however the browser does it. */
const marked = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const highlight = "highlights" in CSS ? [...(CSS.highlights.get("ckw-passage") ?? [])] : [];
    const wrapped = [...document.querySelectorAll("mark.ckw-passage")].map((mark) => mark.textContent);
    return [...highlight.map(String), ...wrapped].join("");
  });

/** A property that a page loaded anew would not have. */
const remember = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { sameDocument: true }));
const isSameDocument = (page: Page): Promise<boolean> => page.evaluate(() => "sameDocument" in window);

test("a citation changes the page under the open chat, and the quoted words are marked there", async ({ page, chat }) => {
  await page.goto("/");
  await remember(page);
  await chat.open();
  await chat.converse("What is a servo?");
  const said = await chat.answers.first().textContent();
  await (await citation(chat)).click();

  await expect(page).toHaveURL(/\/book\/servo#what-is-a-servo$/);
  await expect.poll(() => marked(page)).toMatch(/^A servo is a motor that moves .* follow a command\.$/s);
  const passage = page.locator(".prose p").nth(1);
  await expect(passage).toBeInViewport();
  await expect(passage).toBeFocused();
  expect(await isSameDocument(page)).toBe(true);
  await expect(chat.panel).toBeVisible();
  expect(await chat.answers.first().textContent()).toBe(said);

  // The talk goes on without touching the mark; a press on the page wipes it off.
  await chat.converse("And how is it controlled?");
  expect(await marked(page)).not.toBe("");
  await page.locator("h1").click();
  expect(await marked(page)).toBe("");
  await expect(page.locator(".prose p[tabindex]")).toHaveCount(0);
});

test("from one citation to the next the mark moves, and walking back leaves none", async ({ page, chat }) => {
  await page.goto("/book/power");
  await chat.open();
  await chat.converse("What is a servo?");
  await (await citation(chat)).click();
  await expect.poll(() => marked(page)).toMatch(/^A servo is a motor/);
  await chat.converse("What is a kalman filter?");
  await (await citation(chat)).click();
  await expect(page).toHaveURL(/\/book\/sensors#/);
  await expect.poll(() => marked(page)).toMatch(/Kalman filter/);
  expect(await marked(page)).not.toContain("A servo is a motor");
  await page.goBack();
  await expect(page).toHaveURL(/\/book\/servo#/);
  await expect(page.locator(".prose p").nth(1)).toBeVisible();
  expect(await marked(page)).toBe("");
});

test("a link in the answer's text goes through the site's router to its section", async ({ page, chat }) => {
  await page.goto("/");
  await remember(page);
  await chat.open();
  const answer = await chat.converse("What is a servo?");
  const link = answer.locator(".ck-md li a").first();
  const href = (await link.getAttribute("href")) ?? "";
  await link.click();
  await expect(page).toHaveURL(href);
  const section = page.locator(`[id="${href.split("#")[1]}"]`);
  await expect(section).toBeInViewport();
  await expect(section).toBeFocused();
  expect(await isSameDocument(page)).toBe(true);
  await expect(chat.panel).toBeVisible();
});

test("a citation of the page itself scrolls there, without motion for those who want none", async ({ page, chat }) => {
  await page.addInitScript(() => {
    const scroll = Element.prototype.scrollIntoView;
    const seen: unknown[] = [];
    Object.assign(window, { scrolls: seen });
    Element.prototype.scrollIntoView = function (options) {
      seen.push(typeof options === "object" ? options.behavior : undefined);
      scroll.call(this, options);
    };
  });
  /** How the page was scrolled: by the widget, and with no wish by the site's router. */
  const motion = (): Promise<unknown[]> => page.evaluate(() => (window as unknown as { scrolls: unknown[] }).scrolls);
  await page.goto("/book/servo");
  await chat.open();
  await chat.converse("How much torque does a servo have?");
  const source = await citation(chat);
  await source.click();
  await expect.poll(() => marked(page)).not.toBe("");
  expect(await motion()).toContain("smooth");
  const before = (await motion()).length;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await source.click();
  await expect.poll(async () => (await motion()).slice(before)).toContain("instant");
  expect((await motion()).slice(before)).not.toContain("smooth");
  await expect(page).toHaveURL(/\/book\/servo#/);
});

test("a browser without highlights gets marks, and the page is whole again afterwards", async ({ page, chat }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "Highlight"));
  await page.goto("/book/servo");
  const nodes = (): Promise<string> => page.locator(".prose p").nth(1).evaluate((p) => `${p.innerHTML} ${p.childNodes.length}`);
  const before = await nodes();
  await chat.open();
  await chat.converse("What is a servo?");
  await (await citation(chat)).click();
  await expect.poll(() => marked(page)).toMatch(/^A servo is a motor/);
  await page.keyboard.press("Escape");
  await expect(page.locator("mark")).toHaveCount(0);
  expect(await nodes()).toBe(before);
});

test("with Control a citation opens in a tab of its own and the page stays", async ({ page, chat, context }) => {
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
  const opened = context.waitForEvent("page");
  await (await citation(chat)).click({ modifiers: ["Control"] });
  await expect.poll(async () => (await opened).url()).toMatch(/\/book\/servo#what-is-a-servo/);
  expect(new URL(page.url()).pathname).toBe("/");
});

test("another site opens in a tab that cannot reach back", async ({ page, chat, context }) => {
  await context.route("https://elsewhere.example/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>Elsewhere</title>" }));
  // The real answer, with one of its links leading away.
  await page.route("**/chatkit", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/"url":"[^"]*#what-is-a-servo[^"]*"/g, '"url":"https://elsewhere.example/page"');
    await route.fulfill({ response: answer, body });
  });
  await page.goto("/");
  await chat.open();
  await chat.converse("What is a servo?");
  const opened = context.waitForEvent("page");
  await (await citation(chat)).click();
  const tab = await opened;
  await expect(tab).toHaveTitle("Elsewhere");
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  expect(new URL(page.url()).pathname).toBe("/");
  await expect(chat.panel).toBeVisible();
});

test("the page a question is asked on is told to the server, and comes first", async ({ page, chat, requests }) => {
  const sent = () => requests.map((request) => request.postDataJSON()).filter((body) => /create|add_user_message/.test(body?.type ?? ""));
  await page.goto("/?token=1#access_token=secret");
  await chat.open();
  await chat.converse("What limits the speed?");
  await expect(await citation(chat)).toHaveAttribute("href", /\/book\/safety#/);
  expect(sent()[0].metadata).toMatchObject({ page: { url: new URL("/?token=1", page.url()).href, title: "Robotics, step by step" } });

  // The same question on another page.
  await page.getByRole("navigation").getByRole("link", { name: "Servos" }).first().click();
  await expect(page).toHaveURL(/\/book\/servo/);
  await chat.panel.getByRole("button", { name: "New chat" }).first().click();
  await expect(chat.answers).toHaveCount(0);
  await chat.converse("What limits the speed?");
  await expect(await citation(chat)).toHaveAttribute("href", /\/book\/servo#torque-and-speed/);
  expect(sent()[1].metadata.page).toEqual({ url: new URL("/book/servo", page.url()).href, title: "Servos · Robotics, step by step" });
});

for (const scheme of ["light", "dark"] as const) {
  test(`marked text keeps its contrast: ${scheme}`, async ({ page, chat }) => {
    await page.emulateMedia({ colorScheme: scheme });
    // As elements, because nothing can ask a browser for the colours of a highlight.
    await page.addInitScript(() => Reflect.deleteProperty(window, "Highlight"));
    await page.goto("/book/servo");
    await chat.open();
    await chat.converse("What is a servo?");
    await (await citation(chat)).click();
    await expect(page.locator("mark").first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

  test("following a citation uncovers the page, and the talk is there when the chat is opened again", async ({ page, chat }) => {
    await page.goto("/");
    await chat.open();
    await chat.converse("What is a servo?");
    await (await citation(chat)).click();
    await expect(page).toHaveURL(/\/book\/servo#what-is-a-servo$/);
    await expect(chat.host).toHaveAttribute("data-panel", "closed");
    await expect.poll(() => marked(page)).toMatch(/^A servo is a motor/);
    const passage = page.locator(".prose p").nth(1);
    await expect(passage).toBeInViewport();
    await expect(passage).toBeFocused();
    await chat.open();
    await expect(chat.answers).toHaveCount(1);
  });
});
