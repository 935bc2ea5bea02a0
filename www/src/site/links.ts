/**
 * Client-side navigation for links that React Router did not draw: those in the book's rendered markdown. Without it a
 * click on one would load the whole page again. The chat's own links come through its option `navigate`.
 */
import type { NavigateFunction } from "react-router";

/** Listens to clicks until the returned function is called. */
export function followLinks(navigate: NavigateFunction): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || !link.hasAttribute("href") || link.hasAttribute("download")) return;
    if (link.target !== "" && link.target !== "_self") return;
    if (link.origin !== location.origin || !isPage(link.pathname)) return;
    event.preventDefault();
    void navigate(link.pathname + link.search + link.hash);
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}

/** Whether the router has this page, or may say that there is none. */
export function isPage(path: string): boolean {
  return path === "/" || path.startsWith("/book/");
}
