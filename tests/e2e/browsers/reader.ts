/** The widget as a reader of any browser meets it, through WebDriver alone. */

import { By, Key, type WebDriver, type WebElement } from "selenium-webdriver";

const PATIENCE = 20_000;

/** Finds by CSS in the page or, with `>>>`, in the shadow tree of what stands before it. */
const FIND = `
  const [path, all] = arguments;
  let scopes = [document];
  const parts = path.split(">>>").map((part) => part.trim());
  parts.forEach((part, index) => {
    const found = scopes.flatMap((scope) => [...scope.querySelectorAll(part)]);
    scopes = index + 1 < parts.length ? found.flatMap((element) => element.shadowRoot ?? []) : found;
  });
  return all ? scopes : (scopes[0] ?? null);
`;

/** The middle of an element in the window, which it is brought into, as soon as it no longer moves; null once it is gone. */
const MIDDLE = `
  const [element, done] = arguments;
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  let before = "";
  const look = () => {
    const { left, top, width, height } = element.getBoundingClientRect();
    if (!element.isConnected || width === 0) return done(null);
    const now = [left, top, width, height].join();
    if (now === before) return done([Math.round(left + width / 2), Math.round(top + height / 2)]);
    before = now;
    requestAnimationFrame(() => requestAnimationFrame(look));
  };
  look();
`;

export class Reader {
  constructor(readonly browser: WebDriver) {}

  async all(path: string): Promise<WebElement[]> {
    return this.browser.executeScript<WebElement[]>(FIND, path, true);
  }

  /** Waits until something can be seen there. */
  async see(path: string): Promise<WebElement> {
    return this.until(`${path} can be seen`, async () => {
      const element = await this.browser.executeScript<WebElement | null>(FIND, path, false);
      return element !== null && (await element.isDisplayed()) ? element : undefined;
    });
  }

  /** Presses the middle of it with the mouse. WebDriver's own click takes the shadow tree's host for an obstacle. */
  async press(path: string): Promise<void> {
    // The toggle that the page came with is replaced by the container's while the reader reaches for it.
    const [x, y] = await this.until(`${path} stands still`, async () => {
      const place = await this.browser.executeAsyncScript<[number, number] | null>(MIDDLE, await this.see(path));
      return place ?? undefined;
    });
    await this.browser.actions().move({ x, y, duration: 0 }).click().perform();
  }

  /** Waits until `look` gives something. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    let found: T | undefined;
    await this.browser.wait(
      async () => {
        // What was found a moment ago may have been drawn anew.
        found = await look().catch(() => undefined);
        return found !== undefined;
      },
      PATIENCE,
      `waited in vain until ${what}`,
    );
    return found as T;
  }

  async textOf(path: string): Promise<string> {
    const element = await this.see(path);
    return this.browser.executeScript<string>("return arguments[0].textContent", element);
  }

  /** Types into what has the focus, as hands do. */
  async type(...keys: string[]): Promise<void> {
    await this.browser.actions().sendKeys(...keys).perform();
  }

  /** The focus, through all shadow trees: its tag and class. */
  async focus(): Promise<string> {
    return this.browser.executeScript<string>(`
      let focus = document.activeElement;
      while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
      return focus ? focus.localName + "." + focus.className : "";
    `);
  }

  async focusIs(wanted: RegExp): Promise<void> {
    await this.until(`the focus is at ${wanted}`, async () => (wanted.test(await this.focus()) ? true : undefined));
  }

  /** Asks through the composer, which has the focus after opening, and waits for the whole answer. */
  async converse(question: string): Promise<string> {
    const before = (await this.all("openai-chatkit >>> .ck-assistant")).length;
    await this.press("openai-chatkit >>> textarea");
    await this.type(question, Key.ENTER);
    return this.until(`"${question}" is answered`, async () => {
      const answers = await this.all("openai-chatkit >>> .ck-assistant:not([data-streaming])");
      const answer = answers[before];
      return answer && this.browser.executeScript<string>("return arguments[0].textContent", answer);
    });
  }

  async attribute(css: string, name: string): Promise<string | null> {
    return this.browser.findElement(By.css(css)).getAttribute(name);
  }
}
