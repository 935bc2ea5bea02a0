import { describe, expect, it, vi } from "vitest";
import { PendingQuote } from "../../src/internal/page/pending-quote.js";

function kit() {
  const taken: unknown[] = [];
  const chatkit = {
    taken,
    refuses: false,
    setComposerValue: vi.fn(async (value: unknown) => {
      if (chatkit.refuses) throw Object.assign(new Error("busy"), { name: "ChatKitBusyError" });
      taken.push(value);
    }),
    focusComposer: vi.fn(async () => undefined),
  };
  return chatkit;
}
const done = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("a passage asked about", () => {
  it("waits until ChatKit is ready, and the last one wins", async () => {
    const chatkit = kit();
    const quote = new PendingQuote(() => chatkit);
    quote.ask("first");
    quote.ask("second");
    await done();
    expect(chatkit.taken).toEqual([]);
    quote.heard("chatkit.ready");
    await done();
    expect(chatkit.taken).toEqual([{ reply: "second" }]);
    expect(chatkit.focusComposer).toHaveBeenCalledTimes(1);
  });

  it("waits while ChatKit is busy", async () => {
    const chatkit = kit();
    const quote = new PendingQuote(() => chatkit);
    quote.heard("chatkit.ready");
    chatkit.refuses = true;
    quote.ask("a servo");
    await done();
    expect(chatkit.taken).toEqual([]);
    chatkit.refuses = false;
    quote.heard("chatkit.response.end");
    await done();
    expect(chatkit.taken).toEqual([{ reply: "a servo" }]);
  });

  it("asked while another is being taken, it follows", async () => {
    const chatkit = kit();
    const quote = new PendingQuote(() => chatkit);
    quote.heard("chatkit.ready");
    quote.ask("first");
    quote.ask("second");
    await done();
    expect(chatkit.taken.at(-1)).toEqual({ reply: "second" });
    quote.heard("chatkit.response.end");
    await done();
    expect(chatkit.taken).toHaveLength(2);
  });

  it("survives a composer that cannot be focused", async () => {
    const chatkit = kit();
    chatkit.focusComposer.mockRejectedValue(new Error("busy"));
    const quote = new PendingQuote(() => chatkit);
    quote.heard("chatkit.ready");
    quote.ask("a servo");
    await done();
    quote.heard("chatkit.response.end");
    await done();
    expect(chatkit.taken).toEqual([{ reply: "a servo" }]);
  });
});
