/** The events a page hears, through OpenAI's own React binding: which, and in which order. */

import { expect, features, test, type Features } from "../support/features.ts";

/** The element's methods, for code that runs in the page. */
interface OnPage {
  features: { kit: { sendUserMessage(message: object): Promise<void> } };
}

/** Names of the events since the `from`th, with what identifies them. */
async function told(chat: Features, from = 0): Promise<string[]> {
  const short = ({ name, detail }: { name: string; detail: unknown }): string => {
    const { threadId, name: what } = (detail ?? {}) as { threadId?: string | null; name?: string };
    if (name === "effect" || name === "deeplink") return `${name} ${what}`;
    return threadId === undefined ? name : `${name} ${threadId}`;
  };
  return (await chat.events()).slice(from).map(short);
}

const thread = async (chat: Features): Promise<string> => {
  const [change] = await chat.events("thread.change");
  return (change?.detail as { threadId: string }).threadId;
};

test("a first question, a second one and a new chat", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("effects");
  await chat.responded();
  const id = await thread(chat);
  const first = ["ready", "response.start", `thread.change ${id}`, "effect highlight", "effect bare", "response.end"];
  expect(await told(chat)).toEqual(first);
  await chat.say("hello");
  await chat.responded(2);
  expect(await told(chat, first.length)).toEqual(["response.start", "response.end"]);
  await chat.call("setThreadId", null);
  expect(await told(chat, first.length + 2)).toEqual(["thread.change null"]);
  expect((await chat.events()).filter(({ name }) => /^(ready|response\.)/.test(name)).map(({ detail }) => detail)).toEqual(
    Array(5).fill(null),
  );
});

test("a stored conversation: loaded first, then changed to, and not again when it is opened again", async ({ page, server }) => {
  const [one, two] = await server.seed({ turns: 1, title: "one" }, { turns: 1, title: "two" });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), one);
  await expect(chat.answers).toHaveCount(1);
  const first = ["ready", `thread.load.start ${one}`, `thread.load.end ${one}`, `thread.change ${one}`];
  expect(await told(chat)).toEqual(first);
  await chat.call("setThreadId", two);
  expect(await told(chat, 4)).toEqual([
    `thread.load.start ${two}`,
    `thread.load.end ${two}`,
    `thread.change ${two}`,
  ]);
  await chat.call("setThreadId", two);
  expect(await told(chat, 7)).toEqual([`thread.load.start ${two}`, `thread.load.end ${two}`]);
});

test("a conversation that is not there: the error comes before the end, and the one before stays", async ({ page, server, complaints }) => {
  const [one] = await server.seed({ turns: 1 });
  const chat = await features(page, server, (initialThread) => ({ initialThread }), one);
  await expect(chat.answers).toHaveCount(1);
  await page.route("**/chatkit", (route) => route.fulfill({ status: 404 }));
  await expect(chat.call("setThreadId", "thr_gone")).rejects.toThrow(/thr_gone/);
  expect(await told(chat, 4)).toEqual(["thread.load.start thr_gone", "error", "thread.load.end thr_gone"]);
  expect(complaints.splice(0).every((complaint) => complaint.includes("404"))).toBe(true);
});

for (const [word, what] of [
  ["error", "an error of the server"],
  ["refuse", "a sentence of the server"],
  ["midway", "an error in the middle"],
] as const) {
  test(`${what}: the error comes before the end`, async ({ page, server }) => {
    const chat = await features(page, server);
    await chat.say(word);
    await chat.responded();
    expect((await told(chat)).filter((name) => !name.startsWith("thread."))).toEqual([
      "ready",
      "response.start",
      "error",
      "response.end",
    ]);
    const [error] = await chat.events("error");
    expect((error?.detail as { error: { name: string } }).error.name).toBe("ChatKitError");
  });
}

test("an answer that is stopped ends without an error", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("wait");
  await chat.element.getByRole("button", { name: "Stop answering" }).click();
  await chat.responded();
  expect((await told(chat)).map((name) => name.split(" ")[0])).toEqual(["ready", "response.start", "thread.change", "response.end"]);
});

test("a server that is away: one start and one end, however often it was tried", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await page.route("**/chatkit", (route) => route.abort("connectionrefused"));
  await chat.say("hello");
  await chat.responded();
  expect(await told(chat)).toEqual(["ready", "response.start", "error", "response.end"]);
  await page.unroute("**/chatkit");
  await chat.element.getByRole("button", { name: "Try again" }).click();
  await chat.responded(2);
  const id = await thread(chat);
  expect(await told(chat, 4)).toEqual(["response.start", `thread.change ${id}`, "response.end"]);
  expect(complaints.splice(0).every((complaint) => complaint.includes("ERR_CONNECTION_REFUSED"))).toBe(true);
});

test("calls made before the chat is there are answered when it is", async ({ page, server }) => {
  const [one] = await server.seed({ turns: 1 });
  const chat = await features(
    page,
    server,
    (initialThread) => ({
      initialThread,
      onReady: () => {
        // The first thread is still on its way.
        const { kit } = (window as unknown as OnPage).features;
        Object.assign(window, { sent: kit.sendUserMessage({ text: "hello" }).then(() => "sent") });
      },
    }),
    one,
  );
  await chat.responded();
  expect(await page.evaluate(() => (window as unknown as { sent: Promise<string> }).sent)).toBe("sent");
  await expect(chat.answers).toHaveCount(2);
  expect((await told(chat)).map((name) => name.split(" ")[0])).toEqual([
    "ready",
    "thread.load.start",
    "thread.load.end",
    "thread.change",
    "response.start",
    "response.end",
  ]);
});

test("a call that is open when the chat leaves the page is refused, not left open", async ({ page, server }) => {
  const chat = await features(page, server);
  await page.route("**/chatkit", () => undefined);
  const refused = await page.evaluate(() => {
    const element = document.querySelector("openai-chatkit");
    const call = (window as unknown as OnPage).features.kit.sendUserMessage({ text: "hello" }).then(
      () => "sent",
      (error: Error) => error.message,
    );
    element?.remove();
    return call;
  });
  expect(refused).toContain("removed from the page");
});
