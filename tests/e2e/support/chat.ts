/** The widget as a reader meets it: what can be seen and pressed, by role and name. */

import { expect, type Locator, type Page } from "@playwright/test";

export class Chat {
  readonly host: Locator;
  readonly toggle: Locator;
  readonly panel: Locator;
  readonly element: Locator;
  readonly composer: Locator;
  readonly banner: Locator;
  readonly questions: Locator;
  readonly answers: Locator;

  constructor(readonly page: Page) {
    this.host = page.locator(".ckw");
    this.toggle = this.host.locator("button.ckw-toggle").filter({ visible: true });
    this.panel = page.getByRole("dialog", { name: "Ask the book" });
    this.element = page.locator("openai-chatkit");
    this.composer = this.element.getByRole("textbox");
    this.banner = this.element.locator(".ck-banner");
    this.questions = this.element.locator(".ck-user");
    this.answers = this.element.locator(".ck-assistant");
  }

  /** Presses the toggle and waits until a question can be typed. */
  async open(): Promise<void> {
    await this.toggle.click();
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.panel).toBeVisible();
    await expect(this.composer).toBeVisible();
  }

  async ask(question: string): Promise<void> {
    await this.composer.fill(question);
    await this.composer.press("Enter");
  }

  /** Waits for the whole of the answer with this number, counted from 0. */
  async answered(index: number): Promise<Locator> {
    const answer = this.answers.nth(index);
    await expect(answer).toBeVisible();
    await expect(answer).not.toHaveAttribute("data-streaming", /.*/);
    return answer;
  }

  /** Asks and waits for the whole answer. */
  async converse(question: string): Promise<Locator> {
    const before = await this.answers.count();
    await this.ask(question);
    return this.answered(before);
  }
}
