/**
 * Arrival: the reader followed a citation, the page changes under the chat, and the cited passage is looked for until it
 * is drawn. Routers draw when they like (data is loaded, code is fetched, a transition runs), so the page is watched
 * instead of waited for.
 */
import { blockOf, elementOf, findQuote } from "./content.js";
import { samePage } from "./link.js";
import { markPassage } from "./marking.js";
import { adoptPageStyles } from "./styles.js";
import type { Destination } from "./text-fragment.js";

/** Milliseconds after which a page that never drew the passage is given up. Slow networks need some, nobody a minute. */
const PATIENCE = 10_000;

/** How often the focus is taken back from code of others. */
const MOST_TAKEN = 3;

/** What of the reader says: I am reading now, do not move the page any more. */
const TAKEN_OVER = ["pointerdown", "wheel", "touchmove", "keydown"] as const;

/** How to arrive. */
export interface ArrivalOptions {
  /** The option `askSelector`: where the content is. */
  selector: string | false | undefined;
  /** The page stays the same; only the place on it changes. */
  onSamePage: boolean;
}

/** An arrival in progress, or arrived. */
export interface Arrival {
  /** Stops looking, and takes the mark away. */
  end(): void;
}

/** What was found: the words, or at least their section. */
interface Found {
  range: Range | undefined;
  /** The passage's paragraph, or the section's heading. */
  block: Element;
}

function look({ url, quote }: Destination, selector: ArrivalOptions["selector"]): Found | undefined {
  // Before the router has changed the address, the page is still the old one.
  if (!samePage(new URL(document.URL), url)) return undefined;
  const section = elementOf(url.hash);
  const range = quote && findQuote(quote, section, selector);
  const block = range === undefined ? section : blockOf(range.startContainer);
  return block === null ? undefined : { range, block };
}

/** Scrolls to the destination as soon as it is drawn, marks the quote, and brings the focus there. */
export function arrive(destination: Destination, { selector, onSamePage }: ArrivalOptions): Arrival {
  let found: Found | undefined;
  let unmark = (): void => undefined;
  let frame = 0;
  const watching = new AbortController();
  const { signal } = watching;

  const settle = (): void => {
    frame = 0;
    // What was found may be replaced while the page is still being drawn, and the section is only second best.
    if (found?.range !== undefined && found.block.isConnected) return;
    const next = look(destination, selector);
    if (next === undefined || (next.range === undefined && next.block === found?.block)) return;
    found = next;
    unmark();
    if (next.range !== undefined) unmark = markPassage(next.range);
    // Marking may have changed the page; what is watched for is what others change.
    observer.takeRecords();
    reveal(next.block, onSamePage);
  };
  const observer = new MutationObserver(() => {
    frame ||= requestAnimationFrame(settle);
  });

  adoptPageStyles(document);
  observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
  const patience = setTimeout(() => watching.abort(), PATIENCE);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(patience);
  });
  for (const sign of TAKEN_OVER) addEventListener(sign, () => watching.abort(), { capture: true, passive: true, signal });
  // Others move the focus on arrival too: a panel that closes gives it back to its toggle, a router to its heading.
  // Until the reader does something the passage has the last word, but argues with nobody for ever.
  let taken = 0;
  const focusLost = (event: Event): void => {
    const { target } = event;
    if (found === undefined || !(target instanceof Element) || target === found.block || taken === MOST_TAKEN) return;
    taken += 1;
    focus(found.block);
  };
  addEventListener("focusin", focusLost, { capture: true, signal });
  settle();

  const marked = new AbortController();
  const end = (): void => {
    watching.abort();
    marked.abort();
    unmark();
  };
  // As browsers do with their own marks: a press on the page wipes it off; the chat may be used meanwhile.
  const onPage = (event: Event): boolean => !(event.target instanceof Element && event.target.closest(".ckw") !== null);
  addEventListener("pointerdown", (event) => onPage(event) && end(), { capture: true, passive: true, signal: marked.signal });
  addEventListener("keydown", (event) => event.key === "Escape" && onPage(event) && end(), { capture: true, signal: marked.signal });
  return { end };
}

/**
 * Scrolls there and moves the focus, as a browser does for a link: the keyboard and a screen reader go on reading at the
 * passage, not at the link in the chat. The focus goes to the passage's paragraph, or to the section's heading.
 */
function reveal(block: Element, smoothly: boolean): void {
  const calm = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;
  const place = block.getBoundingClientRect().height < innerHeight / 2 ? "center" : "start";
  // A new page opens at its place, as pages do; only on the page before the reader's eyes is there a way to show.
  block.scrollIntoView({ block: place, behavior: smoothly && !calm ? "smooth" : "instant" });
  focus(block);
}

function focus(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  if (!element.hasAttribute("tabindex")) {
    // Only while it has the focus: a click into a paragraph with a tabindex would focus it.
    element.setAttribute("tabindex", "-1");
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  }
  element.focus({ preventScroll: true });
}
