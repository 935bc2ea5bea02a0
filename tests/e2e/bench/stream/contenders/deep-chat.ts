import "deep-chat";
import type { DeepChat } from "deep-chat";

import { answer, box, frames, ready } from "./feed";

const chat = document.createElement("deep-chat") as DeepChat;
chat.style.cssText = "inline-size: 100%; block-size: 100%; border: 0; font: inherit";
let ended: (() => void) | undefined;
chat.connect = {
  stream: true,
  handler: async (_body, signals) => {
    signals.onOpen();
    await answer((delta) => void signals.onResponse({ text: delta }));
    signals.onClose();
    await frames();
    ended?.();
  },
};
box.append(chat);
ready(
  () =>
    new Promise((resolve) => {
      ended = resolve;
      chat.submitUserMessage({ text: "Tell me everything." });
    }),
);
