import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { handOver, takeHandedOver } from "../../src/internal/page/handover.js";
import { startWalking, type Walking } from "../../src/internal/page/walk.js";
import type { ChatWidgetOptions } from "../../src/public/types.js";

const CITED = "/servo#what:~:text=A%20servo";
const HERE = "/start";

let walking: Walking;
let panel: HTMLElement;
let options: ChatWidgetOptions;
const close = vi.fn();

/** Clicks a link in a shadow root of the panel, as our element has it. Says whether the browser would follow it. */
function click(href: string, more: MouseEventInit = {}, target = ""): boolean {
  const shadow = panel.querySelector("openai-chatkit-stand-in")?.shadowRoot;
  const link = document.createElement("a");
  Object.assign(link, { href, target });
  shadow?.append(link);
  // jsdom navigates nowhere, but says so on the console.
  const stop = (event: Event): void => event.preventDefault();
  const event = new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, ...more });
  let left = false;
  const note = (seen: Event): void => {
    left = !seen.defaultPrevented;
    stop(seen);
  };
  document.addEventListener("click", note, { once: true });
  link.dispatchEvent(event);
  return left;
}

beforeEach(() => {
  window.history.replaceState(null, "", HERE);
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = '<main><h2 id="what">Servos</h2><p>A servo is a motor.</p></main><div class="ckw"><section><openai-chatkit-stand-in></openai-chatkit-stand-in></section></div>';
  panel = document.querySelector("section") as HTMLElement;
  panel.firstElementChild?.attachShadow({ mode: "open" });
  options = {};
  walking = startWalking({ host: panel.parentElement as HTMLElement, panel, options: () => options, close });
});
afterEach(() => {
  walking.end();
  close.mockReset();
});

describe("a link into the site", () => {
  it("goes through the router, without its text fragment, and the passage is marked when it is drawn", () => {
    const navigate = vi.fn((url: URL) => window.history.pushState(null, "", url));
    options = { navigate };
    expect(click(CITED)).toBe(false);
    expect(navigate.mock.lastCall?.[0].href).toBe(`${location.origin}/servo#what`);
    expect(document.querySelector("mark")?.textContent).toBe("A servo");
    expect(document.activeElement?.textContent).toBe("A servo is a motor.");
    expect(close).not.toHaveBeenCalled();
  });

  it("is marked on a page that is drawn later, and again when that page is drawn anew", async () => {
    const content = document.querySelector("main")?.innerHTML ?? "";
    options = {
      navigate: (url) => {
        document.querySelector("main")?.replaceChildren();
        window.history.pushState(null, "", url);
      },
    };
    click(CITED);
    expect(document.querySelector("mark")).toBeNull();
    const draw = (): string => ((document.querySelector("main") as HTMLElement).innerHTML = content);
    draw();
    await vi.waitFor(() => expect(document.querySelectorAll("mark")).toHaveLength(1));
    draw();
    await vi.waitFor(() => expect(document.querySelectorAll("mark")).toHaveLength(1));
  });

  it("is not marked on the page before, which has the same words", async () => {
    options = { navigate: () => undefined };
    click(CITED);
    document.body.append("something else is drawn");
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(document.querySelector("mark")).toBeNull();
  });

  it("the mark goes when the reader presses the page or Escape, not when they use the chat", () => {
    options = { navigate: (url) => window.history.pushState(null, "", url) };
    for (const [target, event] of [
      [document.body, new MouseEvent("pointerdown", { bubbles: true })],
      [document.body, new KeyboardEvent("keydown", { key: "Escape", bubbles: true })],
    ] as const) {
      click(CITED);
      panel.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true }));
      expect(document.querySelector("mark")).not.toBeNull();
      target.dispatchEvent(event);
      expect(document.querySelector("mark")).toBeNull();
    }
  });

  it("is loaded by the browser where there is no router, where it declines, and where it breaks", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(click("/servo")).toBe(true);
    options = { navigate: () => false };
    expect(click("/servo.pdf")).toBe(true);
    options = {
      navigate: () => {
        throw new Error("no such route");
      },
    };
    expect(click("/servo")).toBe(true);
  });

  it("on the page itself needs no router and loads nothing", () => {
    expect(click(`${HERE}#what:~:text=A%20servo`)).toBe(false);
    expect(location.hash).toBe("#what");
    expect(document.querySelector("mark")?.textContent).toBe("A servo");
  });

  it("closes a panel that covers the page", () => {
    options = { navigate: (url) => window.history.pushState(null, "", url) };
    vi.spyOn(panel, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, innerWidth, innerHeight));
    click(CITED);
    expect(close).toHaveBeenCalledTimes(1);
  });
});

it.each<[string, string, MouseEventInit, string]>([
  ["another site's", "https://elsewhere.example/", {}, "_blank"],
  ["one with Control", "/servo", { ctrlKey: true }, ""],
  ["one with the middle button", "/servo", { button: 1 }, ""],
])("%s is left to the browser", (_name, href, more, target) => {
  const navigate = vi.fn();
  options = { navigate };
  expect(click(href, more, target)).toBe(true);
  expect(navigate).not.toHaveBeenCalled();
});

it("an address of an entity or a deep link is followed in the site, and opens a tab elsewhere", () => {
  const navigate = vi.fn();
  const open = vi.spyOn(window, "open").mockReturnValue(null);
  options = { navigate };
  walking.follow("/servo");
  expect(navigate.mock.lastCall?.[0].href).toBe(`${location.origin}/servo`);
  walking.follow("https://elsewhere.example/a");
  expect(open).toHaveBeenCalledWith("https://elsewhere.example/a", "_blank", "noopener,noreferrer");
  for (const wrong of ["javascript:alert(1)", "mailto:a@b.example", undefined, 7]) walking.follow(wrong);
  expect(open).toHaveBeenCalledTimes(1);
  expect(navigate).toHaveBeenCalledTimes(1);
});

describe("a page that is loaded anew", () => {
  const destination = () => ({ url: new URL("/servo#what", location.origin), quote: { start: "A servo" } });

  it("takes over what to mark, once", () => {
    handOver(destination());
    window.history.replaceState(null, "", "/servo#what");
    expect(takeHandedOver()).toEqual(destination());
    expect(takeHandedOver()).toBeUndefined();
  });

  it("takes nothing that was meant for another page, is old, or broken", () => {
    handOver(destination());
    expect(takeHandedOver()).toBeUndefined();
    window.history.replaceState(null, "", "/servo");
    handOver(destination());
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    expect(takeHandedOver()).toBeUndefined();
    for (const odd of ["{", "7", '{"url":1}', '{"url":"/","quote":{},"at":0}']) {
      sessionStorage.setItem("chatkit-widget:passage", odd);
      expect(takeHandedOver()).toBeUndefined();
    }
  });

  it("is left to a browser that marks text fragments by itself", () => {
    Object.defineProperty(document, "fragmentDirective", { value: {}, configurable: true });
    handOver(destination());
    Reflect.deleteProperty(document, "fragmentDirective");
    expect(sessionStorage.length).toBe(0);
  });
});
