import { writeFileSync } from "node:fs";

import { expect, test as base } from "@playwright/test";
import { Key } from "selenium-webdriver";

import { type Demo, startDemo } from "../support/demo.ts";
import { type BrowserName, startBrowser } from "./driver.ts";
import { Reader } from "./reader.ts";

const test = base.extend<object, { demo: Demo }>({
  demo: [
    async ({}, use) => {
      const { demo, stop } = await startDemo({ configured: true });
      await use(demo);
      await stop();
    },
    { scope: "worker" },
  ],
});

// WebKit for its own sake exists on Linux alone.
const BROWSERS: BrowserName[] = process.platform === "linux" ? ["firefox", "webkit"] : ["firefox"];

for (const name of BROWSERS) {
  test(`${name}: asked, answered, cited, walked, reloaded, and closed with the keyboard`, async ({ demo }, info) => {
    const { browser, stop } = await startBrowser(name);
    try {
      const reader = new Reader(browser);
      await browser.get(demo.url);
      await reader.press(".ckw button.ckw-toggle");
      await reader.focusIs(/^textarea/);

      const answer = await reader.converse("What is a servo?");
      expect(answer).toMatch(/servo/i);
      expect(await reader.textOf("openai-chatkit >>> .ck-assistant blockquote")).toMatch(/servo/i);

      // A citation opens its page under the open chat.
      await reader.press("openai-chatkit >>> .ck-assistant summary");
      await reader.press("openai-chatkit >>> .ck-assistant a.ck-source");
      await reader.until("the cited page is there", async () =>
        /\/book\/servo/.test(await browser.getCurrentUrl()) ? true : undefined,
      );
      await reader.see("openai-chatkit >>> .ck-assistant");

      // A full load of the page: the panel is open again, the conversation in it, and it goes on.
      await browser.navigate().refresh();
      await reader.see("openai-chatkit >>> .ck-assistant");
      await reader.converse("And how is it controlled?");

      await reader.type(Key.ESCAPE);
      await reader.until("the panel is closed", async () =>
        (await reader.attribute(".ckw", "data-panel")) === "closed" ? true : undefined,
      );
      await reader.focusIs(/ckw-toggle/);
      await reader.type(Key.ENTER);
      await reader.until("both answers are back", async () =>
        (await reader.all("openai-chatkit >>> .ck-assistant")).length === 2 ? true : undefined,
      );
    } catch (error) {
      writeFileSync(info.outputPath("screen.png"), Buffer.from(await browser.takeScreenshot(), "base64"));
      throw error;
    } finally {
      await stop();
    }
  });
}
