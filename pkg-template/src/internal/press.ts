/**
 * Whether a button is held down right now. A press that begins on one button and ends on another is no click, so the
 * container must not take over in between: what the reader wanted would be lost. (`:active` does not tell: after a tap
 * it can stay for long.)
 */

const ENDS = ["pointerup", "pointercancel", "keyup", "blur"];

/** Milliseconds that browsers take, after the finger is up, to make a click of it. */
const CLICK_COMES = 50;

/** A button that is watched. */
export interface Press {
  /** Resolves when the button is not held down. */
  released(): Promise<void>;
  /** Ends the watching. */
  stop(): void;
}

/** Watches a button. */
export function watchPress(button: HTMLElement): Press {
  const stop = new AbortController();
  const options = { capture: true, passive: true, signal: stop.signal };
  let held: Promise<void> | undefined;
  let resolveHeld = (): void => undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const press = (): void => {
    clearTimeout(ending);
    held ??= new Promise((resolve) => (resolveHeld = resolve));
  };
  // Until its click has come the press is not over, also for who asks only now.
  const release = (): void => {
    clearTimeout(ending);
    ending = setTimeout(() => {
      held = undefined;
      resolveHeld();
    }, CLICK_COMES);
  };
  button.addEventListener("pointerdown", press, options);
  // Enter clicks when it goes down, Space when it comes up.
  button.addEventListener("keydown", ({ key }) => key === " " && press(), options);
  for (const end of ENDS) {
    window.addEventListener(
      end,
      ({ target }) => {
        // A press takes the focus from another element, which is a blur as well.
        if (end === "blur" && target !== window) return;
        release();
      },
      options,
    );
  }
  return { released: () => held ?? Promise.resolve(), stop: () => stop.abort() };
}
