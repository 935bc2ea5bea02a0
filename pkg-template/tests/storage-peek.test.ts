import { describe, expect, it, vi } from "vitest";
import { panelWasOpen } from "../src/internal/storage-peek.js";

const URL = "https://chat.example";

describe("was the panel open?", () => {
  it.each([
    ["open", '{"v":1,"open":true,"thread":"thr_1","secret":null}', true],
    ["closed", '{"v":1,"open":false}', false],
    ["a version we do not know", '{"v":2,"open":true}', false],
    ["not JSON", "{open:", false],
    ["null", "null", false],
    ["an array", "[true]", false],
    ["a truthy word", '{"v":1,"open":"yes"}', false],
    ["empty", "", false],
  ])("%s", (_name, stored, expected) => {
    sessionStorage.setItem(`chatkit-widget:${URL}`, stored);
    expect(panelWasOpen(URL)).toBe(expected);
  });

  it("nothing stored is no", () => expect(panelWasOpen(URL)).toBe(false));

  it("storage the browser forbids is no", () => {
    vi.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(panelWasOpen(URL)).toBe(false);
  });
});
