import { expect, test } from "../support/test.ts";

test("nothing is asked of the server before the chat is opened, and one session after", async ({ page, chat, demo, requests }) => {
  await page.goto("/");
  await expect(chat.toggle).toBeVisible();
  await chat.toggle.hover();
  // The toggle is drawn by Yew once the container is there, so there is nothing left to load.
  await expect(chat.host.locator(".ckw-launcher button.ckw-toggle")).toBeVisible();
  const toServer = () => requests.filter((request) => request.url().startsWith(demo.backend.url));
  expect(toServer()).toHaveLength(0);
  await chat.toggle.click();
  await chat.ready();
  expect(toServer().filter((request) => request.method() === "POST").map((request) => new URL(request.url()).pathname)).toEqual([
    "/api/chatkit/session",
  ]);
});

test("with the self-hosted engine no request leaves for any other host", async ({ page, chat, demo, requests }) => {
  await page.goto("/?engine=selfhosted");
  await chat.open();
  await chat.converse("What is a servo?");
  const hosts = new Set(requests.map((request) => new URL(request.url())).filter((url) => url.protocol !== "data:").map((url) => url.origin));
  expect([...hosts].sort()).toEqual([demo.url, demo.backend.url].sort());
});

test("with engine auto and OpenAI's script blocked, the self-hosted engine takes over and says so once", async ({
  page,
  chat,
  demo,
  complaints,
}) => {
  const said: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("chatkit-widget")) said.push(message.text());
  });
  await page.route("https://cdn.platform.openai.com/**", (route) => route.abort());
  await page.route("**/demo-config.json", (route) =>
    route.fulfill({ json: { backendUrl: demo.backend.url, domainKey: "local-dev" } }),
  );
  await page.goto("/?engine=auto");
  await chat.open();
  await chat.converse("What is a servo?");
  expect(said.filter((line) => /self-?hosted/i.test(line))).toHaveLength(1);
  complaints.length = 0;
});

test("clicks in the container and in the element stay apart", async ({ page, chat }) => {
  // Both wasm modules number their Yew roots and listeners from the same start: if one event path held both, a
  // click in the one would run the other's handler.
  await page.goto("/");
  await chat.open();
  await expect(chat.panel).toBeVisible();
  const buttons = chat.element.getByRole("button");
  const count = await buttons.count();
  expect(count).toBeGreaterThan(2);
  await chat.composer.click();
  await chat.element.getByRole("button", { name: "What is a servo?" }).click();
  await chat.answered(0);
  // All that are there now, in one go: what one of them does may take others away.
  const panels = await chat.element.getByRole("button").evaluateAll(async (buttons) => {
    const states: (string | undefined)[] = [];
    for (const button of buttons) {
      (button as HTMLButtonElement).click();
      // Yew draws in a task of its own.
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      states.push(document.querySelector<HTMLElement>(".ckw")?.dataset.panel);
    }
    return states;
  });
  expect(panels.length).toBeGreaterThan(2);
  expect(new Set(panels)).toEqual(new Set(["open"]));
  await expect(chat.panel).toBeVisible();
  await chat.composer.fill("draft");
  await chat.panel.locator(".ckw-header").click({ position: { x: 20, y: 20 } });
  await expect(chat.composer).toHaveValue("draft");
  await chat.panel.getByRole("button", { name: "Close chat" }).click();
  await expect(chat.host).toHaveAttribute("data-panel", "closed");
  await chat.toggle.click();
  await expect(chat.composer).toHaveValue("draft");
});

test("several readers at once see only their own conversations", async ({ browser, demo, chat, page }) => {
  await page.goto("/");
  const other = await browser.newContext({ baseURL: demo.url });
  const otherPage = await other.newPage();
  await otherPage.route("**/demo-config.json", (route) => route.fulfill({ json: { backendUrl: demo.backend.url } }));
  const { Chat } = await import("../support/chat.ts");
  const second = new Chat(otherPage);
  await otherPage.goto("/");
  await Promise.all([chat.open(), second.open()]);
  await Promise.all([chat.converse("What is a servo?"), second.converse("What is a robot?")]);
  await expect(chat.questions).toHaveText([/servo/]);
  await expect(second.questions).toHaveText([/robot/]);
  await other.close();
});
