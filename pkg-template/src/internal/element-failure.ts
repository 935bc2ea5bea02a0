/**
 * What stands in `<openai-chatkit>` when its wasm could not be loaded: a sentence and a button. Built from DOM calls and
 * a constructed stylesheet, so that it stands under a strict content security policy too.
 */

const SENTENCE = "The chat could not be loaded. Check your connection and try again.";
const BUTTON = "Try again";

const CSS = `
:host { display: block; height: 100%; }
.failure { box-sizing: border-box; display: grid; place-content: center; justify-items: center; gap: 1rem;
  min-height: 100%; padding: 1.5rem; text-align: center; font: inherit; color: inherit; }
.failure p { margin: 0; }
.failure button { font: inherit; color: inherit; background: transparent; border: 1px solid currentColor;
  border-radius: 999px; padding: 0.5rem 1.25rem; min-height: 2.75rem; cursor: pointer; }
.failure button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
`;

/** The view in one element's shadow root. */
export class ElementFailure {
  readonly #shadow: ShadowRoot;
  readonly #retry: () => void;
  #shown: HTMLElement | undefined;
  #styled = false;

  constructor(shadow: ShadowRoot, retry: () => void) {
    this.#shadow = shadow;
    this.#retry = retry;
  }

  /** Shows it. */
  show(): void {
    this.clear();
    this.#style();
    const sentence = document.createElement("p");
    sentence.textContent = SENTENCE;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = BUTTON;
    button.addEventListener("click", this.#retry);
    const failure = document.createElement("div");
    failure.className = "failure";
    failure.setAttribute("role", "alert");
    failure.append(sentence, button);
    this.#shadow.append(failure);
    this.#shown = failure;
  }

  /** Takes it away. */
  clear(): void {
    this.#shown?.remove();
    this.#shown = undefined;
  }

  #style(): void {
    if (this.#styled || !("replaceSync" in CSSStyleSheet.prototype)) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    this.#shadow.adoptedStyleSheets = [...this.#shadow.adoptedStyleSheets, sheet];
    this.#styled = true;
  }
}
