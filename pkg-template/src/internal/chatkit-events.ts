/** ChatKit's events, listed once. */
import type { ChatKitEvents, ChatKitHandlers } from "../public/types.js";

/** Event → the handler's name in options. The type fails to compile when ChatKit gains an event that is missing here. */
export const HANDLER_OF = {
  "chatkit.ready": "onReady",
  "chatkit.error": "onError",
  "chatkit.effect": "onEffect",
  "chatkit.deeplink": "onDeeplink",
  "chatkit.response.start": "onResponseStart",
  "chatkit.response.end": "onResponseEnd",
  "chatkit.history.open": "onHistoryOpen",
  "chatkit.history.close": "onHistoryClose",
  "chatkit.thread.change": "onThreadChange",
  "chatkit.thread.load.start": "onThreadLoadStart",
  "chatkit.thread.load.end": "onThreadLoadEnd",
  "chatkit.tool.change": "onToolChange",
  "chatkit.log": "onLog",
} as const satisfies Record<keyof ChatKitEvents, keyof ChatKitHandlers>;

/** Calls `forward` with every event of the element. Returns how to stop. */
export function listen(element: EventTarget, forward: (name: keyof ChatKitEvents, detail: unknown) => void): () => void {
  const stop = new AbortController();
  for (const name of Object.keys(HANDLER_OF) as (keyof ChatKitEvents)[]) {
    element.addEventListener(name, (event) => forward(name, (event as CustomEvent).detail), { signal: stop.signal });
  }
  return () => stop.abort();
}
