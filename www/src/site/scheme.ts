/**
 * The page's colour scheme: the system's until the reader chooses one, which is then remembered. `data-theme` on
 * `<html>` holds it; `public/scheme.js` sets that before the first paint.
 */
import { useSyncExternalStore } from "react";

export type Scheme = "light" | "dark";

const KEY = "color-scheme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function stored(): Scheme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

function current(): Scheme {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

function show(scheme: Scheme) {
  document.documentElement.dataset.theme = scheme;
  for (const listener of listeners) listener();
}

system.addEventListener("change", () => {
  if (stored() === undefined) show(system.matches ? "dark" : "light");
});

/** Shows a scheme and remembers it for the next visit. */
export function chooseScheme(scheme: Scheme) {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  show(scheme);
}

/** The scheme now shown. */
export function useScheme(): Scheme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current,
  );
}
