/**
 * STAND-IN for wasm/container.js: draws a toggle as the container does, asks for an engine at the first opening, and
 * records what TypeScript asks of it. It decides nothing the container decides.
 */
import type { EngineKind, WidgetCallbacks, WidgetHandle as Interface, WidgetOptions, WidgetParts } from "../../src/wasm-types.js";

/** What a test sets and reads. */
export const containerWasm = {
  /** Mounted and not destroyed. */
  live: [] as WidgetHandle[],
  /** Every one ever made. */
  made: [] as WidgetHandle[],
  /** How often the module was initialised. */
  initialised: 0,
  /** What initialising throws, in turn. */
  failures: [] as Error[],
  engine: "selfhosted" as EngineKind,
  thread: undefined as string | undefined,
  /** Yew draws in a microtask after the constructor. */
  drawsLater: false,
  /** What the session says of repeated requests. */
  idempotent: false,
  reset(): void {
    Object.assign(this, { live: [], made: [], initialised: 0, failures: [], engine: "selfhosted", thread: undefined, drawsLater: false, idempotent: false });
  },
};

export default async function init(): Promise<void> {
  containerWasm.initialised += 1;
  const failure = containerWasm.failures.shift();
  if (failure !== undefined) throw failure;
}

export class WidgetHandle implements Interface {
  readonly calls: unknown[][] = [];
  readonly events: [string, unknown][] = [];
  readonly fetched: unknown[] = [];
  readonly button = document.createElement("button");
  opened = false;
  freed = false;
  #engineAsked = false;

  constructor(
    readonly parts: WidgetParts,
    public options: WidgetOptions,
    readonly callbacks: WidgetCallbacks,
  ) {
    containerWasm.live.push(this);
    containerWasm.made.push(this);
    this.button.setAttribute("aria-label", options.labels?.openChat ?? "Open chat");
    this.button.addEventListener("click", () => this.toggle());
    this.#drawContent();
    if (containerWasm.drawsLater) queueMicrotask(() => parts.launcher.append(this.button));
    else parts.launcher.append(this.button);
  }

  setOptions(options: WidgetOptions): void {
    this.options = options;
    this.calls.push(["setOptions", options]);
    this.#drawContent();
  }

  open(quiet = false): void {
    this.calls.push(quiet ? ["open", "quiet"] : ["open"]);
    this.opened = true;
    this.parts.host.dataset.panel = "open";
    if (this.options.controlled !== true) this.callbacks.openChange(true);
    if (!this.#engineAsked) {
      this.#engineAsked = true;
      void this.#askForEngine();
    }
  }

  close(): void {
    this.calls.push(["close"]);
    this.opened = false;
    this.parts.host.dataset.panel = "closed";
    if (this.options.controlled !== true) this.callbacks.openChange(false);
  }

  toggle(): void {
    if (this.options.controlled === true) this.callbacks.openChange(!this.opened);
    else if (this.opened) this.close();
    else this.open();
  }

  async fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    this.fetched.push([input, init]);
    return new Response("{}");
  }

  async getClientSecret(): Promise<string> {
    return "secret";
  }

  idempotent(): boolean {
    return containerWasm.idempotent;
  }

  initialThread(): string | undefined {
    return containerWasm.thread;
  }

  chatkitEvent(name: string, detail: unknown): void {
    this.events.push([name, detail]);
  }

  destroy(): void {
    containerWasm.live.splice(containerWasm.live.indexOf(this), 1);
    this.parts.launcher.replaceChildren();
    this.calls.push(["destroy"]);
  }

  free(): void {
    this.freed = true;
  }

  #drawContent(): void {
    const content = document.createElement("span");
    content.className = "ckw-toggle-content";
    if (this.options.customToggle !== true) this.button.replaceChildren();
    else if (this.button.childElementCount === 0) this.button.append(content);
  }

  async #askForEngine(): Promise<void> {
    await this.callbacks.loadEngine(containerWasm.engine);
    this.callbacks.engineReady(containerWasm.engine);
  }
}
