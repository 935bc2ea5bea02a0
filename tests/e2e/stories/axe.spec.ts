/** axe-core finds nothing wrong in any state, in both schemes, on a desk and on a phone. */

import type { Page } from "@playwright/test";

import type { Chat } from "../support/chat.ts";
import type { Demo } from "../support/demo.ts";
import { expect, test, violations } from "../support/test.ts";

interface Stage {
  page: Page;
  chat: Chat;
  demo: Demo;
}

const SESSION = "**/api/chatkit/session";

/** What the session endpoint does with a request: answers as ever, is busy, or keeps silent. */
type Answer = "well" | "busy" | "never";

/** Answers session requests like that, the last one for good. */
async function sessions({ page, demo }: Stage, answers: Answer[]): Promise<void> {
  let next = 0;
  await page.route(SESSION, async (route) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    if (answer === "well") await route.continue();
    if (answer === "busy")
      await route.fulfill({ status: 503, headers: { "access-control-allow-origin": demo.url }, body: "" });
  });
}

/** How each state comes about. The page is loaded, nothing was touched. */
const STATES: Record<string, (stage: Stage) => Promise<void>> = {
  closed: async () => {},
  connecting: async (stage) => {
    await sessions(stage, ["never"]);
    await stage.chat.toggle.click();
    await expect(stage.chat.panel.getByText("Connecting…").first()).toBeVisible();
  },
  retrying: async (stage) => {
    await sessions(stage, ["busy", "never"]);
    await stage.chat.toggle.click();
    await expect(stage.chat.panel.getByText(/Trying again \(2 of 3\)/).first()).toBeVisible();
  },
  failed: async (stage) => {
    await sessions(stage, ["busy"]);
    await stage.chat.toggle.click();
    await expect(stage.chat.panel.getByRole("button", { name: "Try again" })).toBeVisible();
  },
  "start screen": ({ chat }) => chat.open(),
  conversation: async ({ chat }) => {
    await chat.open();
    await chat.converse("What is a servo?");
  },
  offline: async ({ page, chat }) => {
    await chat.toggle.hover();
    await expect(chat.host.locator(".ckw-launcher button.ckw-toggle")).toBeVisible();
    await page.context().setOffline(true);
    await chat.toggle.click();
    await expect(chat.host).toHaveAttribute("data-state", "offline");
  },
  "offline over a conversation": async ({ page, chat }) => {
    await chat.open();
    await chat.converse("What is a servo?");
    await page.context().setOffline(true);
    await expect(chat.panel.locator(".ckw-notice")).toBeVisible();
  },
  renewing: async (stage) => {
    const { page, chat, demo } = stage;
    await chat.open();
    await chat.converse("What is a servo?");
    await sessions(stage, ["never"]);
    await page.route("**/chatkit", (route) =>
      route.fulfill({ status: 401, headers: { "access-control-allow-origin": demo.url }, body: "{}" }),
    );
    await chat.ask("And now?");
    await expect(chat.host).toHaveAttribute("data-state", "renewing");
  },
  "a session that is turned down over a conversation": async (stage) => {
    const { page, chat, demo } = stage;
    await chat.open();
    await chat.converse("What is a servo?");
    await sessions(stage, ["busy"]);
    await page.route("**/chatkit", (route) =>
      route.fulfill({ status: 401, headers: { "access-control-allow-origin": demo.url }, body: "{}" }),
    );
    await chat.ask("And now?");
    await expect(chat.banner).toBeVisible();
  },
  "an answer that failed": async ({ page, chat }) => {
    await chat.open();
    await chat.converse("What is a servo?");
    await page.route("**/chatkit", (route) => route.abort("connectionrefused"));
    await chat.ask("And now?");
    await expect(chat.banner).toBeVisible();
  },
  closing: async ({ page, chat }) => {
    await chat.open();
    await page.keyboard.press("Escape");
  },
};

const VIEWPORTS = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`axe finds nothing wrong, ${size}, ${scheme}`, async ({ page, chat, demo, complaints }) => {
      test.setTimeout(180_000);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      // Each state begins without the one before; the page that is left stores how it was.
      await page.addInitScript(() => sessionStorage.clear());
      for (const [name, reach] of Object.entries(STATES)) {
        await page.goto("/book/servo");
        await expect(chat.toggle).toBeVisible();
        await reach({ page, chat, demo });
        // Dark differs from light in its colours alone.
        expect(await violations(page, { colours: scheme === "dark" }), name).toEqual([]);
        await page.context().setOffline(false);
        await page.unroute(SESSION);
        await page.unroute("**/chatkit");
      }
      complaints.length = 0;
    });
  }
}

test("axe finds nothing wrong while an answer is written", async ({ page, chat, demo }) => {
  await demo.backend.start({ wordDelay: 200 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/book/servo");
  await chat.open();
  await chat.ask("What is a servo?");
  await expect(chat.answers.first()).toContainText(/\w+ \w+/);
  for (const viewport of Object.values(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(chat.answers.first()).toHaveAttribute("data-streaming");
      expect(await violations(page)).toEqual([]);
    }
  }
});
