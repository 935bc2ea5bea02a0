/** A reader at the widget: opens it, writes, presses what is offered, and looks at the screen. */

import type { Page } from "@playwright/test";

import type { ScriptedServer } from "../support/scripted.ts";
import { PREFIX } from "../support/strict-site.ts";
import type { Remedy, Screen } from "./judge.ts";
import type { Proxy } from "./proxy.ts";
import { look } from "./screen.ts";

/** The option of the element's `api` with its time limits, and limits that a test can wait for, in milliseconds. */
export const TIMEOUTS = {
  timeouts: { headers: 2_500, firstEvent: 2_500, silence: 2_500, request: 2_500, upload: 2_500, callback: 2_500, clientTool: 5_000 },
};

/** The end of every answer of the words that the reader writes. */
const ALL = "that is all.";
/** Milliseconds between two looks at the screen. */
const LOOK = 100;
/** Milliseconds after which the screen is not about to change: with something to press, and with nothing. */
const STEADY = { help: 400, quiet: 3_000 };

/** The end of waiting. */
export type Seen = "done" | "help" | "quiet" | "waiting";

/** The page, and what goes with it. */
export interface Place {
  page: Page;
  /** Origin of the page. */
  site: string;
  proxy: Proxy;
  /** The tenant's server, asked past the proxy. */
  server: ScriptedServer;
  tenant: string;
  /** True for a server that knows a repeated request by its key. */
  keyed: boolean;
  /** True for a page with `TIMEOUTS`. */
  timeouts: boolean;
}

/** The page with the widget; its options are in its address. */
export const PAGE = `<main><h1>Faults</h1></main>
<script>
  const options = new URL(location).searchParams;
  const more = JSON.parse(options.get("api"));
  const define = customElements.define.bind(customElements);
  // What the widget has no option for is given to the element.
  customElements.define = (name, constructor, rest) => {
    if (name === "openai-chatkit") {
      const set = constructor.prototype.setOptions;
      constructor.prototype.setOptions = function (given) {
        return set.call(this, { ...given, api: { ...given.api, ...more } });
      };
    }
    define(name, constructor, rest);
  };
</script>
<script type="module">
  import { mountChatWidget } from "${PREFIX}dist/public/index.js";
  mountChatWidget(document.body, {
    backendUrl: options.get("backend"),
    engine: "selfhosted",
    chatkit: {
      threadItemActions: { feedback: true, retry: true },
      composer: { attachments: { enabled: true } },
      onClientTool: () => {
        sessionStorage.setItem("runs", Number(sessionStorage.getItem("runs") ?? 0) + 1);
        return { selected: [1, 2] };
      },
    },
  });
</script>`;

export class Reader {
  constructor(readonly place: Place) {}

  /** Milliseconds that a reader waits before giving up: with short time limits longer than all that the product waits by itself. */
  get patience(): number {
    return this.place.timeouts ? 30_000 : 16_000;
  }

  /** The server's address as the page knows it. */
  private get backend(): string {
    return `${this.place.proxy.url}/t/${this.place.tenant}`;
  }

  /** Lets the page's clock be set forward; before the page is loaded. */
  async clock(): Promise<void> {
    await this.place.page.clock.install();
  }

  /** Loads the page, with the chat closed; with a thread, as a tab that had it open. */
  async load(thread?: string): Promise<void> {
    const { page, site, timeouts } = this.place;
    if (thread !== undefined) {
      const kept = JSON.stringify({ v: 1, open: true, thread, secret: null });
      // Only at first: what the page itself keeps later is what a reload brings back.
      await page.addInitScript(([key, kept]) => sessionStorage.getItem(key) ?? sessionStorage.setItem(key, kept), [
        `chatkit-widget:${this.backend}`,
        kept,
      ] as const);
    }
    const query = new URLSearchParams({ backend: this.backend, api: JSON.stringify(timeouts ? TIMEOUTS : {}) });
    await page.goto(`${site}/?${query}`);
  }

  /** Presses the toggle. */
  async open(): Promise<void> {
    await this.place.page.locator("button.ckw-toggle").filter({ visible: true }).click();
  }

  /** Loads the page and opens the chat. */
  async begin(): Promise<void> {
    await this.load();
    await this.open();
    await this.settled((screen) => screen.draft !== undefined && !screen.waiting, "the chat is ready");
  }

  /** Loads the page again; an open chat is open afterwards. */
  async reload(): Promise<void> {
    await this.place.page.reload();
  }

  /** Writes a message and sends it. */
  async say(text: string): Promise<void> {
    const field = this.place.page.locator("openai-chatkit textarea.ck-field");
    await field.fill(text);
    await field.press("Enter");
  }

  /** Sends a message and waits for the whole answer. */
  async converse(text: string): Promise<void> {
    const before = (await this.look()).answers.length;
    await this.say(text);
    await this.settled((screen) => answered(screen, before + 1), `an answer to "${text}"`);
  }

  /** Looks at the screen, once a page that is being loaded is there. */
  async look(): Promise<Screen> {
    return look(this.place.page).catch(async (error: Error) => {
      if (!/navigation|context/i.test(error.message)) throw error;
      await this.place.page.waitForLoadState();
      return look(this.place.page);
    });
  }

  /** Waits until the screen is as it must be before a fault comes. */
  async settled(ready: (screen: Screen) => boolean, what: string): Promise<void> {
    const end = Date.now() + 20_000;
    while (!ready(await this.look())) {
      if (Date.now() > end) throw new Error(`${what}: not so after 20 s\n${JSON.stringify(await this.look())}`);
      await this.pause();
    }
  }

  /**
   * Waits for the end of what was begun, for at most `patience` milliseconds.
   * @param helps - returns whether there is something to press
   * @param hold - how long it must stay done
   */
  async watch(
    done: (screen: Screen) => boolean,
    helps: (screen: Screen) => boolean,
    patience: number,
    hold = LOOK,
  ): Promise<Seen> {
    const began = Date.now();
    let since: { what: Seen; at: number } | undefined;
    for (;;) {
      const screen = await this.look();
      const what = done(screen) ? "done" : screen.waiting ? "waiting" : helps(screen) ? "help" : "quiet";
      if (what !== since?.what) since = { what, at: Date.now() };
      const held = Date.now() - since.at;
      if (held >= { done: hold, help: STEADY.help, quiet: STEADY.quiet, waiting: Infinity }[what]) return what;
      if (Date.now() - began > patience) return what;
      await this.pause();
    }
  }

  /** Presses something. */
  async press({ press }: Remedy): Promise<void> {
    const { page } = this.place;
    const element = page.locator("openai-chatkit");
    const around = page.locator(".ckw-chrome");
    const button = (name: string) =>
      element.locator(".ck-banner, .ck-user").or(around.locator(".ckw-cover, .ckw-notice")).getByRole("button", { name }).last();
    switch (press) {
      case "try again":
        return button("Try again").click();
      case "new chat":
        return button("New chat").click();
      case "edit":
        return button("Edit message").click();
      case "chip":
        return element.locator('.ck-chip[data-state="failed"]').getByRole("button", { name: /^Upload/ }).last().click();
      case "thumb":
        return this.thumb();
      case "fill the form":
        return this.answer();
      case "send answers":
        return element.getByRole("button", { name: "Send answers" }).click();
      case "enter":
        return element.locator("textarea.ck-field").press("Enter");
      case "answer again":
        return this.again();
    }
  }

  /** Presses Stop. */
  async stop(): Promise<void> {
    await this.place.page.locator("openai-chatkit").getByRole("button", { name: "Stop answering" }).click();
  }

  /** Presses "New chat" in the panel's header. */
  async newChat(): Promise<void> {
    const button = this.place.page.locator('.ckw-header-button[aria-label="New chat"]');
    if (await button.isEnabled()) await button.click();
  }

  /** Presses the thumb under the last answer. */
  async thumb(): Promise<void> {
    await this.place.page.locator("openai-chatkit").getByRole("button", { name: "Good answer" }).last().click();
  }

  /** Asks for another answer to the last question. */
  async again(): Promise<void> {
    await this.place.page.locator("openai-chatkit").getByRole("button", { name: "Answer again" }).last().click();
  }

  /** Fills the form and sends it. */
  async answer(): Promise<void> {
    const form = this.place.page.locator("openai-chatkit form.ck-structured");
    const fields = form.locator("textarea");
    for (let at = 0; at < (await fields.count()); at += 1) await fields.nth(at).fill(`given ${at}`);
    await form.getByRole("button", { name: "Send answers" }).click();
  }

  /** Skips the form, where one is in the way. */
  async skip(): Promise<void> {
    await this.place.page.locator("openai-chatkit form.ck-structured").getByRole("button", { name: "Skip", exact: true }).click();
  }

  /** Chooses a file. */
  async file(name: string): Promise<void> {
    const file = { name, mimeType: "text/plain", buffer: Buffer.from("a file") };
    await this.place.page.locator("openai-chatkit .ck-file-input").setInputFiles(file);
  }

  /** Returns how often the page's function ran. */
  async runs(): Promise<number> {
    return this.place.page.evaluate(() => Number(sessionStorage.getItem("runs") ?? 0));
  }

  async pause(ms = LOOK): Promise<void> {
    await new Promise((done) => setTimeout(done, ms));
  }
}

/** Returns whether this many answers are there, the last of them whole, and nothing goes on. */
export function answered(screen: Screen, count: number): boolean {
  const last = screen.answers.at(-1);
  return screen.answers.length >= count && !screen.waiting && last !== undefined && !last.streaming && last.text.endsWith(ALL);
}
