/**
 * What the widget looks like, state by state: reference images in `shots/`, small ones of the widget alone.
 *
 * After a wanted change: `npx playwright test shots --update-snapshots`, then look at every image that git shows as
 * changed. They are drawn with the font DejaVu Sans (Debian: `fonts-dejavu-core`), so that another machine draws the
 * same letters. Another version of Chromium smooths them a little differently: pixels may differ by a fifth of what
 * there is between black and white, and 0.5 % of an image by more. A button that is missing, or a line of text that
 * moved, is beyond that.
 */

import type { Page, Route } from "@playwright/test";

import { openPlain } from "../support/plain.ts";
import { expect, test } from "../support/test.ts";

const SIZES = [
  { width: 320, height: 568 },
  { width: 768, height: 720 },
  { width: 1440, height: 720 },
];

/** The colours of a quiet site in both schemes, and no motion of the page's own. */
const SITE = `
  :root { color-scheme: light; background: #f6f6f4; font-family: "DejaVu Sans"; }
  :root[data-theme="dark"] { color-scheme: dark; background: #101113; color: #eee; }
  main { padding: 16px; }`;

const CHATKIT = {
  startScreen: {
    greeting: "What would you like to know?",
    prompts: [
      { label: "What is a servo?", prompt: "What is a servo?", icon: "bolt" },
      { label: "How do I tune a PID controller?", prompt: "How do I tune a PID controller?", icon: "chart" },
    ],
  },
  threadItemActions: { retry: true },
  disclaimer: { text: "Answers come from this book." },
};

/** How the server answers when it is asked for a session. */
type Session = "keeps silent" | "is busy" | "refuses" | "is cut off" | "works";

/** The widget and a little of the page around it: the lower corner, all of a phone. */
async function shoot(page: Page, name: string, side: "left" | "right", part: { width: number; height: number }): Promise<void> {
  const viewport = page.viewportSize() ?? part;
  const width = Math.min(part.width, viewport.width);
  const height = Math.min(part.height, viewport.height);
  const x = side === "right" ? viewport.width - width : 0;
  await expect(page).toHaveScreenshot(`${name}.png`, {
    clip: { x, y: viewport.height - height, width, height },
    maxDiffPixelRatio: 0.005,
    threshold: 0.2,
  });
}

async function expectFont(page: Page): Promise<void> {
  const installed = await page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return false;
    const width = (font: string): number => {
      context.font = `40px ${font}`;
      return context.measureText("mmmmiiii").width;
    };
    return width('"DejaVu Sans", monospace') !== width("monospace");
  });
  expect(installed, "the font DejaVu Sans is installed (Debian: fonts-dejavu-core)").toBe(true);
}

for (const viewport of SIZES) {
  for (const scheme of ["light", "dark"] as const) {
    for (const dir of ["ltr", "rtl"] as const) {
      test(`${viewport.width} px, ${scheme}, ${dir}`, async ({ page, chat, demo, complaints }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ reducedMotion: "reduce", colorScheme: scheme });
        // Time stands still where a picture shows how long something takes.
        await page.clock.install();
        let session: Session = "keeps silent";
        const silent: Route[] = [];
        const answer = (route: Route): Promise<void> => {
          if (session === "works") return route.continue();
          if (session === "is cut off") return route.abort("internetdisconnected");
          const [status, headers] = session === "is busy" ? [503, { "retry-after": "4", "access-control-expose-headers": "retry-after" }] : [400, {}];
          return route.fulfill({ status, headers, json: {} });
        };
        await page.route("**/api/chatkit/session", async (route) => {
          if (session === "keeps silent") silent.push(route);
          else await answer(route);
        });
        /** Messages wait on their way to the server until they are let go. */
        const messages: Route[] = [];
        const nextMessage = async (): Promise<Route> => {
          await expect.poll(() => messages.length).toBeGreaterThan(0);
          return messages.splice(0)[0] as Route;
        };
        const site = { html: `data-theme="${scheme}" dir="${dir}"`, css: SITE, options: { chatkit: CHATKIT } };
        const panel = { width: 440, height: 700 };
        const shot = (name: string, part = panel) =>
          shoot(page, `${viewport.width}-${scheme}-${dir}-${name}`, dir === "ltr" ? "right" : "left", part);

        await openPlain(page, demo, site);
        await expect(chat.toggle).toBeVisible();
        await expectFont(page);
        await shot("closed", { width: 120, height: 120 });

        await chat.toggle.click();
        await expect(chat.panel.getByText(/Connecting/).first()).toBeVisible();
        await expect(chat.host).toHaveAttribute("data-panel", "open");
        await page.mouse.move(viewport.width / 2, 1);
        await shot("connecting");

        session = "is busy";
        await expect.poll(() => silent.length).toBeGreaterThan(0);
        await Promise.all(silent.splice(0).map(answer));
        await expect(chat.panel.getByText(/Trying again \(2 of 3\)/).first()).toBeVisible();
        await page.clock.pauseAt(await page.evaluate(() => Date.now() + 300));
        await shot("retrying");
        await page.clock.resume();

        session = "refuses";
        await page.clock.fastForward(5_000);
        await expect(chat.panel.getByRole("button", { name: "Try again" })).toBeVisible();
        await shot("failed");

        session = "is cut off";
        await page.context().setOffline(true);
        await expect(chat.host).toHaveAttribute("data-state", "offline");
        await page.mouse.move(viewport.width / 2, 1);
        await shot("offline");

        session = "works";
        await page.context().setOffline(false);
        await chat.ready();
        await page.mouse.move(viewport.width / 2, 1);
        await shot("start");

        await chat.converse("What is a servo?");
        await expect(chat.element.getByRole("button", { name: "Send" })).toBeVisible();
        await page.mouse.move(viewport.width / 2, 1);
        await shot("conversation");

        await page.route("**/chatkit", (route) => void messages.push(route));
        await chat.ask("What is a robot?");
        const asked = await nextMessage();
        await shot("busy");
        await chat.panel.getByRole("button", { name: "Close chat" }).click();
        await asked.continue();
        await expect(chat.toggle).toHaveAccessibleName("Open chat, 1 new answer");
        await page.mouse.move(viewport.width / 2, 1);
        await shot("unread", { width: 120, height: 120 });

        // The session ends in the middle of it; the new one takes its time, and there is none.
        await chat.open();
        await chat.panel.getByRole("button", { name: "New chat" }).click();
        session = "keeps silent";
        await chat.ask("How is it controlled?");
        await (await nextMessage()).fulfill({ status: 401, json: {} });
        await expect.poll(() => silent.length).toBeGreaterThan(0);
        await page.clock.fastForward(1_200);
        await expect(chat.host).toHaveAttribute("data-state", "renewing");
        await page.mouse.move(viewport.width / 2, 1);
        await shot("renewing");
        session = "refuses";
        await Promise.all(silent.splice(0).map(answer));
        await expect(chat.banner).toBeVisible();
        await expect(page.locator(".ckw-notice")).toHaveCount(0);
        await shot("refused");
        complaints.length = 0;
      });
    }
  }
}
