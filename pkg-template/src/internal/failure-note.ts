/** The sentence near the toggle for a reader who pressed it while the widget could not be loaded. */

/** What the reader is told, and told to do, unless `labels.notLoaded` says it in other words. */
export const NOT_LOADED = "The chat could not be loaded. Check your connection and press the button again.";

/** A live region in the host, there only while it has something to say. */
export class FailureNote {
  readonly #host: HTMLElement;
  #note: HTMLElement | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Shows and announces the sentence; said again when the next press fails too. */
  show(sentence: string): void {
    this.clear();
    const note = document.createElement("p");
    note.className = "ckw-load-error";
    note.setAttribute("role", "alert");
    this.#host.append(note);
    // Text that arrives in a live region is announced everywhere; a region that arrives with its text is not.
    note.textContent = sentence;
    this.#note = note;
  }

  /** Takes it away. */
  clear(): void {
    this.#note?.remove();
    this.#note = undefined;
  }
}
