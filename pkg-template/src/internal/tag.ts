/** The tag both engines define. It can be defined once in a page's life. */
import type { EngineKind } from "../wasm-types.js";

/** ChatKit's own name. */
export const TAG = "openai-chatkit";

/** Marks our element class, so that a second copy of this package recognises the first one's. */
export const OWN_CLASS = "isChatKitWidgetElement";

/** Which engine defined the tag, if any did. */
export function definedEngine(): EngineKind | undefined {
  const defined = customElements.get(TAG);
  if (defined === undefined) return undefined;
  return OWN_CLASS in defined ? "selfhosted" : "openai";
}
