import { ChatKit, useChatKit } from "@openai/chatkit-react";
import { act, render, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import "../src/public/element.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

type Kit = ReturnType<typeof useChatKit>;

/** OpenAI's own binding as its documentation uses it, over our element. */
function App({ url, onReady, take }: { url: string; onReady?: () => void; take?: (kit: Kit) => void }) {
  const kit = useChatKit({ api: { url, domainKey: "x" }, onReady });
  take?.(kit);
  return <ChatKit control={kit.control} className="chat" />;
}

const page = (props: Parameters<typeof App>[0]) => <StrictMode><App {...props} /></StrictMode>;

async function insides() {
  await waitFor(() => expect(elementWasm.live).toHaveLength(1));
  return elementWasm.live[0] ?? expect.fail("no element");
}

describe("the official <ChatKit> over our element", () => {
  beforeEach(() => elementWasm.reset());

  it("gives it its options, and again when they change, and one wasm however often effects run", async () => {
    const { rerender } = render(page({ url: "/one" }));
    const handle = await insides();
    expect(handle.calls).toEqual([["setOptions", { api: { url: "/one", domainKey: "x" } }]]);
    rerender(page({ url: "/two" }));
    expect(handle.calls.slice(1)).toEqual([["setOptions", { api: { url: "/two", domainKey: "x" } }]]);
    expect(elementWasm.made).toEqual([handle]);
    expect(document.querySelector("openai-chatkit")?.className).toBe("chat");
  });

  it("hears chatkit.ready although the wasm is already loaded when the element is connected", async () => {
    const onReady = vi.fn();
    render(page({ url: "/one", onReady }));
    await insides();
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  it("its methods work as soon as it is mounted", async () => {
    let kit: Kit | undefined;
    render(page({ url: "/one", take: (given) => (kit = given) }));
    await act(async () => {
      await kit?.sendUserMessage({ text: "What is a servo?" });
      await kit?.setThreadId("thr_1");
      await kit?.setComposerValue({ text: "draft" });
      await kit?.sendCustomAction({ type: "refresh", payload: { id: 1 } }, "wid_1");
      await kit?.fetchUpdates();
      await kit?.focusComposer();
      await kit?.showHistory();
      await kit?.hideHistory();
    });
    expect((await insides()).calls.slice(1)).toEqual([
      ["sendUserMessage", { text: "What is a servo?" }],
      ["setThreadId", "thr_1"],
      ["setComposerValue", { text: "draft" }],
      ["sendCustomAction", { type: "refresh", payload: { id: 1 } }, "wid_1"],
      ["fetchUpdates"],
      ["focusComposer"],
      ["showHistory"],
      ["hideHistory"],
    ]);
  });

  it("unmounted, it takes the wasm with it", async () => {
    const { unmount } = render(page({ url: "/one" }));
    await insides();
    unmount();
    await waitFor(() => expect(elementWasm.live).toEqual([]));
  });
});
