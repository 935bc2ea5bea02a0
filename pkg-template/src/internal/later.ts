/**
 * What the element's drawings get when more of the package has come: colours in code, formulas as formulas. The wasm
 * draws plain code and TeX, and says of each by an event in its root that it may be done (`element/markdown/later.rs`).
 * The libraries are chunks of their own, loaded when the first such node is there; if they do not come, it stays as it is.
 */
import type { CodeColors } from "./code-colors.js";
import { rememberSuccess } from "./load.js";
import { logWarning } from "./log.js";

/** Code that has not changed for this many milliseconds is not being written any more. */
const QUIET = 200;

const loadCodeColors = rememberSuccess(() => import("./code-colors.js"));
const loadFormulas = rememberSuccess(() => import("./formulas.js"));

/**
 * Serves the nodes in `root`.
 * @returns the end of it
 */
export function drawLater(root: HTMLElement): () => void {
  const timers = new Map<HTMLElement, ReturnType<typeof setTimeout>>();
  let colors: CodeColors | undefined;
  let ended = false;

  const onCode = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement)) return;
    // Colours of words that are others now would lie elsewhere.
    colors?.wipe(target);
    clearTimeout(timers.get(target));
    if (!target.dataset.lang) return;
    timers.set(target, setTimeout(() => void color(target), QUIET));
  };
  const color = async (code: HTMLElement): Promise<void> => {
    timers.delete(code);
    const module = await loaded(loadCodeColors);
    if (module === undefined || ended) return;
    colors ??= module.codeColors(root);
    // It may have grown while the library was on its way: then it has a timer again.
    if (code.isConnected && !timers.has(code)) colors.paint(code);
  };

  const onFormula = ({ target }: Event): void => {
    if (target instanceof HTMLElement) void typeset(target);
  };
  const typeset = async (formula: HTMLElement): Promise<void> => {
    const module = await loaded(loadFormulas);
    if (module !== undefined && !ended && formula.isConnected) module.typeset(formula);
  };

  root.addEventListener("ck-code", onCode);
  root.addEventListener("ck-math", onFormula);
  return () => {
    ended = true;
    root.removeEventListener("ck-code", onCode);
    root.removeEventListener("ck-math", onFormula);
    for (const timer of timers.values()) clearTimeout(timer);
    colors?.end();
  };
}

let said = false;

/** What `load` gives, or nothing; the integrator hears of it once. */
async function loaded<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (error) {
    if (!said) logWarning("code colours or formulas could not be loaded, so code and TeX stay plain", error);
    said = true;
    return undefined;
  }
}
