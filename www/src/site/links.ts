/**
 * Client-side navigation for links that React Router did not draw: those in the book's rendered markdown. Without it a
 * click on one would load the whole page again. The chat's own links come through its option `navigate`.
 */
import type { NavigateFunction } from "react-router";

/** The page's folder on its host, with a slash at both ends. */
const BASE = import.meta.env.BASE_URL;

/** Listens to clicks until the returned function is called. */
export function followLinks(navigate: NavigateFunction): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || !link.hasAttribute("href") || link.hasAttribute("download")) return;
    if (link.target !== "" && link.target !== "_self") return;
    const to = link.origin === location.origin ? pageOf(link) : undefined;
    if (to === undefined) return;
    event.preventDefault();
    void navigate(to);
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}

/** What the router calls this address, if it has the page or may say that there is none. */
export function pageOf({ pathname, search, hash }: Pick<URL, "pathname" | "search" | "hash">): string | undefined {
  if (!pathname.startsWith(BASE)) return undefined;
  const path = `/${pathname.slice(BASE.length)}`;
  return path === "/" || path.startsWith("/book/") ? path + search + hash : undefined;
}
