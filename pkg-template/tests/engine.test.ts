import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** A fresh module: it remembers the script that is on its way. */
async function fresh(): Promise<typeof import("../src/internal/engine.js")> {
  vi.resetModules();
  return import("../src/internal/engine.js");
}

const scripts = (): HTMLScriptElement[] => [...document.head.querySelectorAll("script")];
const settle = (promise: Promise<void>): Promise<string> =>
  Promise.race([promise.then(() => "resolved"), new Promise<string>((resolve) => setTimeout(() => resolve("waiting"), 0))]);

/** The registry of a page where nothing is defined yet; jsdom's own cannot be emptied. */
function emptyRegistry(): { define(name: string, made: CustomElementConstructor): void } {
  const defined = new Map<string, CustomElementConstructor>();
  const waiting = new Map<string, ((made: CustomElementConstructor) => void)[]>();
  vi.spyOn(customElements, "get").mockImplementation((name) => defined.get(name));
  vi.spyOn(customElements, "whenDefined").mockImplementation(
    (name) => new Promise((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve])),
  );
  const define = (name: string, made: CustomElementConstructor): void => {
    defined.set(name, made);
    for (const resolve of waiting.get(name) ?? []) resolve(made);
  };
  vi.spyOn(customElements, "define").mockImplementation(define);
  return { define };
}

describe("the engine", () => {
  let registry: ReturnType<typeof emptyRegistry>;
  beforeEach(() => {
    registry = emptyRegistry();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    document.head.replaceChildren();
  });

  it("openai: one script tag, however many widgets ask; ready when the tag is defined", async () => {
    const { loadEngine, OPENAI_SCRIPT } = await fresh();
    const both = Promise.all([loadEngine("openai"), loadEngine("openai")]).then(() => undefined);
    expect(scripts().map((script) => [script.src, script.async])).toEqual([[OPENAI_SCRIPT, true]]);
    scripts()[0]?.dispatchEvent(new Event("load"));
    expect(await settle(both)).toBe("waiting");
    registry.define("openai-chatkit", class extends HTMLElement {});
    await both;
    await loadEngine("openai");
    expect(scripts()).toHaveLength(1);
  });

  it("openai: a script that fails is named, its tag removed, and the next ask tries again", async () => {
    const { loadEngine } = await fresh();
    const first = loadEngine("openai", { scriptUrl: "https://mirror.example/chatkit.js" });
    scripts()[0]?.dispatchEvent(new Event("error"));
    await expect(first).rejects.toThrow("https://mirror.example/chatkit.js could not be loaded");
    expect(scripts()).toEqual([]);
    const second = loadEngine("openai", { scriptUrl: "https://mirror.example/chatkit.js" });
    expect(scripts()).toHaveLength(1);
    registry.define("openai-chatkit", class extends HTMLElement {});
    await second;
  });

  it("openai: a script that came and defined nothing is fetched anew", async () => {
    const { loadEngine } = await fresh();
    void loadEngine("openai");
    const [first] = scripts();
    first?.dispatchEvent(new Event("load"));
    void loadEngine("openai");
    expect(scripts()).toHaveLength(1);
    expect(scripts()[0]).not.toBe(first);
  });

  it("openai: a script that hangs past its time is fetched anew", async () => {
    const { loadEngine } = await fresh();
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    void loadEngine("openai", { engineTimeout: 3000 });
    const [first] = scripts();
    now.mockReturnValue(2999);
    void loadEngine("openai", { engineTimeout: 3000 });
    expect(scripts()).toEqual([first]);
    now.mockReturnValue(3000);
    void loadEngine("openai", { engineTimeout: 3000 });
    expect(scripts()).toHaveLength(1);
    expect(scripts()[0]).not.toBe(first);
  });

  it("openai: where Trusted Types forbid the script, it fails instead of throwing", async () => {
    const { loadEngine } = await fresh();
    vi.spyOn(HTMLScriptElement.prototype, "src", "set").mockImplementation(() => {
      throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
    });
    await expect(loadEngine("openai")).rejects.toThrow("TrustedScriptURL");
  });

  it("openai: the script has the nonce of a page that asks for one", async () => {
    const { loadEngine } = await fresh();
    void loadEngine("openai", { nonce: "r4nd0m" });
    expect(scripts()[0]?.nonce).toBe("r4nd0m");
  });

  it("openai: where Trusted Types are required, the page's policy for us gives the address", async () => {
    const createPolicy = vi.fn((_name: string, rules: object) => rules);
    vi.stubGlobal("trustedTypes", { createPolicy });
    const { loadEngine } = await fresh();
    void loadEngine("openai", { scriptUrl: "https://mirror.example/chatkit.js" });
    expect(createPolicy).toHaveBeenCalledWith("chatkit-widget", expect.anything());
    expect(scripts()[0]?.src).toBe("https://mirror.example/chatkit.js");
  });

  it("openai: a page that allows no policy of ours may still allow the script", async () => {
    vi.stubGlobal("trustedTypes", { createPolicy: () => { throw new TypeError("not allowed"); } });
    const { loadEngine } = await fresh();
    void loadEngine("openai");
    expect(scripts()).toHaveLength(1);
  });

  it("selfhosted: defines our element and asks nobody for a script", async () => {
    const { loadEngine } = await fresh();
    await loadEngine("selfhosted");
    expect(customElements.get("openai-chatkit")).toHaveProperty("isChatKitWidgetElement", true);
    expect(scripts()).toEqual([]);
  });

  it("the first engine stays; asking for the other says so", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { loadEngine } = await fresh();
    registry.define("openai-chatkit", class extends HTMLElement {});
    await loadEngine("selfhosted");
    expect(warn).toHaveBeenCalledWith("chatkit-widget:", expect.stringMatching(/engine: "selfhosted".*another script.*loaded again/));
  });
});
