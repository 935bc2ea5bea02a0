/** What becomes of a click on a link in an answer. Decided here, done in `walk.ts`. */
import { type Destination, destinationOf } from "./text-fragment.js";

/** A click on a link, as far as it matters. */
export interface LinkClick {
  /** The link's address, absolute. */
  href: string;
  /** The link's `target`. */
  target: string;
  /** Somebody has already seen to it. */
  defaultPrevented: boolean;
  /** As a `MouseEvent` has them. */
  button: number;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Who takes the reader there. */
export type Following =
  /** Not ours: another site, or a click that asks the browser for a tab, a window or a download. */
  | { by: "browser" }
  /** A page of this site. */
  | ({ by: "us" } & Destination);

/** Decides about a click, on a page with this origin. */
export function followingOf(click: LinkClick, pageOrigin: string): Following {
  const plain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
  if (!plain || click.defaultPrevented) return { by: "browser" };
  if (click.target !== "" && click.target !== "_self") return { by: "browser" };
  const url = withinSite(click.href, pageOrigin);
  return url === undefined ? { by: "browser" } : { by: "us", ...destinationOf(url) };
}

/** The address, if it is one of this site: same scheme, host and port. */
export function withinSite(href: string, pageOrigin: string): URL | undefined {
  let url: URL;
  try {
    url = new URL(href, pageOrigin);
  } catch {
    return undefined;
  }
  // An opaque origin ("null": a sandboxed frame, a file) is nobody's site.
  return url.origin === pageOrigin && url.protocol.startsWith("http") ? url : undefined;
}

/** Whether two addresses differ in nothing but the fragment, and the slash that many a server adds or takes away. */
export function samePage(a: URL, b: URL): boolean {
  const path = (url: URL): string => url.pathname.replace(/\/$/, "");
  return a.origin === b.origin && path(a) === path(b) && a.search === b.search;
}

/** Whether the panel leaves nothing to be seen of the page: on phones it fills the screen. */
export function coversPage(panel: { width: number; height: number }, window: { width: number; height: number }): boolean {
  return panel.width >= window.width * 0.9 && panel.height >= window.height * 0.75;
}
