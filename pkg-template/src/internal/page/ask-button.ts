/** The "Ask" button and the hint that goes with it, in the widget's host. */
import type { ChatWidgetOptions } from "../../public/types.js";
import { type Corner } from "./place.js";
import { adoptPageStyles } from "./styles.js";

const SVG = "http://www.w3.org/2000/svg";

/** A speech bubble with a quotation mark. */
const PATHS = ["M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.6A8.5 8.5 0 1 1 21 11.5z", "M9.5 13.5v-2a2 2 0 0 1 1.6-2M14 13.5v-2a2 2 0 0 1 1.6-2"];

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** The drawn button. */
export class AskButton {
  readonly element: HTMLButtonElement;
  readonly #label: HTMLSpanElement;
  readonly #hint: HTMLSpanElement;
  readonly #host: HTMLElement;

  /** `pressed` is called for a press, by whatever means. */
  constructor(host: HTMLElement, pressed: () => void) {
    this.#host = host;
    this.element = document.createElement("button");
    this.element.type = "button";
    this.element.className = "ckw-ask";
    this.#label = document.createElement("span");
    this.element.append(icon(), this.#label);
    this.#hint = document.createElement("span");
    this.#hint.className = "ckw-ask-hint";
    this.#hint.setAttribute("role", "status");
    this.element.hidden = true;
    // A press must not take the selection away, nor the focus from where the reader is.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("click", pressed);
    adoptPageStyles(host.getRootNode() as Document | ShadowRoot);
    host.append(this.element, this.#hint);
  }

  /** How large it is, which its label decides. */
  measure(labels: ChatWidgetOptions["labels"]): { width: number; height: number } {
    this.#label.textContent = labels?.ask ?? "Ask about this";
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    return { width, height };
  }

  /** Shows it there. */
  place({ x, y }: Corner): void {
    this.element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** Says to a screen reader how to get to it. */
  announce(labels: ChatWidgetOptions["labels"]): void {
    this.#hint.textContent = labels?.askHint ?? "Press Tab to ask about the selected text.";
  }

  /** Takes it away; it can be shown again. */
  hide(): void {
    this.element.hidden = true;
    this.#hint.textContent = "";
  }

  /** Whether it has the focus. */
  get hasFocus(): boolean {
    return (this.#host.getRootNode() as Document | ShadowRoot).activeElement === this.element;
  }

  /** Takes it out of the page. */
  remove(): void {
    this.element.remove();
    this.#hint.remove();
  }
}
