/** Functions of the page that the assistant asks for in the middle of an answer. */

import { expect, features, test } from "../support/features.ts";

/** What `onClientTool` of the story was called with, in the page. */
interface Called {
  called: { name: string; params: unknown }[];
}

const NAMES = ["ready", "response.start", "thread.change", "response.end"];

test("the page's function is called once and the answer goes on with what it gave", async ({ page, server }) => {
  const chat = await features(page, server, () => {
    const called: unknown[] = [];
    Object.assign(window, { called });
    return {
      onClientTool: async (call: unknown) => {
        called.push(call);
        return { sel: [1, 2] };
      },
    };
  });
  await chat.say("tool");
  await expect(await chat.answered(0)).toContainText('output={"sel": [1, 2]}');
  await chat.responded();
  const called = await page.evaluate(() => (window as unknown as Called).called);
  expect(called).toEqual([{ name: "get_selection", params: { project: "p1" } }]);
  expect((await chat.events()).map(({ name }) => name)).toEqual(NAMES);
  expect(chat.requests("threads.add_client_tool_output").map(({ params }) => params.result)).toEqual([{ sel: [1, 2] }]);
});

test("tools one after the other are one response, and each gets what the last one gave", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    onClientTool: ({ name, params }: { name: string; params: { before?: unknown } }) => ({ name, before: params.before }),
  }));
  await chat.say("chain 4");
  await expect(await chat.answered(0)).toContainText("Done after 4");
  await chat.responded();
  expect(chat.requests("threads.add_client_tool_output")).toHaveLength(4);
  expect((await chat.events()).map(({ name }) => name)).toEqual(NAMES);
});

test("while a tool works nothing is sent, what is typed stays, and the reader may stop waiting", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    onClientTool: () => new Promise((resolve) => Object.assign(window, { finish: () => resolve({ late: true }) })),
  }));
  await chat.say("tool");
  const stop = chat.element.getByRole("button", { name: "Stop answering" });
  await expect(stop).toBeVisible();
  await chat.say("and meanwhile");
  await expect(chat.composer).toHaveValue("and meanwhile");
  await expect(chat.call("sendUserMessage", { text: "from the page" })).rejects.toThrow(/ChatKitBusyError/);
  expect(await chat.events("response.end")).toEqual([]);
  await stop.click();
  await chat.responded();
  await chat.composer.press("Enter");
  await chat.answered(0);
  await page.evaluate(() => (window as unknown as { finish(): void }).finish());
  await chat.say("hello");
  await chat.answered(1);
  expect(chat.requests("threads.add_client_tool_output")).toEqual([]);
});

test("a tool that fails is told to the assistant and to the page, and the reader gets an answer", async ({ page, server }) => {
  const chat = await features(page, server, () => ({
    onClientTool: ({ name }: { name: string }) => {
      if (name === "step_1") throw new Error("no project is open");
      if (name === "step_2") return Promise.reject("nope");
      if (name === "step_3") return { self: window };
      return undefined;
    },
  }));
  await chat.say("chain 4");
  await expect(await chat.answered(0)).toContainText("Done after 4: {}");
  await chat.responded();
  const results = chat.requests("threads.add_client_tool_output").map(({ params }) => params.result);
  expect(results[0]).toEqual({ error: "no project is open" });
  expect(results[1]).toEqual({ error: "nope" });
  expect(results[2]?.error).toMatch(/^the result is no plain data: /);
  expect(results[3]).toEqual({});
  expect((await chat.events()).map(({ name }) => name)).toEqual([
    "ready",
    "response.start",
    "thread.change",
    "error",
    "error",
    "error",
    "response.end",
  ]);
  await expect(chat.element.locator(".ck-banner")).toHaveCount(0);
});

test("without a function for it the assistant is told so, and the page why", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("tool");
  await expect(await chat.answered(0)).toContainText("this page cannot run client tools");
  const [error] = await chat.events("error");
  expect(JSON.stringify(error?.detail)).toContain("$.onClientTool");
});

test("a lost request for the rest of the answer does not run the tool twice", async ({ page, server, complaints }) => {
  const chat = await features(page, server, () => {
    Object.assign(window, { runs: 0 });
    return { onClientTool: () => ({ run: ++(window as unknown as { runs: number }).runs }) };
  });
  let lost = 0;
  await page.route("**/chatkit", (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    if (type === "threads.add_client_tool_output" && lost++ === 0) return route.abort("connectionreset");
    return route.continue();
  });
  await chat.say("tool");
  await expect(await chat.answered(0)).toContainText('output={"run": 1}');
  await chat.responded();
  expect(await page.evaluate(() => (window as unknown as { runs: number }).runs)).toBe(1);
  expect(chat.requests("items.list")).toHaveLength(1);
  expect(complaints.splice(0).every((complaint) => complaint.includes("ERR_CONNECTION_RESET"))).toBe(true);
});

test("a stored conversation that ends with a call does not run it", async ({ page, server }) => {
  const call = { type: "client_tool_call", status: "pending", call_id: "call_1", name: "get_selection", arguments: {} };
  const [thread] = await server.seed({ turns: 1, items: [call] });
  const chat = await features(
    page,
    server,
    (initialThread) => ({ initialThread, onClientTool: () => Object.assign(window, { ran: true }) && {} }),
    thread,
  );
  await expect(chat.answers).toHaveCount(1);
  await chat.say("hello");
  await chat.answered(1);
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
});

test("an action of the page is a response of its own", async ({ page, server }) => {
  const chat = await features(page, server);
  await expect(chat.call("sendCustomAction", { type: "refresh" })).rejects.toThrow(/needs an open thread/);
  await chat.say("hello");
  await chat.responded();
  await chat.call("sendCustomAction", { type: "refresh", payload: { id: 1 } });
  await chat.responded(2);
  const [action] = chat.requests("threads.custom_action");
  expect(action?.params.action).toEqual({ type: "refresh", payload: { id: 1 } });
});
