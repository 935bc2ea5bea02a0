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
export const loadContainer: () => Promise<ContainerModule> = rememberSuccess(() =>
  initialised("chatkit-widget/wasm/container.js", () => import("../../wasm/container.js")),
);

/** The element's wasm, initialised. */
export const loadElement: () => Promise<ElementModule> = rememberSuccess(() =>
  initialised("chatkit-widget/wasm/element.js", () => import("../../wasm/element.js")),
);
