/**
 * The passage on its way into the composer. ChatKit may not be there yet, and refuses while it is busy: the passage is
 * kept until it is taken, and the last one asked about wins.
 */
import type { OpenAIChatKit } from "../../public/types.js";

type Composer = Pick<OpenAIChatKit, "setComposerValue" | "focusComposer">;

/** After these a ChatKit that refused may take it. */
const ANOTHER_CHANCE = new Set(["chatkit.ready", "chatkit.response.end", "chatkit.thread.load.end"]);

/** One widget's passage. */
export class PendingQuote {
  readonly #chatkit: () => Composer | null;
  #passage: string | undefined;
  #ready = false;
  #giving = false;

  /** `chatkit` gives the element, once it is drawn. */
  constructor(chatkit: () => Composer | null) {
    this.#chatkit = chatkit;
  }

  /** Puts the passage above the composer, as soon as that is possible. */
  ask(passage: string): void {
    this.#passage = passage;
    void this.#give();
  }

  /** An event of ChatKit. */
  heard(event: string): void {
    if (event === "chatkit.ready") this.#ready = true;
    if (ANOTHER_CHANCE.has(event)) void this.#give();
  }

  async #give(): Promise<void> {
    if (this.#giving) return;
    this.#giving = true;
    try {
      for (let passage = this.#passage; this.#ready && passage !== undefined; passage = this.#passage) {
        const chatkit = this.#chatkit();
        if (chatkit === null) return;
        await chatkit.setComposerValue({ reply: passage });
        if (this.#passage === passage) this.#passage = undefined;
        // The container focuses the composer when it opens the panel; one that is open already is left to us.
        await chatkit.focusComposer();
      }
    } catch {
      // Busy: the end of what it does is the next chance.
    } finally {
      this.#giving = false;
    }
  }
}
