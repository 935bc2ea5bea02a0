/** STAND-IN for wasm/element.js: records the calls, says `chatkit.ready` at its first options, draws one line. */
import type { ElementHandle as Interface } from "../../src/wasm-types.js";

/** What a test sets and reads. */
export const elementWasm = {
  live: [] as ElementHandle[],
  made: [] as ElementHandle[],
  /** What initialising throws, in turn. */
  failures: [] as Error[],
  reset(): void {
    Object.assign(this, { live: [], made: [], failures: [] });
  },
};

export default async function init(): Promise<void> {
  const failure = elementWasm.failures.shift();
  if (failure !== undefined) throw failure;
}

export class ElementHandle implements Interface {
  readonly calls: unknown[][] = [];
  freed = false;
  #ready = false;

  constructor(
    readonly host: HTMLElement,
    readonly root: HTMLElement,
  ) {
    elementWasm.live.push(this);
    elementWasm.made.push(this);
    root.textContent = "conversation";
  }

  setOptions(options: unknown): void {
    this.calls.push(["setOptions", options]);
    if (this.#ready) return;
    this.#ready = true;
    this.host.dispatchEvent(new CustomEvent("chatkit.ready"));
  }

  setWords(tag: string, wordings: Record<string, string>): void {
    this.calls.push(["setWords", tag, wordings]);
  }

  async focusComposer(): Promise<void> {
    this.calls.push(["focusComposer"]);
  }

  async setThreadId(id: string | null): Promise<void> {
    this.calls.push(["setThreadId", id]);
    this.host.dispatchEvent(new CustomEvent("chatkit.thread.change", { detail: { threadId: id } }));
  }

  async sendUserMessage(params: object): Promise<void> {
    this.calls.push(["sendUserMessage", params]);
  }

  async setComposerValue(params: object): Promise<void> {
    this.calls.push(["setComposerValue", params]);
  }

  async sendCustomAction(action: object, itemId?: string): Promise<void> {
    this.calls.push(["sendCustomAction", action, itemId]);
  }

  async fetchUpdates(): Promise<void> {
    this.calls.push(["fetchUpdates"]);
  }

  async showHistory(): Promise<void> {
    this.calls.push(["showHistory"]);
  }

  async hideHistory(): Promise<void> {
    this.calls.push(["hideHistory"]);
  }

  destroy(): void {
    elementWasm.live.splice(elementWasm.live.indexOf(this), 1);
    this.root.replaceChildren();
  }

  free(): void {
    this.freed = true;
  }
}
