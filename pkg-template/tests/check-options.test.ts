import { describe, expect, it, vi } from "vitest";
import { nearest, unknownOptions, wrongOptions } from "../src/internal/check/options.js";
import { mountChatWidget } from "../src/public/index.js";
import type { ChatWidgetOptions } from "../src/public/types.js";
import { containerWasm } from "./stand-ins/container-wasm.js";

const given = (options: object): ChatWidgetOptions => options as ChatWidgetOptions;
const said = (options: object) => wrongOptions(given(options)).map(({ path, message }) => `${path} ${message}`);

describe("an option of a wrong type", () => {
  it.each([
    [{ zIndex: "high" }, 'zIndex must be a whole number, not "high"'],
    [{ open: "yes" }, 'open must be true or false, not "yes"'],
    [{ navigate: "/docs" }, 'navigate must be a function, not "/docs"'],
    [{ onError: true }, "onError must be a function, not true"],
    [{ width: -1 }, 'width must be a number of pixels or a CSS length, for example 400 or "25rem", not -1'],
    [{ offset: 20 }, "offset must be an object, not 20"],
    [{ offset: { x: null } }, 'offset.x must be a number of pixels or a CSS length, for example 400 or "25rem", not null'],
    [{ accent: 7 }, 'accent must be a CSS colour, for example "#3b5bdb", not 7'],
    [{ askSelector: "main >" }, 'askSelector must be a CSS selector, for example "main, article", or false, not "main >"'],
    [{ chatkit: [] }, "chatkit must be an object, not an array"],
    [{ chatkit: { api: {} } }, "chatkit.api is the widget's to give: set backendUrl (and domainKey), the session comes with it"],
  ])("%j is named with its path and what to write", (options, message) => {
    expect(said(options)).toEqual([message]);
  });

  it("good and absent ones are silent", () => {
    expect(said({ zIndex: 5, open: undefined, offset: { x: 4, y: "1rem" }, askSelector: false, navigate: () => undefined })).toEqual([]);
  });
});

describe("an option that is none", () => {
  it.each([
    ["backendURL", "backendUrl"],
    ["backend_url", "backendUrl"],
    ["colourScheme", "colorScheme"],
    ["onOpenChanged", "onOpenChange"],
    ["positon", "position"],
  ])("%s is taken for %s", (name, meant) => {
    expect(unknownOptions(given({ [name]: 1 }))).toEqual([
      { path: name, message: `is no option of the widget; did you mean "${meant}"?` },
    ]);
  });

  it("is not taken for something far off", () => {
    expect(nearest("telemetry", ["title", "engine"])).toBeUndefined();
    expect(unknownOptions(given({ telemetry: true }))[0]?.message).toContain("see the options in the README");
    expect(unknownOptions(given({ offset: { X: 3 } }))).toEqual([
      { path: "offset.X", message: 'is no option of the widget; did you mean "offset.x"?' },
    ]);
  });
});

it("a mounted widget says each of them once: a warning for the unknown, an error for the wrong", async () => {
  containerWasm.reset();
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const options = given({ backendUrl: "https://chat.example", zindex: 4, width: "wide" });
  vi.stubGlobal("CSS", { supports: (_: string, value: string) => value !== "wide" });
  const chat = mountChatWidget(document.body, options);
  chat.open();
  await vi.waitFor(() => expect(containerWasm.live).toHaveLength(1));
  chat.setOptions({ ...options });
  expect(warn.mock.calls).toEqual([["chatkit-widget:", 'zindex: is no option of the widget; did you mean "zIndex"?']]);
  expect(error.mock.calls).toEqual([
    ["chatkit-widget:", 'width: must be a number of pixels or a CSS length, for example 400 or "25rem", not "wide"'],
  ]);
  chat.destroy();
  vi.unstubAllGlobals();
});
