/** All that a page pays for "Ask about this" before text is selected: a listener. */
import type { ChatWidgetOptions } from "../../public/types.js";

/** The widget, as asking sees it. */
export interface Asking {
  /** Opens the panel with the passage as the composer's quote. Rejects when the widget cannot be loaded. */
  quote(passage: string): Promise<void>;
}

/**
 * Offers asking from the first selection on.
 * @param asking - who is asked
 * @param host - where the button goes
 * @param options - gives the newest ones
 * @param life - ends it
 */
export function onSelection(asking: Asking, host: HTMLElement, options: () => ChatWidgetOptions, life: AbortSignal): void {
  const look = async (): Promise<void> => {
    if (getSelection()?.isCollapsed !== false || options().askSelector === false) return;
    try {
      (await import("./ask.js")).offerAsking(asking, host, options, life);
    } catch {
      // The next selection tries again.
    }
  };
  document.addEventListener("selectionchange", look, { signal: life });
  // What was selected while the page was still loading.
  void look();
}
