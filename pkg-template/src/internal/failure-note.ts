/** The sentence near the toggle for a reader who pressed it while the widget could not be loaded. */

/** What the reader is told, and told to do, unless `labels.notLoaded` says it in other words. */
export const NOT_LOADED = "The chat could not be loaded. Check your connection and press the button again.";

/** Shows and announces the sentence, in a live region that is there only for it. Returns how to take it away. */
export function showFailure(host: HTMLElement, sentence: string): () => void {
  const note = document.createElement("p");
  note.className = "ckw-load-error";
  note.setAttribute("role", "alert");
  host.append(note);
  // Text that arrives in a live region is announced everywhere; a region that arrives with its text is not.
  note.textContent = sentence;
  return () => note.remove();
}
