/**
 * Interest is the first sign that a reader may want to chat: the pointer, a touch or the focus reaches the toggle.
 * A page that has nothing else to do counts too, unless the reader pays for bytes.
 */

const SIGNS = ["pointerenter", "pointerdown", "touchstart", "focus"] as const;

interface NetworkInformation {
  saveData?: boolean;
  effectiveType?: string;
}

/** Whether loading ahead would cost the reader: data saver, or a connection of the "2g" kinds. */
function bytesAreDear(): boolean {
  const { connection } = navigator as Navigator & { connection?: NetworkInformation };
  return connection?.saveData === true || connection?.effectiveType?.endsWith("2g") === true;
}

/** Calls `then` once, when the page is loaded and idle. Returns how to stop waiting. */
function whenIdle(then: () => void): () => void {
  let cancel = (): void => undefined;
  const wait = (): void => {
    // Safari has no requestIdleCallback.
    if (typeof requestIdleCallback === "function") {
      const id = requestIdleCallback(then);
      cancel = () => cancelIdleCallback(id);
    } else {
      const id = setTimeout(then, 200);
      cancel = () => clearTimeout(id);
    }
  };
  if (document.readyState === "complete") {
    wait();
  } else {
    window.addEventListener("load", wait, { once: true });
    cancel = () => window.removeEventListener("load", wait);
  }
  return () => cancel();
}

/**
 * Calls `interested` at every sign of interest in `toggle`, and once when the page is idle. At every sign, because the
 * load that follows may fail and the next sign is the next chance. Returns how to stop.
 */
export function onInterest(toggle: HTMLElement, interested: () => void): () => void {
  const stop = new AbortController();
  for (const sign of SIGNS) toggle.addEventListener(sign, interested, { passive: true, signal: stop.signal });
  if (!bytesAreDear()) stop.signal.addEventListener("abort", whenIdle(interested));
  // A toggle that was in the HTML may have been reached before this code ran.
  if (document.activeElement === toggle || toggle.matches(":hover")) interested();
  return () => stop.abort();
}
