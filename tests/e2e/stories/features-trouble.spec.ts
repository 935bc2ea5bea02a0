/** A bug in our own wasm: made to happen by a page that breaks the DOM's functions under us, as some translators do. */

import type { Page } from "@playwright/test";

import { expect, features, test, violations } from "../support/features.ts";

/** From now on no node can be put before another one on this page: drawing the next row fails in the middle. */
async function breakTheDom(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { insertBefore } = Node.prototype;
    Node.prototype.insertBefore = function <T extends Node>(node: T, child: Node | null): T {
      if (this.getRootNode() instanceof ShadowRoot) throw new DOMException("not on this page", "NotFoundError");
      return insertBefore.call(this, node, child) as T;
    };
  });
}

test("a panic in our wasm leaves a sentence and a Reload that works, never a dead box", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await chat.say("hello");
  await chat.answered(0);
  await breakTheDom(page);
  await chat.say("text");
  const trouble = chat.element.getByRole("alert");
  await expect(trouble).toBeVisible();
  await expect(trouble).not.toHaveText(/panic|wasm|unreachable|undefined|https?:|\{/i);
  expect(complaints.join("\n"), "the integrator reads what happened").toContain("a bug in chatkit-widget");
  const errors = await chat.events("error");
  expect(errors.at(-1)?.detail).toMatchObject({ error: { name: "ChatKitInternalError" } });
  expect(await violations(page)).toEqual([]);
  complaints.length = 0;

  await trouble.getByRole("button", { name: /Reload/ }).click();
  await page.waitForFunction(() => "features" in window && (window as unknown as { features: { events: unknown[] } }).features.events.length === 0);
  await expect(page.locator("openai-chatkit")).toHaveCount(0);
  await chat.start(() => ({}), undefined);
  await chat.say("hello");
  await expect(chat.answers).toContainText("Hello from the scripted server.");
});

test("after a panic the site's calls are refused, not left open", async ({ page, server, complaints }) => {
  const chat = await features(page, server);
  await breakTheDom(page);
  await chat.say("text");
  await expect(chat.element.getByRole("alert")).toBeVisible();
  for (const [method, ...given] of [["focusComposer"], ["sendUserMessage", { text: "hello" }], ["setThreadId", null]] as const) {
    const outcome = await Promise.race([
      chat.call(method, ...given).then(
        () => "resolved",
        () => "rejected",
      ),
      page.waitForTimeout(5_000).then(() => "left open"),
    ]);
    expect(outcome, method).toBe("rejected");
  }
  complaints.length = 0;
});
