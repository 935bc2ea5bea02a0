/** The options that are custom properties of the host: where the widget is, how big, and its accent. */
import type { ChatWidgetOptions } from "../public/types.js";

const pixels = (length: number | string | undefined): string | undefined =>
  typeof length === "number" ? `${length}px` : length;

/** The properties of the options that were given. */
export function hostStyle({ accent, offset, width, height, zIndex }: ChatWidgetOptions): Record<string, string> {
  const all = {
    "--ckw-accent": accent,
    "--ckw-edge-x": pixels(offset?.x),
    "--ckw-edge-y": pixels(offset?.y),
    "--ckw-width": pixels(width),
    "--ckw-height": pixels(height),
    "--ckw-z-index": zIndex?.toString(),
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** What was written, so that only that is taken back: a site may set the same properties itself. */
const written = new WeakMap<HTMLElement, string[]>();

/**
 * Writes them on the host through the CSSOM, which a strict Content-Security-Policy allows; it forbids the `style`
 * attribute that came with a server's HTML.
 */
export function styleHost(host: HTMLElement, options: ChatWidgetOptions): void {
  const properties = hostStyle(options);
  for (const name of written.get(host) ?? []) {
    if (!(name in properties)) host.style.removeProperty(name);
  }
  for (const [name, value] of Object.entries(properties)) host.style.setProperty(name, value);
  written.set(host, Object.keys(properties));
}
