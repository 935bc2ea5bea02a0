/**
 * The placeholder: the toggle as it stands in the page before the container is loaded. Its markup is the container's
 * own (`toggle-markup.ts`), so that the take-over shows nothing. It is data, not an HTML string, because two views draw
 * it, React (also on a server) and the DOM, and because a page with Trusted Types takes no HTML strings.
 */
import type { ChatWidgetOptions } from "../public/types.js";
import { TOGGLE } from "./toggle-markup.js";

/** An element: its tag, its attributes named as in HTML, its children. */
export type Markup = readonly [tag: string, attributes: Readonly<Record<string, string>>, ...children: Markup[]];

/** The toggle of a closed panel. */
export function toggleMarkup(panelId: string, labels: ChatWidgetOptions["labels"]): Markup {
  const [tag, attributes, ...children] = TOGGLE;
  const own: Record<string, string> = { ...attributes, "aria-controls": panelId };
  if (labels?.openChat) own["aria-label"] = labels.openChat;
  return [tag, own, ...children];
}

/** The host's attributes before the container sets them: they place and colour the placeholder. */
export function hostAttributes(options: ChatWidgetOptions): Record<"data-panel" | "data-scheme" | "data-position", string> {
  return {
    "data-panel": "closed",
    "data-scheme": options.colorScheme ?? "auto",
    "data-position": options.position ?? "bottom-end",
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** Draws markup as DOM. */
export function toDom([tag, attributes, ...children]: Markup, inSvg = tag === "svg"): Element {
  const element = inSvg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => toDom(child, inSvg || child[0] === "svg")));
  return element;
}
