/** All that a page pays for "Ask about this" before text is selected: a listener. */
import type { ChatWidgetOptions } from "../../public/types.js";
import { rememberSuccess } from "../load.js";

/** The widget, as asking sees it. */
export interface Asking {
  /** Where the button goes. */
  host: HTMLElement;
  /** The newest options. */
  options(): ChatWidgetOptions;
  /** Opens the panel with the passage as the composer's quote. */
  ask(passage: string): void;
}

const loadAsk = rememberSuccess(() => import("./ask.js"));

/** Offers asking from the first selection on. Returns how to stop. */
export function onSelection(asking: Asking): () => void {
  const life = new AbortController();
  const { signal } = life;
  const look = (): void => {
    if (getSelection()?.isCollapsed !== false || asking.options().askSelector === false) return;
    // A load that fails is tried again by the next selection.
    loadAsk().then(
      ({ offerAsking }) => offerAsking(asking, signal),
      () => undefined,
    );
  };
  document.addEventListener("selectionchange", look, { signal });
  // What was selected while the page was still loading.
  look();
  return () => life.abort();
}
