// @vitest-environment node
import { renderToString } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { containerWasm } from "./stand-ins/container-wasm.js";

describe("on a server, where there is no window", () => {
  it("importing any entry does nothing and throws nothing", async () => {
    expect(typeof window).toBe("undefined");
    await import("../src/public/index.js");
    await import("../src/public/react.js");
    await import("../src/public/element.js");
    expect(containerWasm.initialised).toBe(0);
  });

  it("the component renders its host and a toggle that can be seen and named before any script runs", async () => {
    const { ChatWidget } = await import("../src/public/react.js");
    const html = renderToString(<ChatWidget position="bottom-left" colorScheme="dark" labels={{ openChat: "Chat öffnen" }} />);
    expect(html).toMatch(/^<div data-panel="closed" data-scheme="dark" data-position="bottom-left" class="ckw"><button type="button" [^>]*class="ckw-toggle"/);
    expect(html).toContain('aria-label="Chat öffnen"');
    expect(html).toContain("<path d=");
  });

  it("the host has a style attribute only where an option needs one; a strict content security policy would say no", async () => {
    const { ChatWidget } = await import("../src/public/react.js");
    expect(renderToString(<ChatWidget />)).not.toContain("style=");
    expect(renderToString(<ChatWidget offset={{ x: 8 }} zIndex={5} style={{ color: "red" }} />)).toContain(
      'style="color:red;--ckw-edge-x:8px;--ckw-z-index:5"',
    );
  });
});
