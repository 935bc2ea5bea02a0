/** The page for stories about single features: a site that uses OpenAI's own React binding with our element. */

import { expect, features, test } from "../support/features.ts";

test("a site that uses OpenAI's React binding gets an answer from our element", async ({ page, server }) => {
  const chat = await features(page, server);
  await chat.say("hello");
  await expect(await chat.answered(0)).toContainText("Hello from the scripted server.");
  await chat.responded();
  expect((await chat.events()).map(({ name }) => name)).toEqual([
    "ready",
    "response.start",
    "thread.change",
    "response.end",
  ]);
  expect(chat.requests("threads.create")).toHaveLength(1);
});

test("every word that can be tried is on the page, and pressing one sends it", async ({ page, scripted, complaints }) => {
  await page.route("**/demo-config.json", (route) => route.fulfill({ json: { scriptedUrl: scripted.server } }));
  await page.goto("/features.html");
  await page.getByRole("button", { name: "hello", exact: true }).click();
  await expect(page.locator("openai-chatkit .ck-assistant")).toContainText("Hello from the scripted server.");
  await expect(page.getByRole("log", { name: /What the chat told/ })).toContainText("thread.change");
  expect(complaints).toEqual([]);
});
