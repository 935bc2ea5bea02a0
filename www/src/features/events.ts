/** All events of the element, as OpenAI's binding names their handlers. */
import type { UseChatKitOptions } from "@openai/chatkit-react";

const NAMES = {
  onReady: "ready",
  onError: "error",
  onEffect: "effect",
  onDeeplink: "deeplink",
  onResponseStart: "response.start",
  onResponseEnd: "response.end",
  onHistoryOpen: "history.open",
  onHistoryClose: "history.close",
  onThreadChange: "thread.change",
  onThreadLoadStart: "thread.load.start",
  onThreadLoadEnd: "thread.load.end",
  onToolChange: "tool.change",
  onLog: "log",
} as const;

type Handlers = Pick<UseChatKitOptions, keyof typeof NAMES>;

/** The same options, with each event told to `record` before the page's own handler has it. */
export function recording<O extends Handlers>(options: O, record: (name: string, detail: unknown) => void): O {
  const given = options as Record<string, ((detail: unknown) => void) | undefined>;
  const handlers = Object.entries(NAMES).map(([handler, name]) => [
    handler,
    (detail: unknown) => {
      record(name, detail);
      given[handler]?.(detail);
    },
  ]);
  return { ...options, ...Object.fromEntries(handlers) };
}
