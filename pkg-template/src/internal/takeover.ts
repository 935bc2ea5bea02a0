/** Take-over: the container's toggle appears and the placeholder goes, without the reader noticing. */

/** Calls `then` when the container has drawn its toggle: at once, or in the microtask in which Yew draws. */
function whenDrawn(launcher: HTMLElement, then: (toggle: HTMLElement) => void): () => void {
  const look = (): boolean => {
    const toggle = launcher.querySelector<HTMLElement>("button");
    if (toggle !== null) then(toggle);
    return toggle !== null;
  };
  if (look()) return () => undefined;
  const observer = new MutationObserver(() => {
    if (look()) observer.disconnect();
  });
  observer.observe(launcher, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/**
 * Hides the placeholder as soon as the container's toggle is there, hands over the focus, then calls `replaced`, whose
 * part it is to remove the placeholder: the node may belong to React. Returns how to stop waiting.
 */
export function takeOver(launcher: HTMLElement, placeholder: HTMLElement, replaced: () => void): () => void {
  return whenDrawn(launcher, (toggle) => {
    const hadFocus = document.activeElement === placeholder;
    // Not the attribute `hidden`: a site's `button { display: … }` wins over it.
    placeholder.style.display = "none";
    if (hadFocus) toggle.focus({ preventScroll: true });
    replaced();
  });
}
