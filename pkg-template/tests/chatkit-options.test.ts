import { describe, expect, it, vi } from "vitest";
import { composeChatKitOptions, withoutHandlers } from "../src/internal/chatkit-options.js";
import type { PageTheme } from "../src/internal/page-theme.js";
import type { ChatKitSettings, ChatWidgetOptions } from "../src/public/types.js";
import type { WidgetHandle } from "../src/wasm-types.js";

const fetch = vi.fn(async () => new Response("{}"));
const handle = { fetch } as unknown as WidgetHandle;
const follow = vi.fn();
const compose = (options: ChatWidgetOptions = {}, initialThread?: string, page: PageTheme = { scheme: "dark" }) =>
  composeChatKitOptions({ backendUrl: "https://chat.example", ...options }, { handle, engine: "selfhosted", initialThread, follow }, page);

describe("ChatKit's options", () => {
  it("go through the session: its fetch, the server's /chatkit, a domain key even where nobody has one", async () => {
    const { api } = compose();
    expect(api).toMatchObject({ url: "https://chat.example/chatkit", domainKey: "self-hosted" });
    if (!("url" in api) || api.fetch === undefined) throw new Error("not the custom form");
    const detached = api.fetch;
    await detached("https://chat.example/chatkit", { method: "POST" });
    expect(fetch).toHaveBeenCalledWith("https://chat.example/chatkit", { method: "POST" });
    expect(compose({ domainKey: "domain_pk_1" }).api).toMatchObject({ domainKey: "domain_pk_1" });
  });

  it("say how files are uploaded, without which ChatKit refuses a site that wants attachments", () => {
    const { api } = compose({ chatkit: { composer: { attachments: { enabled: true } } } });
    expect(api).toMatchObject({ uploadStrategy: { type: "two_phase" } });
  });

  it("let our engine, and no other, know whether the server stores a repeated request once", () => {
    const told = { ...handle, idempotent: () => true } as WidgetHandle;
    const api = (engine: "openai" | "selfhosted") =>
      composeChatKitOptions({ backendUrl: "https://chat.example" }, { handle: told, engine, initialThread: undefined, follow }, { scheme: "light" })
        .api as { idempotent?: () => boolean };
    expect(api("selfhosted").idempotent?.()).toBe(true);
    expect("idempotent" in api("openai")).toBe(false);
  });

  it("say how long to wait, where the site does", () => {
    expect(compose({ timeouts: { silence: 60_000 } }).api).toMatchObject({ timeouts: { silence: 60_000 } });
    expect("timeouts" in compose().api).toBe(false);
  });

  it("begin with the tab's conversation", () => {
    expect(compose({}, "thr_1").initialThread).toBe("thr_1");
    expect("initialThread" in compose()).toBe(false);
  });

  it("leave header and history to the container unless the site asks for them", () => {
    expect(compose()).toMatchObject({ header: { enabled: false }, history: { enabled: false } });
    expect(compose({ chatkit: { header: { enabled: true } } }).header).toEqual({ enabled: true });
  });

  it("cannot have api and initialThread taken over", () => {
    const smuggled = { api: { url: "https://evil.example", domainKey: "x" }, initialThread: "thr_x" } as unknown as ChatKitSettings;
    const options = compose({ chatkit: smuggled }, "thr_1");
    expect(options.api).toMatchObject({ url: "https://chat.example/chatkit" });
    expect(options.initialThread).toBe("thr_1");
    expect(compose({ chatkit: smuggled }).initialThread).toBeUndefined();
  });

  it.each<[string, ChatWidgetOptions, unknown]>([
    ["the page's scheme", {}, { colorScheme: "dark" }],
    ["the widget's accent", { accent: "#06c" }, { colorScheme: "dark", color: { accent: { primary: "#06c", level: 1 } } }],
    ["a scheme of the site", { chatkit: { theme: "light" } }, { colorScheme: "light" }],
    [
      "a theme of the site, over accent and scheme",
      { accent: "#06c", chatkit: { theme: { radius: "sharp", color: { grayscale: { hue: 200, tint: 1 } } } } },
      {
        colorScheme: "dark",
        radius: "sharp",
        color: { accent: { primary: "#06c", level: 1 }, grayscale: { hue: 200, tint: 1 } },
      },
    ],
  ])("theme: %s", (_name, options, theme) => expect(compose(options).theme).toEqual(theme));

  it("take the page's look, and the site's own theme over it, key by key", () => {
    const page: PageTheme = {
      scheme: "dark",
      accent: "#25c2a0",
      surface: { background: "#1b1b1d", foreground: "#e3e3e3" },
      fontFamily: "Lato, sans-serif",
      fontFamilyMono: "Fira Code",
      radius: "round",
    };
    expect(compose({ accent: "teal" }, undefined, page).theme).toEqual({
      colorScheme: "dark",
      radius: "round",
      typography: { fontFamily: "Lato, sans-serif", fontFamilyMono: "Fira Code" },
      color: { accent: { primary: "#25c2a0", level: 1 }, surface: page.surface },
    });
    const theme = { radius: "pill", typography: { fontFamily: "Inter" }, color: { accent: { primary: "red", level: 2 } } } as const;
    expect(compose({ chatkit: { theme } }, undefined, page).theme).toEqual({
      colorScheme: "dark",
      radius: "pill",
      typography: { fontFamily: "Inter", fontFamilyMono: "Fira Code" },
      color: { accent: { primary: "red", level: 2 }, surface: page.surface },
    });
  });

  it("leave the page's paper out where the site asked for the other scheme: dark on dark", () => {
    const page: PageTheme = { scheme: "dark", surface: { background: "#111", foreground: "#eee" } };
    expect(compose({ chatkit: { theme: "light" } }, undefined, page).theme).toEqual({ colorScheme: "light" });
  });

  it("name the frame after the panel", () => expect(compose({ title: "Ask the book" }).frameTitle).toBe("Ask the book"));

  it("carry handlers for the binding, none for the element, and onClientTool for both", () => {
    const chatkit: ChatKitSettings = { onThreadChange: () => undefined, onClientTool: () => ({}) };
    expect(compose({ chatkit })).toMatchObject(chatkit);
    expect(Object.keys(withoutHandlers(compose({ chatkit })))).toContain("onClientTool");
    expect(Object.keys(withoutHandlers(compose({ chatkit })))).not.toContain("onThreadChange");
  });
});
