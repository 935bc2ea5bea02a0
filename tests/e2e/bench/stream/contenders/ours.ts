/** Ours, as it was packed: no build step touches it. It reads the stream itself, as it does in a page. */
import { box, frames, ready } from "./feed";

interface Element extends HTMLElement {
  setOptions(options: unknown): void;
  sendUserMessage(message: { text: string }): Promise<void>;
}

const packed = "/package/dist/public/element.js";
await import(packed);
const chat = document.createElement("openai-chatkit") as Element;
chat.style.cssText = "display: block; inline-size: 100%; block-size: 100%";
chat.setOptions({ api: { url: `/chatkit${location.search}`, domainKey: "bench" }, thread: { autoScroll: true } });
chat.addEventListener(
  "chatkit.ready",
  () =>
    ready(async () => {
      const end = new Promise<void>((resolve) => chat.addEventListener("chatkit.response.end", () => resolve()));
      await chat.sendUserMessage({ text: "Tell me everything." });
      await end;
      await frames();
    }),
  { once: true },
);
box.append(chat);
