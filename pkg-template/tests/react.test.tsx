import { act, render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { createRef, type ReactNode, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ChatWidget, type ChatWidgetHandle, type ChatWidgetProps } from "../src/public/react.js";
import { containerWasm, type WidgetHandle } from "./stand-ins/container-wasm.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

/** As the container draws it, but for the number of the panel. */
const TOGGLE =
  '<button type="button" aria-haspopup="dialog" aria-expanded="false" aria-controls="ckw-panel-1" aria-label="Open chat" class="ckw-toggle"><svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" class="ckw-icon"><path d="M21 11.5a8.5 8.5 0 0 1-12.4 7.5L3 21l2-5.6A8.5 8.5 0 1 1 21 11.5z"></path></svg></button>';

const URL = "https://chat.example";
const strict = (ui: ReactNode) => <StrictMode>{ui}</StrictMode>;
const widget = (props: ChatWidgetProps = {}) => strict(<ChatWidget backendUrl={URL} {...props} />);
const host = (): HTMLElement => document.querySelector<HTMLElement>(".ckw") ?? expect.fail("no host");
const placeholder = (): HTMLElement | null => document.querySelector(".ckw > .ckw-toggle");
const chatkit = () => document.querySelector("openai-chatkit");

/** The one container that is mounted. */
async function container(): Promise<WidgetHandle> {
  await waitFor(() => expect(containerWasm.live).toHaveLength(1));
  return containerWasm.live[0] ?? expect.fail("no container");
}

/** The one element's insides. */
async function insides() {
  await waitFor(() => expect(elementWasm.live).toHaveLength(1));
  return elementWasm.live[0] ?? expect.fail("no element");
}

/** Renders, presses, waits until ChatKit is drawn. */
async function openWidget(props: ChatWidgetProps = {}) {
  const view = render(widget(props));
  await userEvent.click(screen.getByRole("button", { name: "Open chat" }));
  return { ...view, handle: await container(), element: await insides() };
}

beforeEach(() => {
  containerWasm.reset();
  elementWasm.reset();
});

describe("before anybody wants to chat", () => {
  it("there is a host and the toggle as the container draws it, and nothing is loaded", () => {
    render(widget());
    expect(host().childElementCount).toBe(1);
    expect(host().innerHTML.replace(/ckw-panel-\w+/, "ckw-panel-1")).toBe(TOGGLE);
    expect(host().dataset).toMatchObject({ panel: "closed", scheme: "auto", position: "bottom-end" });
    expect(containerWasm.initialised).toBe(0);
  });

  it("a pointer over the toggle loads the container, which takes over; the panel stays closed", async () => {
    render(widget());
    await userEvent.hover(screen.getByRole("button"));
    const handle = await container();
    await waitFor(() => expect(placeholder()).toBeNull());
    expect([...host().children].map(({ className }) => className)).toEqual(["ckw-launcher", "ckw-panel"]);
    const panel = host().querySelector(".ckw-panel");
    expect(panel?.outerHTML.replace(/ckw-panel-\w+/, "ckw-panel-1")).toBe(
      '<section class="ckw-panel" inert="" id="ckw-panel-1"><div class="ckw-chrome"></div><div class="ckw-body"></div></section>',
    );
    expect(handle.parts).toMatchObject({ host: host(), panel });
    expect(screen.getAllByRole("button")).toHaveLength(1);
    expect(handle.calls).toEqual([]);
    expect(chatkit()).toBeNull();
  });

  it("an early press opens the panel once it can, and says that it is working on it", async () => {
    render(widget());
    const toggle = screen.getByRole("button");
    act(() => {
      toggle.click();
      toggle.click();
    });
    expect(toggle.getAttribute("aria-busy")).toBe("true");
    const handle = await container();
    await waitFor(() => expect(handle.calls).toEqual([["open"]]));
    expect(toggle.hasAttribute("aria-busy")).toBe(false);
  });

  it.each([false, true])("focus on the placeholder moves to the container's toggle (drawn later: %s)", async (later) => {
    containerWasm.drawsLater = later;
    render(widget());
    act(() => screen.getByRole("button").focus());
    const handle = await container();
    await waitFor(() => expect(placeholder()).toBeNull());
    expect(document.activeElement).toBe(handle.button);
  });

  it("a panel left open on the page before counts as interest", async () => {
    sessionStorage.setItem(`chatkit-widget:${URL}`, '{"v":1,"open":true,"thread":null,"secret":null}');
    render(widget());
    await container();
  });

  it("a backendUrl that is no URL is named once, and the page renders", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { rerender } = render(<ChatWidget backendUrl="http://" />);
    await userEvent.hover(screen.getByRole("button"));
    await container();
    rerender(<ChatWidget backendUrl="http://" title="x" />);
    expect(screen.getByRole("button")).toBeTruthy();
    expect(log.mock.calls).toEqual([["chatkit-widget:", expect.stringMatching(/^backendUrl: "http:\/\/" is not a URL\. Write/)]]);
  });
});

describe("server rendering", () => {
  it("the toggle of the server's HTML is the one that hydrates, pressed or focused", async () => {
    const log = vi.spyOn(console, "error");
    const page = document.createElement("div");
    page.innerHTML = renderToString(widget());
    document.body.append(page);
    const toggle = screen.getByRole("button");
    toggle.focus();
    const root = await act(async () => hydrateRoot(page, widget()));
    const handle = await container();
    expect(log).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(handle.button);
    act(() => root.unmount());
  });
});

describe("hydration", () => {
  it("a press on the server's HTML before React has got to it opens the panel", async () => {
    const page = document.createElement("div");
    page.innerHTML = renderToString(widget());
    document.body.append(page);
    // Without `act`: React hydrates when it comes to it, as on a page.
    const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
    environment.IS_REACT_ACT_ENVIRONMENT = false;
    const root = hydrateRoot(page, widget());
    screen.getByRole("button").click();
    expect(containerWasm.initialised).toBe(0);
    await vi.waitFor(() => expect(containerWasm.live[0]?.calls).toEqual([["open"]]));
    root.unmount();
    await vi.waitFor(() => expect(containerWasm.live).toEqual([]));
    environment.IS_REACT_ACT_ENVIRONMENT = true;
  });
});

describe("opening", () => {
  it("draws the official <ChatKit> into the body, with the session's fetch and the tab's conversation", async () => {
    containerWasm.thread = "thr_1";
    const { handle, element } = await openWidget({ accent: "#06c", chatkit: { startScreen: { greeting: "Ask me" } } });
    expect(chatkit()?.parentElement?.className).toBe("ckw-body");
    const [[method, options]] = element.calls as [[string, Record<string, never>]];
    expect(method).toBe("setOptions");
    expect(options).toMatchObject({
      api: { url: `${URL}/chatkit`, domainKey: "self-hosted" },
      initialThread: "thr_1",
      startScreen: { greeting: "Ask me" },
      header: { enabled: false },
      theme: { colorScheme: "light", color: { accent: { primary: "#06c", level: 1 } } },
    });
    await (options.api as unknown as { fetch: typeof fetch }).fetch(`${URL}/chatkit`, { method: "POST" });
    expect(handle.fetched).toEqual([[`${URL}/chatkit`, { method: "POST" }]]);
    expect(host().style.getPropertyValue("--ckw-accent")).toBe("#06c");
  });

  it("ChatKit stays mounted when the panel closes and opens", async () => {
    const { handle, element } = await openWidget();
    const drawn = chatkit();
    act(() => handle.close());
    act(() => handle.open());
    expect(chatkit()).toBe(drawn);
    expect(elementWasm.made).toEqual([element]);
  });

  it("ChatKit's events reach the container, the newest onEvent and the site's handlers", async () => {
    const onEvent = vi.fn();
    const onReady = vi.fn();
    const onThreadChange = vi.fn();
    const props = { onReady, chatkit: { onThreadChange } };
    const { handle, rerender } = await openWidget(props);
    await waitFor(() => expect(handle.events).toEqual([["ready", null]]));
    expect(onReady).toHaveBeenCalledTimes(1);
    rerender(widget({ ...props, onEvent }));
    const detail = { threadId: "thr_2" };
    act(() => void chatkit()?.dispatchEvent(new CustomEvent("chatkit.thread.change", { detail })));
    expect(handle.events.at(-1)).toEqual(["thread.change", detail]);
    expect(onEvent.mock.calls).toEqual([["chatkit.thread.change", detail]]);
    expect(onThreadChange).toHaveBeenCalledWith(detail);
  });

  it("the container's wishes reach ChatKit, and a busy ChatKit breaks nothing", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { handle, element } = await openWidget();
    handle.callbacks.focusComposer();
    handle.callbacks.newThread();
    await waitFor(() => expect(element.calls.slice(1)).toEqual([["focusComposer"], ["setThreadId", null]]));
    element.setThreadId = () => Promise.reject(new Error("busy"));
    handle.callbacks.newThread();
    await waitFor(() => expect(warn).toHaveBeenCalledWith("chatkit-widget:", "ChatKit did not do setThreadId(null)", expect.any(Error)));
  });

  it("an engine that throws at its options leaves the site standing, with a sentence for the reader", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const prototype = customElements.get("openai-chatkit")?.prototype as { setOptions(): void };
    vi.spyOn(prototype, "setOptions").mockImplementation(() => {
      throw new Error("IntegrationError");
    });
    const onEvent = vi.fn();
    render(strict(<main>Chapter 1<ChatWidget backendUrl={URL} onEvent={onEvent} /></main>));
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByText("The chat stopped working. Reload the page to try again.")).toBeTruthy();
    expect(screen.getByText("Chapter 1")).toBeTruthy();
    expect(onEvent).toHaveBeenCalledWith("chatkit.error", { error: expect.any(Error) });
  });
});

describe("while mounted", () => {
  it("changed props change the container's and ChatKit's options, and mount nothing anew", async () => {
    const { handle, element, rerender } = await openWidget({ title: "Chat" });
    handle.calls.length = 0;
    rerender(widget({ title: "Ask the book", colorScheme: "dark", backendUrl: "https://other.example" }));
    expect(handle.calls).toEqual([
      ["setOptions", { backendUrl: "https://other.example", engine: "auto", title: "Ask the book", colorScheme: "dark" }],
    ]);
    expect(element.calls.at(-1)).toEqual([
      "setOptions",
      expect.objectContaining({ frameTitle: "Ask the book", api: expect.objectContaining({ url: "https://other.example/chatkit" }) }),
    ]);
    expect(containerWasm.live).toEqual([handle]);
    expect(elementWasm.made).toEqual([element]);
  });

  it("a render that changes nothing but functions sends nothing", async () => {
    const { handle, element, rerender } = await openWidget({ chatkit: { onClientTool: () => ({}) } });
    handle.calls.length = 0;
    const sent = element.calls.length;
    rerender(widget({ chatkit: { onClientTool: () => ({ newest: true }) }, onOpenChange: () => undefined }));
    expect(handle.calls).toEqual([]);
    expect(element.calls).toHaveLength(sent);
  });

  it("ChatKit follows the colour scheme the container decides", async () => {
    const { element } = await openWidget();
    act(() => host().setAttribute("data-scheme", "dark"));
    await waitFor(() =>
      expect(element.calls.at(-1)).toEqual(["setOptions", expect.objectContaining({ theme: { colorScheme: "dark" } })]),
    );
  });

  it("the newest callbacks are called, and what they throw stays outside", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const older = vi.fn();
    const newer = vi.fn();
    const { handle, rerender } = await openWidget({ onOpenChange: older });
    rerender(widget({ onOpenChange: newer, onError: newer }));
    act(() => handle.close());
    expect(older.mock.calls).toEqual([[true]]);
    expect(newer.mock.calls).toEqual([[false]]);
    const problem = { key: "offline", message: "No connection.", detail: "TypeError", retryable: true, severity: "warning" as const };
    handle.callbacks.problem(problem);
    expect(newer).toHaveBeenLastCalledWith(problem);
    rerender(widget({ onOpenChange: () => expect.fail("mine") }));
    expect(() => handle.callbacks.openChange(true)).not.toThrow();
    expect(log).toHaveBeenCalledWith("chatkit-widget:", "onOpenChange threw", expect.any(Error));
  });

  it("an issue the container finds is logged with its path", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { handle } = await openWidget();
    handle.callbacks.configIssues([{ path: "engineTimeout", message: "must be a number of milliseconds" }]);
    expect(log.mock.calls).toEqual([["chatkit-widget:", "engineTimeout: must be a number of milliseconds"]]);
  });

  it("code can open, close and reach the element through the ref", async () => {
    const ref = createRef<ChatWidgetHandle>();
    render(strict(<ChatWidget backendUrl={URL} ref={ref} />));
    expect(ref.current?.element).toBeNull();
    act(() => ref.current?.open());
    const handle = await container();
    await insides();
    expect(ref.current?.element).toBe(chatkit());
    act(() => ref.current?.toggle());
    act(() => ref.current?.open());
    act(() => ref.current?.close());
    expect(handle.calls).toEqual([["open"], ["close"], ["open"], ["close"]]);
  });

  it("props that change before the container is there change what the reader sees", () => {
    const { rerender } = render(widget({ accent: "red" }));
    expect(host().style.getPropertyValue("--ckw-accent")).toBe("red");
    rerender(widget({ position: "top-left", colorScheme: "dark", labels: { openChat: "Chat öffnen" } }));
    expect(host().dataset).toMatchObject({ position: "top-left", scheme: "dark" });
    expect(host().style.getPropertyValue("--ckw-accent")).toBe("");
    expect(screen.getByRole("button", { name: "Chat öffnen" })).toBeTruthy();
    expect(containerWasm.initialised).toBe(0);
  });

  it("className and style are the host's", () => {
    render(<ChatWidget className="mine" style={{ zIndex: 5 }} />);
    expect(host().className).toBe("ckw mine");
    expect(host().style.zIndex).toBe("5");
  });
});

describe("the end", () => {
  it("unmounting ends the container and the element", async () => {
    const { unmount } = await openWidget();
    unmount();
    expect(containerWasm.live).toEqual([]);
    expect(document.querySelector(".ckw, openai-chatkit")).toBeNull();
    await waitFor(() => expect(elementWasm.live).toEqual([]));
  });

  it("unmounting while the container is on the way mounts none", async () => {
    const { unmount } = render(widget());
    await userEvent.hover(screen.getByRole("button"));
    unmount();
    await act(async () => undefined);
    expect(containerWasm.live).toEqual([]);
  });

  it("mounted again it starts anew, also where React keeps the component and runs its effects again", async () => {
    const { Activity } = await import("react");
    const page = (mode: "visible" | "hidden") => strict(<Activity mode={mode}><ChatWidget backendUrl={URL} /></Activity>);
    const { rerender } = render(page("visible"));
    await userEvent.click(screen.getByRole("button"));
    const first = await container();
    await insides();
    rerender(page("hidden"));
    expect(containerWasm.live).toEqual([]);
    rerender(page("visible"));
    await waitFor(() => expect(placeholder()).not.toBeNull());
    expect(host().childElementCount).toBe(1);
    await userEvent.click(screen.getByRole("button"));
    expect(await container()).not.toBe(first);
    await insides();
    expect(document.querySelectorAll("openai-chatkit")).toHaveLength(1);
  });
});
