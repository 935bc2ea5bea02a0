import { beforeEach, describe, expect, it, vi } from "vitest";
import { onInterest } from "../src/internal/interest.js";
import { setConnection } from "./setup.js";

function toggle(): HTMLButtonElement {
  const button = document.createElement("button");
  document.body.append(button);
  return button;
}

describe("interest", () => {
  const interested = vi.fn();
  beforeEach(() => interested.mockReset());

  it.each(["pointerenter", "pointerdown", "touchstart", "focus"])("%s on the toggle is interest, each time", (sign) => {
    const button = toggle();
    const stop = onInterest(button, interested);
    button.dispatchEvent(new Event(sign));
    button.dispatchEvent(new Event(sign));
    expect(interested).toHaveBeenCalledTimes(2);
    stop();
    button.dispatchEvent(new Event(sign));
    expect(interested).toHaveBeenCalledTimes(2);
  });

  it("a toggle of the static HTML that already has the focus counts at once", () => {
    const button = toggle();
    button.focus();
    onInterest(button, interested)();
    expect(interested).toHaveBeenCalledTimes(1);
  });

  describe("an idle page", () => {
    beforeEach(() => void vi.useFakeTimers());

    it.each([
      ["counts", {}, 1],
      ["counts on 4g", { effectiveType: "4g" }, 1],
      ["does not where the reader saves data", { saveData: true }, 0],
      ["does not on 2g", { effectiveType: "2g" }, 0],
      ["does not on slow-2g", { effectiveType: "slow-2g" }, 0],
    ])("%s", (_name, connection, times) => {
      setConnection(connection);
      const stop = onInterest(toggle(), interested);
      vi.runAllTimers();
      expect(interested).toHaveBeenCalledTimes(times);
      stop();
      vi.useRealTimers();
    });

    it("waits for requestIdleCallback where there is one, and is called off with the rest", () => {
      setConnection({});
      const cancel = vi.fn();
      const idle = vi.fn((_then: () => void) => 7);
      vi.stubGlobal("requestIdleCallback", idle);
      vi.stubGlobal("cancelIdleCallback", cancel);
      const stop = onInterest(toggle(), interested);
      expect(idle).toHaveBeenCalledTimes(1);
      stop();
      expect(cancel).toHaveBeenCalledWith(7);
      vi.unstubAllGlobals();
      vi.useRealTimers();
    });
  });
});
