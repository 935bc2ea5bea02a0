/**
 * Client-side navigation for links that React Router did not draw: those in the book's rendered markdown and the
 * citations inside the chat. Without it a click on one would load the whole page again.
 */
import type { NavigateFunction } from "react-router";

/** Listens to clicks until the returned function is called. */
export function followLinks(navigate: NavigateFunction): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // The path, not the target: a link inside an open shadow root is hidden behind its host.
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link === undefined || !link.hasAttribute("href") || link.hasAttribute("download")) return;
    if (link.target !== "" && link.target !== "_self") return;
    if (link.origin !== location.origin || !isPage(link.pathname)) return;
    event.preventDefault();
    // A text fragment (":~:text=…") is for browsers; the router would look for an element of that name.
    void navigate(link.pathname + link.search + link.hash.replace(/:~:.*$/, ""));
  };
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}

function isPage(path: string): boolean {
  return path === "/" || path.startsWith("/book/");
}
