import { describe, expect, it, vi } from "vitest";
import { panelWasOpen } from "../src/internal/storage-peek.js";

describe("was the panel open?", () => {
  it.each([
    ["open", '{"v":1,"open":true,"thread":"thr_1","secret":null}', true],
    ["closed", '{"v":1,"open":false}', false],
    ["a version we do not know", '{"v":2,"open":true}', false],
    ["not JSON", "{open:", false],
    ["null", "null", false],
    ["an array", "[true]", false],
    ["a truthy word", '{"v":1,"open":"yes"}', false],
    ["only in a text", JSON.stringify({ v: 1, open: false, thread: '"open":true' }), false],
    ["empty", "", false],
  ])("%s", (_name, stored, expected) => {
    sessionStorage.setItem("chatkit-widget:https://chat.example", stored);
    expect(panelWasOpen()).toBe(expected);
  });

  it("nothing stored is no, and what others store does not matter", () => {
    expect(panelWasOpen()).toBe(false);
    sessionStorage.setItem("another", '{"v":1,"open":true}');
    expect(panelWasOpen()).toBe(false);
  });

  it("storage the browser forbids is no", () => {
    vi.spyOn(window, "sessionStorage", "get").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(panelWasOpen()).toBe(false);
  });
});
