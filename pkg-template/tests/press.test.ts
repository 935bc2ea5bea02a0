import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { watchPress } from "../src/internal/press.js";

/** The container waits for the end of a press before it replaces the button under the reader's finger. */
describe("a press on the placeholder", () => {
  const button = document.createElement("button");
  let press: ReturnType<typeof watchPress>;

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.append(button);
    press = watchPress(button);
  });
  afterEach(() => {
    press.stop();
    button.remove();
    vi.useRealTimers();
  });

  const send = (type: string) => button.dispatchEvent(new Event(type, { bubbles: true }));

  /** Returns true when the container may take over `later` milliseconds from now, asked now. */
  async function over(later: number): Promise<boolean> {
    let released = false;
    void press.released().then(() => (released = true));
    await vi.advanceTimersByTimeAsync(later);
    return released;
  }

  it("that nobody makes holds nothing up", async () => {
    expect(await over(0)).toBe(true);
  });

  it("lasts as long as the button is held down", async () => {
    send("pointerdown");
    expect(await over(10_000)).toBe(false);
    send("pointerup");
    expect(await over(100)).toBe(true);
  });

  it("is not over between the finger's going up and the click, else the click would be lost", async () => {
    send("pointerdown");
    send("pointerup");
    expect(await over(0)).toBe(false);
    expect(await over(100)).toBe(true);
  });

  it("that follows another at once is waited for as well", async () => {
    send("pointerdown");
    send("pointerup");
    await vi.advanceTimersByTimeAsync(10);
    send("pointerdown");
    expect(await over(10_000)).toBe(false);
    send("pointerup");
    expect(await over(100)).toBe(true);
  });
});
