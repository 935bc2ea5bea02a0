/** Measuring what is drawn, in the widget and in the chat's shadow root. */

import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** A box in CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where it is drawn, once it is: the container's toggle may just be replacing the one of the page's HTML. */
export async function boxOf(locator: Locator): Promise<Box> {
  let box: Box | null = null;
  await expect
    .poll(async () => (box = await locator.boundingBox().catch(() => null)), { message: `${locator} is drawn` })
    .not.toBeNull();
  return box ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** Nothing of it is outside the window, and the page cannot be scrolled sideways. */
export async function expectInWindow(page: Page, locator: Locator): Promise<void> {
  const box = await boxOf(locator);
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.clientHeight,
  }));
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(width);
  expect(box.y + box.height).toBeLessThanOrEqual(height);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}

/**
 * What of the panel's texts and controls cannot be read or reached, in words: wider than the panel, wider or higher than
 * a box that hides the rest, or pushed out of it. What can be scrolled to is reachable.
 */
export async function cut(panel: Locator): Promise<string[]> {
  return panel.evaluate((panel) => {
    const outer = panel.getBoundingClientRect();
    const found: string[] = [];
    const visit = (element: Element): void => {
      const style = getComputedStyle(element);
      const hidden = style.visibility === "hidden" || style.display === "none" || style.clipPath !== "none";
      if (hidden) return;
      const name = `${element.localName}.${element.getAttribute("class") ?? ""} "${element.textContent?.trim().slice(0, 40)}"`;
      const box = element.getBoundingClientRect();
      const drawn = box.width > 0 && box.height > 0;
      if (drawn && (box.left < outer.left - 1 || box.right > outer.right + 1)) found.push(`wider than the panel: ${name}`);
      const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
      // One more pixel: descenders and rounded line heights.
      // What a clip lets out over its edge is seen all the same.
      const seen = 1 + (Number.parseFloat(style.overflowClipMargin) || 0);
      if (drawn && hides(style.overflowX) && element.scrollWidth > element.clientWidth + seen) found.push(`cut at the side: ${name}`);
      if (drawn && hides(style.overflowY) && element.scrollHeight > element.clientHeight + seen) found.push(`cut below: ${name}`);
      // A field with much text in it scrolls; its hint must be seen whole.
      const control = element.matches("button, textarea:placeholder-shown");
      if (control && drawn && element.scrollHeight > element.clientHeight + 1) {
        found.push(`bigger than its control: ${name}`);
      }
      const children = [...element.children, ...(element.shadowRoot?.children ?? [])];
      if (!(element instanceof SVGElement)) children.forEach(visit);
    };
    [...panel.children].forEach(visit);
    return found;
  });
}
