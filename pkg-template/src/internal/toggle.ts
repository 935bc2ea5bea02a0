/**
 * The placeholder: the toggle as it stands in the page before the container is loaded. Its markup is the container's
 * own ("The toggle's markup" in docs/architecture.md), so that the take-over shows nothing. It is described as data
 * because two views draw it: React (also on a server) and the DOM.
 */
import type { ChatWidgetOptions } from "../public/types.js";

/** An element of the markup, its attributes named as in HTML. */
export interface Markup {
  tag: string;
  attributes: Record<string, string>;
  children: Markup[];
}

const PATH: Markup = {
  tag: "path",
  attributes: { d: "M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.6A8.5 8.5 0 1 1 21 11.5z" },
  children: [],
};

const ICON: Markup = {
  tag: "svg",
  attributes: {
    class: "ckw-icon",
    viewBox: "0 0 24 24",
    width: "24",
    height: "24",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    focusable: "false",
  },
  children: [PATH],
};

/** The toggle of a closed panel. */
export function toggleMarkup(panelId: string, labels: ChatWidgetOptions["labels"]): Markup {
  return {
    tag: "button",
    attributes: {
      type: "button",
      class: "ckw-toggle",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-controls": panelId,
      "aria-label": labels?.openChat ?? "Open chat",
    },
    children: [ICON],
  };
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
export function toDom({ tag, attributes, children }: Markup, inSvg = tag === "svg"): Element {
  const element = inSvg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) element.append(toDom(child, inSvg || child.tag === "svg"));
  return element;
}
