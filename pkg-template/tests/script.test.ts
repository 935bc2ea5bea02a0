import { describe, expect, it } from "vitest";
import { readScriptOptions } from "../src/internal/script-options.js";

/** Reads the attributes as a browser hands them over. */
function read(attributes: string) {
  const template = document.createElement("template");
  template.innerHTML = `<i ${attributes}></i>`;
  return readScriptOptions((template.content.firstElementChild as HTMLElement).dataset);
}

describe("attributes of the script tag", () => {
  it("are the options, in kebab case", () => {
    const { options, issues } = read(
      `data-backend-url="https://chat.example" data-title="1984" data-width="400" data-height="50vh" data-z-index="7"
       data-offset='{"x": 4}' data-default-open data-page-context="false" data-ask-selector="false"
       data-labels='{"openChat": "Hallo"}' data-target="#chat"`,
    );
    expect(issues).toEqual([]);
    expect(options).toEqual({
      backendUrl: "https://chat.example",
      title: "1984",
      width: 400,
      height: "50vh",
      zIndex: 7,
      offset: { x: 4 },
      defaultOpen: true,
      pageContext: false,
      askSelector: false,
      labels: { openChat: "Hallo" },
    });
  });

  it("that cannot be read are named, and the others hold", () => {
    const { options, issues } = read(`data-offset="{x: 4}" data-title="Chat"`);
    expect(options).toEqual({ title: "Chat" });
    expect(issues).toEqual([{ path: "data-offset", message: 'must be JSON, not "{x: 4}"' }]);
  });

  it("that are no option are kept for the check that names the nearest one", () => {
    expect(read(`data-backend="x"`).options).toEqual({ backend: "x" });
  });
});
