/**
 * "Ask about this": the edge between the page's selection and the button at it. What is a passage, when the button comes
 * and where it goes are decided in `passage.ts`, `ask-state.ts` and `place.ts`.
 *
 * The button stands at the end of the page, far from the text in the order of Tab. So Tab enters it from the text that
 * is selected, Shift+Tab goes back to the text, and Tab goes on with what follows the text. A screen reader is told
 * when text was selected by keyboard; one that is not in use is told nothing that could be heard.
 */
import type { ChatWidgetOptions } from "../../public/types.js";
import { AskButton } from "./ask-button.js";
import { type AskEvent, type AskState, nextAsk } from "./ask-state.js";
import { blockOf } from "./content.js";
import { widgetLanguage, wordsOf } from "../language.js";
import type { Asking } from "./on-selection.js";
import { DEFAULT_CONTENT, type Passage, passageOf } from "./passage.js";
import { placeButton } from "./place.js";

/** Milliseconds without a change after which a selection has settled. Shorter: flicker behind a finger; longer: a wait. */
const SETTLED = 250;

/** What the reader selects with. */
type Means = "mouse" | "touch" | "keys";

const offered = new WeakSet<AbortSignal>();

/** Shows the button whenever a passage is selected, until the signal ends it. Asked twice for one life, it does it once. */
export function offerAsking(asking: Asking, host: HTMLElement, options: () => ChatWidgetOptions, life: AbortSignal): void {
  if (life.aborted || offered.has(life)) return;
  offered.add(life);
  new Ask(asking, host, options, life);
}

class Ask {
  readonly #asking: Asking;
  readonly #host: HTMLElement;
  readonly #options: () => ChatWidgetOptions;
  readonly #button: AskButton;
  #words: Record<string, string> | undefined;
  #state: AskState = { at: "away" };
  /** Until something is pressed: a hint too many is heard by nobody, one too few leaves somebody without the button. */
  #means: Means = window.matchMedia?.("(pointer: coarse)").matches ? "touch" : "keys";
  #clock: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(asking: Asking, host: HTMLElement, options: () => ChatWidgetOptions, life: AbortSignal) {
    this.#asking = asking;
    this.#host = host;
    this.#options = options;
    this.#button = new AskButton(host, () => this.#ask());
    // Long before something is selected and settled; in English until then, and where it does not come.
    wordsOf(widgetLanguage(host, options().chatkit?.locale)).then(
      (words) => (this.#words = words?.page),
      () => undefined,
    );
    const listen = (target: EventTarget, name: string, listener: (event: never) => void, passive = true): void =>
      target.addEventListener(name, listener as EventListener, { signal: life, passive, capture: true });
    listen(document, "selectionchange", () => this.#happened({ type: "change", passage: this.#passage()?.text }));
    listen(document, "pointerdown", (event: PointerEvent) => this.#pressed(event));
    listen(document, "pointerup", (event: PointerEvent) => this.#released(event));
    // A drag that leaves the window, or becomes one of the browser's own.
    listen(document, "pointercancel", (event: PointerEvent) => this.#released(event));
    listen(document, "keydown", (event: KeyboardEvent) => this.#key(event), false);
    listen(document, "scroll", () => this.#follow());
    listen(window, "resize", () => this.#follow());
    life.addEventListener("abort", () => {
      clearTimeout(this.#clock);
      cancelAnimationFrame(this.#frame);
      this.#button.remove();
    });
    // The selection that brought this code here.
    this.#happened({ type: "change", passage: this.#passage()?.text });
  }

  /** The site's own words over those of the language. */
  #labels(): ChatWidgetOptions["labels"] {
    return { ...this.#words, ...this.#options().labels };
  }

  #passage(): Passage | undefined {
    return passageOf(document.getSelection(), this.#options().askSelector ?? DEFAULT_CONTENT);
  }

  #happened(event: AskEvent): void {
    const before = this.#state;
    this.#state = nextAsk(before, event);
    if (this.#state === before) return;
    clearTimeout(this.#clock);
    if (this.#state.at === "settling") {
      this.#clock = setTimeout(() => this.#happened({ type: "settle", passage: this.#passage()?.text }), SETTLED);
    }
    if (this.#state.at === "shown") this.#show();
    else this.#button.hide();
  }

  #show(): void {
    if (this.#draw() && this.#means === "keys") this.#button.announce(this.#labels());
  }

  /** Draws the button at the passage. Whether any of that can be seen. */
  #draw(): boolean {
    const passage = this.#passage();
    const place =
      passage &&
      placeButton({
        lines: [...passage.range.getClientRects()],
        button: this.#button.measure(this.#labels()),
        window: { width: document.documentElement.clientWidth, height: window.innerHeight },
        touch: this.#means === "touch",
      });
    if (place === undefined) this.#button.hide();
    else this.#button.place(place);
    return place !== undefined;
  }

  /** The text moved under the button. It comes back when the text does. */
  #follow(): void {
    if (this.#state.at !== "shown" || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#state.at === "shown") this.#draw();
    });
  }

  #pressed(event: PointerEvent): void {
    if (this.#isOurs(event)) return;
    this.#means = event.pointerType === "touch" ? "touch" : "mouse";
    // A finger that scrolls or moves a handle presses too, and never tells of the end.
    if (this.#means === "mouse" && event.button === 0) this.#happened({ type: "press" });
  }

  #released(event: PointerEvent): void {
    if (event.pointerType === "touch" || this.#isOurs(event)) return;
    // A click into a selection takes it away only after this event.
    requestAnimationFrame(() => this.#happened({ type: "release", passage: this.#passage()?.text }));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#state.at === "shown") {
      const { hasFocus } = this.#button;
      this.#happened({ type: "dismiss" });
      if (hasFocus) this.#backToText();
      return;
    }
    if (event.key === "Tab" && !event.ctrlKey && !event.metaKey && !event.altKey) return this.#tab(event);
    if (!this.#isOurs(event)) this.#means = "keys";
  }

  #tab(event: KeyboardEvent): void {
    if (this.#state.at !== "shown" || this.#button.element.hidden) return;
    if (this.#button.hasFocus) {
      this.#backToText();
      // Forwards the browser goes on by itself, now from the text.
      if (event.shiftKey) event.preventDefault();
    } else if (!event.shiftKey && this.#isReading()) {
      this.#button.element.focus({ preventScroll: true });
      event.preventDefault();
    }
  }

  /** Whether the focus is where the text is: on nothing, or on what the passage stands in. */
  #isReading(): boolean {
    const focused = document.activeElement;
    const block = this.#passage()?.range.commonAncestorContainer;
    return focused === null || focused === document.body || (block !== undefined && (focused.contains(block) || block.contains(focused)));
  }

  #backToText(): void {
    const passage = this.#passage();
    if (passage === undefined) return;
    const block = blockOf(passage.range.endContainer);
    if (!(block instanceof HTMLElement)) return;
    if (!block.hasAttribute("tabindex")) {
      block.setAttribute("tabindex", "-1");
      block.addEventListener("blur", () => block.removeAttribute("tabindex"), { once: true });
    }
    block.focus({ preventScroll: true });
  }

  #ask(): void {
    const passage = this.#state.at === "shown" ? this.#state.passage : this.#passage()?.text;
    this.#happened({ type: "dismiss" });
    // What could not be loaded has been said.
    if (passage !== undefined) this.#asking.quote(passage).catch(() => undefined);
  }

  #isOurs(event: Event): boolean {
    return event.composedPath().includes(this.#host);
  }
}
