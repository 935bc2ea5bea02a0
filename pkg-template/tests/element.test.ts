import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OpenAIChatKit } from "../src/public/types.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

const OPTIONS = { api: { url: "/chatkit", domainKey: "x" } } as const;

/** An element that was in the page before its class, with what an impatient page had put on it. */
const early = document.createElement("openai-chatkit") as OpenAIChatKit;
Object.assign(early, { setOptions: () => "the page's own", title: "kept" });

beforeEach(async () => {
  elementWasm.reset();
  await import("../src/public/element.js");
});

afterEach(async () => {
  document.body.replaceChildren();
  await vi.waitFor(() => expect(elementWasm.live).toEqual([]));
});

const create = (): OpenAIChatKit => document.createElement("openai-chatkit");
const running = async (): Promise<(typeof elementWasm.made)[number]> =>
  vi.waitFor(() => {
    const handle = elementWasm.live[0];
    if (handle === undefined) throw new Error("the element wasm has not been mounted");
    return handle;
  });

describe("when the wasm does not load", () => {
  it("says so in a sentence, in chatkit.error and to every caller, and the button tries again", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    elementWasm.failures.push(...Array.from({ length: 3 }, () => new Error("offline")));
    vi.spyOn(Math, "random").mockReturnValue(0);
    const element = create();
    const errors: unknown[] = [];
    element.addEventListener("chatkit.error", (event) => errors.push(event.detail.error));
    element.setOptions(OPTIONS);
    const call = element.focusComposer();
    document.body.append(element);
    await expect(call).rejects.toThrow(/wasm\/element\.js could not be loaded: offline/);
    const view = element.shadowRoot?.querySelector(".failure");
    expect(view?.textContent).toBe("The chat could not be loaded. Check your connection and try again.Try again");
    expect(view?.getAttribute("role")).toBe("alert");
    expect(errors).toHaveLength(1);
    expect(log).toHaveBeenCalledWith("chatkit-widget:", expect.stringContaining("wasm/element.js"), errors[0]);
    await expect(element.fetchUpdates()).rejects.toBe(errors[0]);

    element.shadowRoot?.querySelector("button")?.click();
    const handle = await running();
    expect(element.shadowRoot?.querySelector(".failure")).toBeNull();
    expect(handle.calls).toEqual([["setOptions", OPTIONS]]);
  });
});

describe("<openai-chatkit>", () => {
  it("gets its methods back from properties set before it was defined", async () => {
    expect(early.title).toBe("kept");
    document.body.append(early);
    customElements.upgrade(early);
    early.setOptions(OPTIONS);
    const handle = await running();
    expect(handle.calls).toEqual([["setOptions", OPTIONS]]);
  });

  it("takes options and calls before it is connected and before its wasm is there, and keeps their order", async () => {
    const element = create();
    element.setOptions({ api: { url: "/old", domainKey: "x" } });
    const before = element.sendUserMessage({ text: "What is a servo?" });
    document.body.append(element);
    element.setOptions(OPTIONS);
    const after = element.focusComposer();
    await Promise.all([before, after]);
    expect((await running()).calls).toEqual([
      ["setOptions", OPTIONS],
      ["sendUserMessage", { text: "What is a servo?" }],
      ["focusComposer"],
    ]);
  });

  it("draws into an open shadow root, in one inner div", async () => {
    const element = create();
    document.body.append(element);
    const { root } = await running();
    expect(element.shadowRoot?.mode).toBe("open");
    expect([...(element.shadowRoot?.children ?? [])]).toEqual([root]);
  });

  it("a move in the page keeps the conversation", async () => {
    const element = create();
    const elsewhere = document.createElement("div");
    document.body.append(element, elsewhere);
    const handle = await running();
    elsewhere.append(element);
    element.remove();
    document.body.append(element);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await element.focusComposer();
    expect(elementWasm.made).toEqual([handle]);
    expect(elementWasm.live).toEqual([handle]);
  });

  it("a removal ends it; put back, it goes on with the same conversation", async () => {
    const element = create();
    element.setOptions(OPTIONS);
    document.body.append(element);
    const handle = await running();
    await element.setThreadId("thr_1");
    element.remove();
    await vi.waitFor(() => expect(elementWasm.live).toEqual([]));
    expect(element.shadowRoot?.childElementCount).toBe(0);
    document.body.append(element);
    const again = await running();
    expect(again).not.toBe(handle);
    expect(again.calls).toEqual([["setOptions", { ...OPTIONS, initialThread: "thr_1" }]]);
  });

  it("removed while its wasm is on the way, it is not mounted", async () => {
    const element = create();
    document.body.append(element);
    const call = element.focusComposer();
    element.remove();
    await expect(call).rejects.toThrow("removed from the page");
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(elementWasm.made).toEqual([]);
  });

  it("an exception in the wasm is a rejection, and setOptions never throws", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const element = create();
    document.body.append(element);
    const handle = await running();
    const broken = (): never => {
      throw new Error("unreachable");
    };
    Object.assign(handle, { focusComposer: broken, setOptions: broken });
    await expect(element.focusComposer()).rejects.toThrow("unreachable");
    expect(() => element.setOptions(OPTIONS)).not.toThrow();
    expect(log).toHaveBeenCalledTimes(1);
  });

  it("a bug in the wasm refuses the calls it was at work on and all later ones, and is not asked again", async () => {
    const element = create();
    element.setOptions(OPTIONS);
    document.body.append(element);
    const handle = await running();
    const bug = Object.assign(new Error("panicked"), { name: "ChatKitInternalError" });
    const fetchUpdates = vi.fn(() => new Promise<void>(() => undefined));
    Object.assign(handle, { fetchUpdates });
    const open = element.fetchUpdates();
    await vi.waitFor(() => expect(fetchUpdates).toHaveBeenCalledOnce());
    element.dispatchEvent(new CustomEvent("chatkit.error", { detail: { error: bug } }));
    await expect(open).rejects.toBe(bug);
    await expect(element.fetchUpdates()).rejects.toBe(bug);
    expect(fetchUpdates).toHaveBeenCalledOnce();
    expect(element.shadowRoot?.textContent, "what it has drawn for the reader stays").toContain("conversation");
    elementWasm.live.length = 0;
  });
});

describe("a tag that is already defined", () => {
  it("by another copy of this package is fine, silently", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.resetModules();
    await import("../src/public/element.js");
    expect(warn).not.toHaveBeenCalled();
  });

  it("by somebody else is left alone, with a warning", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.spyOn(customElements, "get").mockReturnValue(class extends HTMLElement {});
    const define = vi.spyOn(customElements, "define");
    vi.resetModules();
    await import("../src/public/element.js");
    expect(define).not.toHaveBeenCalled();
    expect(warn).toHaveBeenCalledWith("chatkit-widget:", expect.stringContaining("already defined by another script"));
  });
});
