import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef, StrictMode, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mountChatWidget } from "../src/public/index.js";
import { ChatWidget, type ChatWidgetHandle, type ChatWidgetProps } from "../src/public/react.js";
import { containerWasm, type WidgetHandle } from "./stand-ins/container-wasm.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

const URL = "https://chat.example";

async function container(): Promise<WidgetHandle> {
  await waitFor(() => expect(containerWasm.live).toHaveLength(1));
  return containerWasm.live[0] ?? expect.fail("no container");
}

async function insides() {
  await waitFor(() => expect(elementWasm.live).toHaveLength(1));
  return elementWasm.live[0] ?? expect.fail("no element");
}

const toggle = (): HTMLElement => screen.getByRole("button");

beforeEach(() => {
  containerWasm.reset();
  elementWasm.reset();
});

describe("a site that decides whether the panel is open", () => {
  function Site({ obeys = true, onAsked, ...props }: ChatWidgetProps & { obeys?: boolean; onAsked: (open: boolean) => void }) {
    const [open, setOpen] = useState(false);
    const asked = (wanted: boolean): void => {
      onAsked(wanted);
      if (obeys) setOpen(wanted);
    };
    return (
      <StrictMode>
        <ChatWidget backendUrl={URL} {...props} open={open} onOpenChange={asked} />
      </StrictMode>
    );
  }

  it("is asked by the first press, before the container is there, and is obeyed when it is", async () => {
    const asked = vi.fn();
    render(<Site onAsked={asked} />);
    await userEvent.click(toggle());
    const handle = await container();
    await waitFor(() => expect(handle.calls).toEqual([["open"]]));
    expect(handle.options.controlled).toBe(true);
    expect(asked.mock.calls).toEqual([[true]]);
    // The container's own toggle asks, too.
    await userEvent.click(toggle());
    expect(asked.mock.calls).toEqual([[true], [false]]);
    expect(handle.calls.at(-1)).toEqual(["close"]);
  });

  it("may refuse", async () => {
    const asked = vi.fn();
    render(<Site onAsked={asked} obeys={false} />);
    await userEvent.click(toggle());
    const handle = await container();
    await userEvent.click(toggle());
    expect(asked.mock.calls).toEqual([[true], [true]]);
    expect(handle.calls.filter(([call]) => call === "open")).toEqual([]);
  });

  it("that begins open does not pull the focus away from what the reader does", async () => {
    render(<ChatWidget backendUrl={URL} open />);
    expect((await container()).calls).toEqual([["open", "quiet"]]);
  });

  it("gets the wishes of its own code through the same door", async () => {
    const asked = vi.fn();
    const chat = mountChatWidget(document.body, { backendUrl: URL, open: false, onOpenChange: asked });
    chat.open();
    expect(asked.mock.calls).toEqual([[true]]);
    expect(containerWasm.made).toEqual([]);
    chat.setOptions({ backendUrl: URL, open: true, onOpenChange: asked });
    await waitFor(async () => expect((await container()).calls).toContainEqual(["open"]));
    chat.open();
    expect(asked.mock.calls).toEqual([[true]]);
    chat.destroy();
  });
});

describe("a panel that is open at first", () => {
  it("opens by itself, without taking the focus", async () => {
    render(<ChatWidget backendUrl={URL} defaultOpen />);
    expect((await container()).calls).toEqual([["open", "quiet"]]);
  });

  it("stays as the reader left it in this tab", () => {
    sessionStorage.setItem(`chatkit-widget:${URL}`, '{"v":1,"open":false,"thread":null,"secret":null}');
    render(<ChatWidget backendUrl={URL} defaultOpen />);
    expect(containerWasm.initialised).toBe(0);
  });
});

describe("messages of the site's code", () => {
  it("open the panel and are sent once ChatKit is ready", async () => {
    const ref = createRef<ChatWidgetHandle>();
    render(<ChatWidget ref={ref} backendUrl={URL} />);
    const sent = ref.current?.sendMessage("What is a servo?");
    const handle = await container();
    expect(handle.calls).toEqual([["open"]]);
    await act(() => sent);
    expect((await insides()).calls).toContainEqual(["sendUserMessage", { text: "What is a servo?" }]);
    await ref.current?.sendMessage({ text: "And this?", reply: "a passage" });
    expect((await insides()).calls).toContainEqual(["sendUserMessage", { text: "And this?", reply: "a passage" }]);
  });

  it("a new conversation waits for ChatKit and does not open the panel", async () => {
    const chat = mountChatWidget(document.body, { backendUrl: URL });
    const begun = chat.newThread();
    const handle = await container();
    expect(handle.calls).toEqual([]);
    chat.open();
    await begun;
    expect((await insides()).calls).toContainEqual(["setThreadId", null]);
    chat.destroy();
  });

  it("are refused when the widget goes away", async () => {
    const chat = mountChatWidget(document.body, { backendUrl: URL });
    const early = chat.newThread();
    chat.destroy();
    await expect(early).rejects.toThrow("removed from the page");
    await expect(chat.sendMessage("late")).rejects.toThrow("not mounted");
  });
});

describe("children", () => {
  it("replace the toggle's icon, before and after the container takes over, and follow the site", async () => {
    const view = render(
      <ChatWidget backendUrl={URL}>
        <b>Ask us</b>
      </ChatWidget>,
    );
    expect(toggle().innerHTML).toBe("<b>Ask us</b>");
    await userEvent.hover(toggle());
    const handle = await container();
    expect(handle.options.customToggle).toBe(true);
    await waitFor(() => expect(handle.button.textContent).toBe("Ask us"));
    view.rerender(
      <ChatWidget backendUrl={URL}>
        <b>Ask me</b>
      </ChatWidget>,
    );
    expect(handle.button.textContent).toBe("Ask me");
    view.rerender(<ChatWidget backendUrl={URL} />);
    await waitFor(() => expect(handle.options.customToggle).toBeUndefined());
    expect(handle.button.textContent).toBe("");
  });
});
