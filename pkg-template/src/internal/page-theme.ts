/**
 * The page's theme: how the widget looks on this page, in the values that ChatKit's `theme` takes. What it comes to is
 * CSS's to decide (the site's `--ckw-…`, Infima's variables, the defaults, light or dark: styles.css); it is read off
 * here, so that the panel and the chat in it never differ.
 */
import type { ChatKitOptions } from "../public/types.js";
import { toHex } from "./color.js";

/** A scheme ChatKit takes; it has no "auto". */
export type Scheme = "light" | "dark";

type Theme = Exclude<ChatKitOptions["theme"], string | undefined>;

/** What is undefined is left to ChatKit. Colours are `#rrggbb`. */
export interface PageTheme {
  scheme: Scheme;
  accent?: string;
  surface?: { background: string; foreground: string };
  fontFamily?: string;
  fontFamilyMono?: string;
  radius?: Theme["radius"];
}

const DARK = "(prefers-color-scheme: dark)";

/** What a site turns to change its look. The host's own tell of the container's decision and of the panel opening. */
const PAGE_ATTRIBUTES = ["class", "style", "data-theme", "data-bs-theme", "data-color-mode"];
const HOST_ATTRIBUTES = ["class", "style", "data-scheme", "data-panel"];

/** The container decides and writes `data-scheme`; until it says light or dark, the reader's system does. */
function readScheme(host: HTMLElement): Scheme {
  const decided = host.getAttribute("data-scheme");
  if (decided === "light" || decided === "dark") return decided;
  return window.matchMedia?.(DARK).matches ? "dark" : "light";
}

/** ChatKit's four steps for a corner of the panel, a computed length. Percentages and ellipses are left to ChatKit. */
export function radiusOf(corner: string): Theme["radius"] {
  const pixels = /^([\d.]+)px$/.exec(corner)?.[1];
  if (pixels === undefined) return undefined;
  const size = Number(pixels);
  if (size < 2) return "sharp";
  if (size <= 8) return "soft";
  return size < 15 ? "round" : "pill";
}

/** What the probe wears: computed custom properties are text, computed colours are colours. */
const PROBE = {
  color: "var(--_ckw-ink)",
  "background-color": "var(--_ckw-surface)",
  "outline-color": "var(--_ckw-accent)",
  "border-top-left-radius": "var(--_ckw-radius)",
  "--_ckw-font-mono": "var(--ckw-font-mono, var(--ifm-font-family-monospace))",
  // The chat does its own part of forced colours; the site's theme stays what it is.
  "forced-color-adjust": "none",
};

function readPageTheme(host: HTMLElement): PageTheme {
  const scheme = readScheme(host);
  const probe = document.createElement("span");
  probe.hidden = true;
  for (const [name, value] of Object.entries(PROBE)) probe.style.setProperty(name, value);
  host.append(probe);
  const style = getComputedStyle(probe);
  const theme: PageTheme = { scheme };
  // Without our stylesheet the probe would tell of the page's text, not of the widget.
  if (style.getPropertyValue("--_ckw-surface") !== "") {
    const [accent, background, foreground] = [style.outlineColor, style.backgroundColor, style.color].map(toHex);
    const mono = style.getPropertyValue("--_ckw-font-mono").trim();
    const radius = radiusOf(style.borderTopLeftRadius);
    if (accent !== undefined) theme.accent = accent;
    if (background !== undefined && foreground !== undefined) theme.surface = { background, foreground };
    if (style.fontFamily !== "") theme.fontFamily = style.fontFamily;
    if (mono !== "") theme.fontFamilyMono = mono;
    if (radius !== undefined) theme.radius = radius;
  }
  probe.remove();
  return theme;
}

/** The theme of the page around one widget. */
export interface FollowedTheme {
  /** The newest one; the same object for as long as nothing changed. */
  current(): PageTheme;
  /** Calls `changed` when it is another one. Returns how to stop. */
  watch(changed: () => void): () => void;
}

/** Reads the theme of the page around `host`, and follows it while somebody watches. */
export function followPageTheme(host: HTMLElement): FollowedTheme {
  let current = readPageTheme(host);
  const isNew = (): boolean => {
    const read = readPageTheme(host);
    if (JSON.stringify(read) === JSON.stringify(current)) return false;
    current = read;
    return true;
  };
  return {
    current: () => current,
    watch: (changed) => {
      isNew();
      const look = (): void => {
        if (isNew()) changed();
      };
      const observer = new MutationObserver(look);
      observer.observe(host, { attributes: true, attributeFilter: HOST_ATTRIBUTES });
      for (const element of [document.documentElement, document.body]) {
        observer.observe(element, { attributes: true, attributeFilter: PAGE_ATTRIBUTES });
      }
      const system = window.matchMedia?.(DARK);
      system?.addEventListener("change", look);
      return () => {
        observer.disconnect();
        system?.removeEventListener("change", look);
      };
    },
  };
}
