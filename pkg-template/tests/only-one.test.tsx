import { act, render, screen, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mountChatWidget } from "../src/public/index.js";
import { ChatWidget } from "../src/public/react.js";
import { containerWasm } from "./stand-ins/container-wasm.js";

const URL = "https://chat.example";
const strict = (ui: ReactNode) => <StrictMode>{ui}</StrictMode>;
const toggles = () => screen.queryAllByRole("button");
const breath = () => act(async () => undefined);

/** What the integrator reads. The page remembers that it was said, so each test is another page. */
function warnings() {
  Reflect.deleteProperty(globalThis, Symbol.for("chatkit-widget"));
  return vi.spyOn(console, "warn").mockImplementation(() => undefined);
}

describe("one widget on a page", () => {
  let warn: ReturnType<typeof warnings>;
  beforeEach(() => {
    containerWasm.reset();
    warn = warnings();
  });

  it("mounted twice there is one toggle and one warning; the second handle reaches the one widget", async () => {
    const one = mountChatWidget(document.body, { backendUrl: URL });
    const two = mountChatWidget(document.body, { backendUrl: "https://other.example" });
    const three = mountChatWidget(document.body, {});
    await breath();
    expect(toggles()).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith("chatkit-widget:", expect.stringMatching(/more than once.*Only the first.*mount it once/));
    two.open();
    await waitFor(() => expect(containerWasm.live[0]?.calls).toEqual([["open"]]));
    expect(containerWasm.live).toHaveLength(1);
    three.destroy();
    two.destroy();
    two.close();
    expect(containerWasm.live[0]?.calls).toEqual([["open"]]);
    one.destroy();
    expect(document.body.childElementCount).toBe(0);
  });

  it("a component that is mounted twice is seen once, and a plain page's widget counts too", async () => {
    const plain = mountChatWidget(document.body, { backendUrl: URL });
    const { unmount } = render(strict(<><ChatWidget backendUrl={URL} /><ChatWidget backendUrl={URL} /></>));
    await breath();
    expect(toggles()).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
    plain.destroy();
    await waitFor(() => expect(toggles()).toHaveLength(1));
    unmount();
    expect(toggles()).toHaveLength(0);
  });

  it("the next one starts when the first is gone, with its own options", async () => {
    const one = mountChatWidget(document.body, { backendUrl: URL });
    const two = mountChatWidget(document.body, { backendUrl: "https://other.example" });
    two.setOptions({ backendUrl: URL, labels: { openChat: "Second" } });
    one.destroy();
    expect(toggles().map((toggle) => toggle.getAttribute("aria-label"))).toEqual(["Second"]);
    two.destroy();
  });

  it("StrictMode, a move to another place and mounting anew are no second widget", async () => {
    const { rerender, unmount } = render(strict(<main><ChatWidget backendUrl={URL} /></main>));
    rerender(strict(<aside><ChatWidget backendUrl={URL} /></aside>));
    rerender(strict(<aside><ChatWidget key="anew" backendUrl={URL} /></aside>));
    await breath();
    expect(toggles()).toHaveLength(1);
    act(() => toggles()[0]?.click());
    await waitFor(() => expect(containerWasm.live[0]?.calls).toEqual([["open"]]));
    unmount();
    const plain = mountChatWidget(document.body, { backendUrl: URL });
    await breath();
    expect(toggles()).toHaveLength(1);
    plain.destroy();
    expect(warn).not.toHaveBeenCalled();
  });

  it("a second toggle in the HTML, which nobody would answer, is not shown", async () => {
    const drawn = '<div class="ckw"><button class="ckw-toggle"></button></div>';
    document.body.innerHTML = drawn + drawn;
    const [first, second] = [...document.querySelectorAll<HTMLElement>(".ckw")];
    const one = mountChatWidget(first ?? expect.fail(), { backendUrl: URL });
    const again = mountChatWidget(first ?? expect.fail(), { backendUrl: URL });
    const two = mountChatWidget(second ?? expect.fail(), { backendUrl: URL });
    expect(first?.style.display).toBe("");
    expect(second?.style.display).toBe("none");
    again.destroy();
    one.destroy();
    expect(second?.style.display).toBe("");
    two.destroy();
  });
});
