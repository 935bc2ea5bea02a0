/** Where the keyboard is, as a reader would say it. */

import type { Page } from "@playwright/test";

/** Said of what lies outside the widget: an element of the page's, or nothing at all (the browser's own controls). */
export const PAGE = "(page)";
export const NOTHING = "(nothing)";

/** The name of the element with the focus, also inside shadow roots. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(
    ([outside, nothing]) => {
      let element = document.activeElement;
      if (element === null || element === document.body) return nothing;
      if (!element.closest(".ckw")) return outside;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const name = element.getAttribute("aria-label") ?? element.textContent;
      return name?.trim().replace(/\s+/g, " ") || element.tagName.toLowerCase();
    },
    [PAGE, NOTHING] as const,
  );
}

/** Presses `key` that often; the names of what has the focus after each. */
export async function walk(page: Page, key: "Tab" | "Shift+Tab", times: number): Promise<string[]> {
  const names: string[] = [];
  for (let step = 0; step < times; step += 1) {
    await page.keyboard.press(key);
    // What a stop scrolls or shows is drawn before the next press, as it is between two presses of a hand.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn)))));
    names.push(await focused(page));
  }
  return names;
}
