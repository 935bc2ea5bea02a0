/** Loading of what is not there at first. A success is remembered; a failure is not, so that the next ask tries again. */
import type { ContainerModule, ElementModule } from "../wasm-types.js";

/** Wraps `load` so that asks share one flight and one success. */
export function rememberSuccess<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (loaded === undefined) {
      const flight = load();
      loaded = flight;
      flight.catch(() => {
        if (loaded === flight) loaded = undefined;
      });
    }
    return loaded;
  };
}

/** How often a load is tried while somebody waits for it, and the longest wait in between, doubled each time. */
const ATTEMPTS = 3;
const WAIT = 500;

/**
 * Loads for somebody who waits: one lost request is not theirs to repeat.
 * @param goesOn - whether somebody still waits
 * @param sleep - resolves after that many milliseconds; its owner ends the timer
 */
export async function patiently<T>(
  load: () => Promise<T>,
  goesOn: () => boolean,
  sleep: (milliseconds: number) => Promise<unknown>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch (error) {
      if (attempt === ATTEMPTS || !goesOn()) throw error;
      await sleep(WAIT * 2 ** (attempt - 1) * Math.random());
    }
  }
}

/** Names the module in the error: browsers do not always say what they could not load. */
async function initialised<M extends { default(): Promise<unknown> }>(name: string, load: () => Promise<M>): Promise<M> {
  try {
    const module = await load();
    await module.default();
    return module;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${name} could not be loaded: ${reason}`, { cause });
  }
}

/** The container's wasm, initialised. */
export const loadContainer: () => Promise<ContainerModule> = /* @__PURE__ */ rememberSuccess(() =>
  initialised("chatkit-widget/wasm/container.js", () => import("../../wasm/container.js")),
);

/** The element's wasm, initialised. */
export const loadElement: () => Promise<ElementModule> = /* @__PURE__ */ rememberSuccess(() =>
  initialised("chatkit-widget/wasm/element.js", () => import("../../wasm/element.js")),
);
