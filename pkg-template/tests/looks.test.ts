// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { toHex } from "../src/internal/color.js";
import { hostStyle, styleHost } from "../src/internal/host-style.js";
import { followPageTheme, radiusOf } from "../src/internal/page-theme.js";
import { followVisibleArea, visibleArea } from "../src/internal/visible-area.js";

function drawHost(): HTMLElement {
  const host = document.createElement("div");
  host.className = "ckw";
  document.body.append(host);
  return host;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("The host's style", () => {
  it("has the given options only; numbers are pixels", () => {
    expect(hostStyle({})).toEqual({});
    expect(hostStyle({ accent: "teal", offset: { x: 8, y: "2rem" }, width: 480, height: "80vh", zIndex: 5 })).toEqual({
      "--ckw-accent": "teal",
      "--ckw-edge-x": "8px",
      "--ckw-edge-y": "2rem",
      "--ckw-width": "480px",
      "--ckw-height": "80vh",
      "--ckw-z-index": "5",
    });
    expect(hostStyle({ offset: { y: 0 } })).toEqual({ "--ckw-edge-y": "0px" });
  });

  it("takes back what an option wrote, never what the site wrote", () => {
    const host = drawHost();
    host.style.setProperty("--ckw-accent", "hotpink");
    styleHost(host, { width: 480, zIndex: 5 });
    styleHost(host, { zIndex: 6 });
    expect(host.getAttribute("style")).toBe("--ckw-accent: hotpink; --ckw-z-index: 6;");
  });
});

describe("The page's theme", () => {
  it.each([
    ["rgb(37, 194, 160)", "#25c2a0"],
    ["rgba(0, 8, 16, 0.5)", "#000810"],
    ["rgba(0, 0, 0, 0)", undefined],
    ["", undefined],
  ])("knows %s as %s", (computed, hex) => expect(toHex(computed)).toBe(hex));

  it("has the browser paint a colour of another space", () => {
    const context = { fillStyle: "", fillRect: vi.fn(), getImageData: () => ({ data: [255, 128, 1, 255] }) };
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValueOnce(context as unknown as CanvasRenderingContext2D as never);
    expect(toHex("oklch(0.7 0.2 50)")).toBe("#ff8001");
    expect(context.fillStyle).toBe("oklch(0.7 0.2 50)");
  });

  it.each([
    ["0px", "sharp"],
    ["6.4px", "soft"],
    ["12.8px", "round"],
    ["16px", "pill"],
    ["50%", undefined],
  ])("takes a corner of %s as %s", (corner, radius) => expect(radiusOf(corner)).toBe(radius));

  it("is the scheme alone where the stylesheet is missing", () => {
    const host = drawHost();
    host.setAttribute("data-scheme", "dark");
    expect(followPageTheme(host).current()).toEqual({ scheme: "dark" });
  });

  it("follows the page, says so once, and leaves no probe behind", async () => {
    const host = drawHost();
    host.setAttribute("data-scheme", "light");
    const theme = followPageTheme(host);
    const before = theme.current();
    const changed = vi.fn();
    const stop = theme.watch(changed);
    host.setAttribute("data-panel", "open");
    await Promise.resolve();
    expect(theme.current()).toBe(before);
    host.setAttribute("data-scheme", "dark");
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    expect(theme.current()).toEqual({ scheme: "dark" });
    stop();
    host.setAttribute("data-scheme", "light");
    await Promise.resolve();
    expect(changed).toHaveBeenCalledTimes(1);
    expect(host.children).toHaveLength(0);
  });
});

describe("The visible area", () => {
  it.each([
    ["no keyboard", { height: 800, offsetTop: 0, scale: 1 }, undefined],
    ["a scrollbar", { height: 785, offsetTop: 0, scale: 1 }, undefined],
    ["a keyboard", { height: 460, offsetTop: 0, scale: 1 }, { height: 460, top: 0, keyboard: 340 }],
    ["a keyboard, the page panned to the field", { height: 460, offsetTop: 200, scale: 1 }, { height: 460, top: 200, keyboard: 140 }],
    ["a pinched page", { height: 400, offsetTop: 120, scale: 2 }, undefined],
    ["a keyboard on a pinched page", { height: 230, offsetTop: 50, scale: 2 }, { height: 460, top: 0, keyboard: 340 }],
  ])("with %s", (_name, viewport, area) => expect(visibleArea(viewport, 800)).toEqual(area));

  it("is told while the panel is open, and nothing listens otherwise", async () => {
    const viewport = Object.assign(new EventTarget(), { height: 460, offsetTop: 0, scale: 1 });
    const listening = vi.spyOn(viewport, "addEventListener");
    vi.stubGlobal("visualViewport", viewport);
    vi.spyOn(document.documentElement, "clientHeight", "get").mockReturnValue(800);
    const host = drawHost();
    const height = (): string => host.style.getPropertyValue("--_ckw-visible-height");
    const stop = followVisibleArea(host);
    expect(listening).not.toHaveBeenCalled();
    host.setAttribute("data-panel", "opening");
    await vi.waitFor(() => expect(height()).toBe("460px"));
    viewport.height = 500;
    viewport.dispatchEvent(new Event("resize"));
    expect(height()).toBe("500px");
    host.setAttribute("data-panel", "closing");
    await vi.waitFor(() => expect(height()).toBe(""));
    viewport.dispatchEvent(new Event("resize"));
    expect(host.getAttribute("style") ?? "").toBe("");
    stop();
  });
});
