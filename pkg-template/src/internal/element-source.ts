/**
 * Where the wasm of `<openai-chatkit>` comes from. The widget's options say it for the page; a tag on a page without the
 * widget says it by its attributes `wasm-url` and `wasm-integrity`, since ChatKit's own options have no place for it.
 */
import type { WasmSource } from "./load.js";

let ofWidget: WasmSource = {};

/** The widget's options, before it has the tag defined. */
export function elementComesFrom({ wasmUrl, wasmIntegrity }: WasmSource): void {
  ofWidget = {
    ...(wasmUrl === undefined ? {} : { wasmUrl }),
    ...(wasmIntegrity === undefined ? {} : { wasmIntegrity }),
  };
}

/** For the insides of one tag. */
export function sourceOf(tag: Element): WasmSource {
  const [wasmUrl, element] = [tag.getAttribute("wasm-url"), tag.getAttribute("wasm-integrity")];
  return {
    ...ofWidget,
    ...(wasmUrl === null ? {} : { wasmUrl }),
    ...(element === null ? {} : { wasmIntegrity: { element } }),
  };
}
