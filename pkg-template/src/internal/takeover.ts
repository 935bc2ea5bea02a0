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
 * Browsers see that the pointer is over a new element only when it moves, or some frames later: the toggle would shrink
 * and grow again under it. Until then the host says so.
 */
function keepHover(host: HTMLElement): () => void {
  host.setAttribute("data-hover", "");
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
    host.removeAttribute("data-hover");
  };
  for (const sign of ["pointermove", "pointerdown"]) {
    window.addEventListener(sign, end, { capture: true, passive: true, signal: stop.signal });
  }
  return end;
}

/**
 * Hides the placeholder as soon as the container's toggle is there, hands over focus and hover, then calls `replaced`,
 * whose part it is to remove the placeholder: the node may belong to React. Returns how to end it before that.
 */
export function takeOver(
  { host, launcher }: { host: HTMLElement; launcher: HTMLElement },
  placeholder: HTMLElement,
  replaced: () => void,
): () => void {
  let endHover = (): void => undefined;
  const stop = whenDrawn(launcher, (toggle) => {
    const hadFocus = document.activeElement === placeholder;
    if (placeholder.matches(":hover")) endHover = keepHover(host);
    // Not the attribute `hidden`: a site's `button { display: … }` wins over it.
    placeholder.style.display = "none";
    if (hadFocus) toggle.focus({ preventScroll: true });
    replaced();
  });
  return () => {
    stop();
    endHover();
  };
}
