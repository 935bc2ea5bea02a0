/**
 * The colour scheme for ChatKit, which knows light and dark only. The container decides what "auto" means on the page
 * and writes `data-scheme` on the host; until it says light or dark, the reader's system does.
 */
import type { Scheme } from "./chatkit-options.js";

const DARK = "(prefers-color-scheme: dark)";

/** The scheme now. */
export function currentScheme(host: HTMLElement): Scheme {
  const decided = host.getAttribute("data-scheme");
  if (decided === "light" || decided === "dark") return decided;
  return window.matchMedia?.(DARK).matches ? "dark" : "light";
}

/** Calls `changed` when it may be another one. Returns how to stop. */
export function watchScheme(host: HTMLElement, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(host, { attributes: true, attributeFilter: ["data-scheme"] });
  const system = window.matchMedia?.(DARK);
  system?.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system?.removeEventListener("change", changed);
  };
}
