/**
 * Stories about single features: the scripted server, and nothing but the element on the page, used through OpenAI's
 * own React binding.
 *
 * ```ts
 * test("a story", async ({ page, server }) => {
 *   const chat = await features(page, server, () => ({ threadItemActions: { feedback: true } }));
 *   await chat.say("hello");
 *   await expect(await chat.answered(0)).toContainText("Hello from the scripted server.");
 * });
 * ```
 */

import type { Locator, Page } from "@playwright/test";

import { ScriptedServer } from "./scripted.ts";
import { expect, fileDialog, test as base, violations } from "./test.ts";

export const test = base.extend<{ server: ScriptedServer }>({
  baseURL: async ({ scripted }, use) => use(scripted.page),
  // A tenant a story and a try; whoever uses the server is told of what the page complained about.
  server: async ({ scripted, complaints: _complaints }, use, info) =>
    use(new ScriptedServer(scripted, `${info.testId}-${info.retry}`)),
});

export { expect, fileDialog, violations };

/** One event of the element, without its prefix `chatkit.`; an error's detail is `{error: {name, message}}`. */
export interface Recorded {
  name: string;
  detail: unknown;
}

/** A request of the protocol as it was sent. */
export interface Sent {
  type: string;
  params: Record<string, any>;
  metadata?: Record<string, unknown>;
}

/** What `window.features` is on the page; see `www/src/features/bare.tsx`. */
interface OnPage {
  start(options: unknown): Promise<void>;
  set(options: unknown): void;
  events: Recorded[];
  kit: Record<string, (...given: unknown[]) => Promise<unknown>>;
}

/** The element as a person meets it, and as its site does. */
export class Features {
  readonly element: Locator;
  readonly composer: Locator;
  readonly questions: Locator;
  readonly answers: Locator;
  /** Requests of the protocol, in order. */
  readonly sent: Sent[] = [];

  constructor(
    readonly page: Page,
    readonly server: ScriptedServer,
  ) {
    this.element = page.locator("openai-chatkit");
    this.composer = this.element.getByRole("textbox");
    this.questions = this.element.locator(".ck-user");
    this.answers = this.element.locator(".ck-assistant");
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url() === `${server.url}/chatkit`) {
        this.sent.push(request.postDataJSON() as Sent);
      }
    });
  }

  /** Types a message and sends it. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** Waits until the answer with this number, counted from 0, is there whole. */
  async answered(index: number): Promise<Locator> {
    const answer = this.answers.nth(index);
    await expect(answer).toBeVisible();
    await expect(answer).not.toHaveAttribute("data-streaming", /.*/);
    return answer;
  }

  /** The requests of one operation, in order. */
  requests(operation: string): Sent[] {
    return this.sent.filter(({ type }) => type === operation);
  }

  /** Every event until now, in order; those of one name if it is given. `log` events are left out unless asked for. */
  async events(name?: string): Promise<Recorded[]> {
    const all = await this.page.evaluate(() => (window as unknown as { features: OnPage }).features.events);
    return all.filter((event) => (name === undefined ? event.name !== "log" : event.name === name));
  }

  /** The open thread, as the element told its site. */
  async threadId(): Promise<string> {
    const changes = (await this.events("thread.change")) as { detail: { threadId: string | null } }[];
    return changes.at(-1)?.detail.threadId ?? "";
  }

  /** Waits until the element has told of the end of its `count`th response. */
  async responded(count = 1): Promise<void> {
    await expect.poll(async () => (await this.events("response.end")).length).toBe(count);
  }

  /** Calls a method of the element as the site would; a rejection comes out as an error. Plain data only. */
  async call(method: string, ...given: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      ([method, given]) => (window as unknown as { features: OnPage }).features.kit[method]?.(...given),
      [method, given] as const,
    );
  }

  /** Gives the element other options, as a component does that renders again; `options` runs in the page. */
  async set<G = undefined>(options: (given: G) => object, given?: G): Promise<void> {
    await this.page.evaluate(`window.features.set(${this.source(options, given as G)})`);
  }

  /** For `features`: draws the element. */
  async start<G>(options: (given: G) => object, given: G): Promise<void> {
    await this.page.evaluate(`window.features.start(${this.source(options, given)})`);
  }

  /** The options as the page makes them: the server's address under those the story gives. */
  private source<G>(options: (given: G) => object, given: G): string {
    const api = JSON.stringify({ url: `${this.server.url}/chatkit`, domainKey: "local-dev" });
    return `(() => {
      const options = (${options.toString()})(${JSON.stringify(given) ?? "undefined"});
      return { ...options, api: { ...${api}, ...options.api } };
    })()`;
  }
}

/**
 * Opens the page and waits until the chat is ready. `options` runs in the page, so it may hold functions, and may use
 * nothing of the story's but `given`, which is plain data.
 */
export async function features<G = undefined>(
  page: Page,
  server: ScriptedServer,
  options: (given: G) => object = () => ({}),
  given?: G,
): Promise<Features> {
  const chat = new Features(page, server);
  await page.goto("/features.html?bare");
  await page.waitForFunction(() => "features" in window);
  await chat.start(options, given as G);
  return chat;
}
