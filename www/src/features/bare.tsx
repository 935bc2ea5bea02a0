/** The page as tests use it: `window.features`. */
import { useState } from "react";
import { flushSync } from "react-dom";
import type { Root } from "react-dom/client";
import { ChatKit, useChatKit, type UseChatKitOptions, type UseChatKitReturn } from "@openai/chatkit-react";
import { recording } from "./events.ts";

/** One event of the element; an error is told by its name and message, for it has to leave the page. */
export interface Recorded {
  name: string;
  detail: unknown;
}

export interface Features {
  /** Draws the chat and resolves when it is ready. */
  start(options: UseChatKitOptions): Promise<void>;
  /** Gives the chat other options, as a component does that renders again. */
  set(options: UseChatKitOptions): void;
  /** Every event since `start`, in order. */
  events: Recorded[];
  /** The element's methods, as the binding hands them out. */
  kit: UseChatKitReturn;
}

declare global {
  interface Window {
    features: Features;
  }
}

function Bare({ initial, announce }: { initial: UseChatKitOptions; announce: (set: Features["set"]) => void }) {
  const [options, setOptions] = useState(initial);
  const kit = useChatKit(options);
  window.features.kit = kit;
  announce(setOptions);
  return (
    <main>
      <h1>The chat</h1>
      <ChatKit control={kit.control} />
    </main>
  );
}

/** Puts `window.features` on the page; `start` draws into `root`. */
export function waitForOptions(root: Root): void {
  const events: Recorded[] = [];
  const recorded = (options: UseChatKitOptions) =>
    recording(options, (name, detail) => events.push({ name, detail: plain(detail) }));
  window.features = {
    events,
    kit: undefined as unknown as UseChatKitReturn,
    set: () => undefined,
    start: (options) =>
      new Promise((ready) => {
        const initial = recorded({ ...options, onReady: () => (options.onReady?.(), ready()) });
        const announce = (set: Features["set"]) => {
          window.features.set = (next) => flushSync(() => set(recorded(next)));
        };
        root.render(<Bare initial={initial} announce={announce} />);
      }),
  };
}

function plain(detail: unknown): unknown {
  if (detail === undefined || detail === null) return null;
  return JSON.parse(
    JSON.stringify(detail, (_, value: unknown) =>
      value instanceof Error ? { name: value.name, message: value.message } : value,
    ),
  );
}
