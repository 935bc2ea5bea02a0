/** Loading of what is not there at first. A success is remembered; a failure is not, so that the next ask tries again. */
import type { ChatWidgetOptions } from "../public/types.js";
import type { ContainerModule, ElementModule } from "../wasm-types.js";

/** Wraps `load` so that asks share one flight and one success, whatever the later ones give. */
export function rememberSuccess<T, A extends unknown[]>(load: (...given: A) => Promise<T>): (...given: A) => Promise<T> {
  let loaded: Promise<T> | undefined;
  return (...given) => {
    if (loaded === undefined) {
      const flight = load(...given);
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

/** Where the site says that the wasm is. */
export type WasmSource = Pick<ChatWidgetOptions, "wasmUrl" | "wasmIntegrity">;

/** The modules by the names of their files. */
export interface WasmModules {
  container: ContainerModule;
  element: ElementModule;
}

/** Names the module in the error: browsers do not always say what they could not load. */
async function initialised<N extends keyof WasmModules>(
  name: N,
  load: () => Promise<WasmModules[N]>,
  source: WasmSource = {},
): Promise<WasmModules[N]> {
  try {
    if (source.wasmUrl !== undefined || source.wasmIntegrity !== undefined) {
      return await (await import("./wasm-elsewhere.js")).loadFrom(name, source);
    }
    const module = await load();
    await module.default();
    return module;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`chatkit-widget/wasm/${name}.js could not be loaded: ${reason}`, { cause });
  }
}

/** The container's wasm, initialised. */
export const loadContainer: (source?: WasmSource) => Promise<ContainerModule> = /* @__PURE__ */ rememberSuccess((source) =>
  initialised("container", () => import("../../wasm/container.js"), source),
);

/** The element's wasm, initialised. */
export const loadElement: (source?: WasmSource) => Promise<ElementModule> = /* @__PURE__ */ rememberSuccess((source) =>
  initialised("element", () => import("../../wasm/element.js"), source),
);
