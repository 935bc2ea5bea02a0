import { beforeEach, describe, expect, it, vi } from "vitest";
import { mountChatWidget } from "../src/public/index.js";
import { containerWasm, type WidgetHandle } from "./stand-ins/container-wasm.js";
import { elementWasm } from "./stand-ins/element-wasm.js";

const URL = "https://chat.example";
const toggle = (): HTMLElement => document.querySelector<HTMLElement>("button") ?? expect.fail("no toggle");

async function container(): Promise<WidgetHandle> {
  await vi.waitFor(() => expect(containerWasm.live).toHaveLength(1));
  return containerWasm.live[0] ?? expect.fail("no container");
}

async function insides() {
  await vi.waitFor(() => expect(elementWasm.live).toHaveLength(1));
  return elementWasm.live[0] ?? expect.fail("no element");
}

beforeEach(() => {
  containerWasm.reset();
  elementWasm.reset();
});

describe("a page without React", () => {
  it("gets a toggle, and a conversation when it is pressed", async () => {
    const onReady = vi.fn();
    const onThreadChange = vi.fn();
    const chat = mountChatWidget(document.body, { backendUrl: URL, onReady, chatkit: { onThreadChange } });
    toggle().click();
    const handle = await container();
    const element = await insides();
    expect(element.calls[0]).toEqual(["setOptions", expect.objectContaining({ api: expect.objectContaining({ url: `${URL}/chatkit` }) })]);
    expect(Object.keys(element.calls[0]?.[1] as object)).not.toContain("onThreadChange");
    expect(chat.element).toBe(document.querySelector(".ckw-body > openai-chatkit"));
    expect(handle.events).toEqual([["ready", null]]);
    expect(onReady).toHaveBeenCalledTimes(1);
    await chat.element?.setThreadId("thr_1");
    expect(onThreadChange).toHaveBeenCalledWith({ threadId: "thr_1" });
    chat.destroy();
    await vi.waitFor(() => expect(elementWasm.live).toEqual([]));
  });

  it("code can open it before it is loaded, change all its options, and end it", async () => {
    const target = document.createElement("div");
    target.id = "chat";
    document.body.append(target);
    const chat = mountChatWidget("#chat", { backendUrl: URL, title: "Chat", accent: "red" });
    chat.open();
    const handle = await container();
    const element = await insides();
    chat.setOptions({ backendUrl: URL, position: "top-left" });
    expect(handle.options).toEqual({ backendUrl: URL, engine: "auto", position: "top-left" });
    expect(element.calls.at(-1)).toEqual(["setOptions", expect.not.objectContaining({ frameTitle: "Chat" })]);
    expect(target.querySelector<HTMLElement>(".ckw")?.style.getPropertyValue("--ckw-accent")).toBe("");
    chat.destroy();
    chat.destroy();
    expect(target.childElementCount).toBe(0);
    expect(containerWasm.live).toEqual([]);
    await vi.waitFor(() => expect(elementWasm.live).toEqual([]));
  });

  it("leaves nothing in the memory of the wasm when it ends", async () => {
    const chat = mountChatWidget(document.body, { backendUrl: URL });
    chat.open();
    const handle = await container();
    const element = await insides();
    chat.destroy();
    await vi.waitFor(() => expect([handle.freed, element.freed]).toEqual([true, true]));
    // What a site still calls finds nothing to be called.
    chat.setOptions({ backendUrl: URL, title: "Late" });
    chat.open();
    chat.close();
    expect(handle.calls.at(-1)).toEqual(["destroy"]);
  });

  it("opened and closed by code before it is loaded, it stays closed", async () => {
    const chat = mountChatWidget(document.body, { backendUrl: URL });
    chat.open();
    chat.close();
    expect((await container()).calls).toEqual([]);
    chat.destroy();
  });

  it("ended while it is opening, it leaves nothing", async () => {
    const chat = mountChatWidget(document.body, { backendUrl: URL });
    chat.open();
    await container();
    chat.destroy();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(document.body.childElementCount).toBe(0);
    expect(elementWasm.live).toEqual([]);
  });

  it("takes the toggle that the page's HTML already has, and gives it back", async () => {
    document.body.innerHTML = '<div class="ckw" id="here" data-position="bottom-right"><button class="ckw-toggle" aria-label="Open chat"></button></div>';
    const drawn = toggle();
    const chat = mountChatWidget("#here", { backendUrl: URL });
    drawn.click();
    const handle = await container();
    expect(document.querySelectorAll(".ckw")).toHaveLength(1);
    expect([...document.querySelectorAll("button")]).toEqual([handle.button]);
    await insides();
    chat.destroy();
    expect([...document.querySelectorAll("button")]).toEqual([drawn]);
    expect(drawn.style.display).toBe("");
    await vi.waitFor(() => expect(elementWasm.live).toEqual([]));
  });

  it("a target that is not there is named", () => {
    expect(() => mountChatWidget("#nowhere")).toThrow('chatkit-widget: target: no element matches "#nowhere"');
  });
});
