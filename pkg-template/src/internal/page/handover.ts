/**
 * Handover: the words of a citation that lead to a page which is loaded anew. Browsers with text fragments mark them by
 * themselves and tell scripts nothing of it; for the others this tab remembers them until the widget is there again.
 */
import { samePage } from "./link.js";
import type { Destination, TextQuote } from "./text-fragment.js";

const KEY = "chatkit-widget:passage";

/** Milliseconds a page may take to load. Longer ago, the reader has been elsewhere since. */
const FRESH = 30_000;

const marksByItself = (): boolean => "fragmentDirective" in document;

/** Remembers it for the next page. */
export function handOver({ url, quote }: Destination): void {
  if (quote === undefined || marksByItself()) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ url: url.href, quote, at: Date.now() }));
  } catch {
    // Without storage the page opens at its section, unmarked.
  }
}

/** Takes what was remembered for this page. Whatever storage holds, nothing is thrown. */
export function takeHandedOver(): Destination | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { url: string; quote: TextQuote; at: number } | null;
    if (kept === null) return undefined;
    sessionStorage.removeItem(KEY);
    const url = new URL(kept.url);
    const fresh = Date.now() - kept.at < FRESH;
    return fresh && typeof kept.quote.start === "string" && samePage(url, new URL(document.URL)) ? { url, quote: kept.quote } : undefined;
  } catch {
    return undefined;
  }
}
