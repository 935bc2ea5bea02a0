/**
 * The launcher is all of a widget that a page pays for before somebody wants to chat: it looks after the placeholder,
 * waits for interest, loads the controller with the container's wasm, and keeps what was asked for in the meantime.
 */
import type { ChatWidgetOptions, SendMessageParams } from "../public/types.js";
import type { EngineKind, WidgetHandle } from "../wasm-types.js";
import type { WidgetController } from "./controller.js";
import { NOT_LOADED, showFailure } from "./failure-note.js";
import { styleHost } from "./host-style.js";
import { onInterest } from "./interest.js";
import { loadContainer, patiently, rememberSuccess, type WasmSource } from "./load.js";
import { logError, runCallback } from "./log.js";
import { onSelection } from "./page/on-selection.js";
import { type Press, watchPress } from "./press.js";
import { panelWasOpen, tabRemembers } from "./storage-peek.js";
import { hostAttributes } from "./toggle.js";

/** What a view needs to draw `<openai-chatkit>`. */
export interface Chat {
  /** The session behind it. */
  handle: WidgetHandle;
  /** The engine that draws it. */
  engine: EngineKind;
  /** Where it goes. */
  body: HTMLElement;
  /** The conversation to begin with. */
  initialThread: string | undefined;
  /** Goes where an entity of the conversation leads. */
  follow(address: unknown): void;
}

/** Who draws: React or the DOM. */
export interface WidgetView {
  host: HTMLElement;
  placeholder: HTMLElement;
  /** The container's toggle is there; the placeholder is hidden and can be removed. */
  placeholderReplaced(): void;
  /** Loads the code that draws `<openai-chatkit>`, at the first opening. */
  loadChat(): Promise<unknown>;
  /** Draws `<openai-chatkit>`. Called after `loadChat`, once in a widget's life. */
  showChat(chat: Chat): void;
  /** Whether it draws the toggle's content, into `.ckw-toggle-content`. */
  drawsToggle?(): boolean;
}

/** What was asked for before the container was there: nothing, to be opened by the page itself, by somebody. */
type Wish = "none" | "quiet" | "open";

/** Waits for the container. */
interface Waiting {
  resolve(controller: WidgetController): void;
  reject(error: unknown): void;
}

type State = { at: "waiting" | "loading" | "destroyed" } | { at: "running"; controller: WidgetController };

// Side by side: one after the other would be one more round trip for the reader who waits.
const loadController = rememberSuccess((source: WasmSource) => Promise.all([import("./controller.js"), loadContainer(source)]));

/** Whether the site decides if the panel is open; else the widget and its reader do. */
const isControlled = ({ open }: ChatWidgetOptions): boolean => open !== undefined;

const removed = (): Error => new Error("the chat widget was removed from the page");

/** One mounted widget, loaded or not. */
export class Launcher {
  readonly #view: WidgetView;
  readonly #options: () => ChatWidgetOptions;
  readonly #stopWaiting: () => void;
  readonly #press: Press;
  readonly #life = new AbortController();
  #state: State = { at: "waiting" };
  #wish: Wish = "none";
  /** What the site's option `open` said last. */
  #commanded: boolean | undefined;
  #waiting: Waiting[] = [];
  #clearNote = (): void => undefined;
  #nextAttempt: ReturnType<typeof setTimeout> | undefined;

  /** `options` gives the newest ones whenever it is called. */
  constructor(view: WidgetView, options: () => ChatWidgetOptions) {
    this.#view = view;
    this.#options = options;
    if (!isControlled(options()) && options().defaultOpen === true && !tabRemembers()) this.#wish = "quiet";
    this.#dress();
    this.#obey("quiet");
    view.placeholder.style.removeProperty("display");
    const { signal } = this.#life;
    view.placeholder.addEventListener("click", this.#pressed, { signal });
    this.#press = watchPress(view.placeholder);
    this.#stopWaiting = onInterest(view.placeholder, () => void this.#load());
    onSelection(this, view.host, options, signal);
    if (this.#wish !== "none" || panelWasOpen()) void this.#load();
  }

  /** The loaded widget. */
  get controller(): WidgetController | undefined {
    return this.#state.at === "running" ? this.#state.controller : undefined;
  }

  /** Opens the panel, now or when the container is there. */
  open(): void {
    this.#request(true);
  }

  /** Closes the panel. */
  close(): void {
    this.#request(false);
  }

  /** Opens or closes it. */
  toggle(): void {
    this.#request(!this.#isOpen);
  }

  /** Opens the panel and sends a message. */
  async sendMessage(message: string | SendMessageParams): Promise<void> {
    this.open();
    return (await this.#running()).sendMessage(message);
  }

  /** Opens the panel with a passage of the page as the composer's quote. */
  async quote(passage: string): Promise<void> {
    this.open();
    return (await this.#running()).quote(passage);
  }

  /** Begins a new conversation. */
  async newThread(): Promise<void> {
    return (await this.#running()).newThread();
  }

  /** The options changed, or may have. */
  update(): void {
    this.#dress();
    this.controller?.update();
    this.#obey("open");
  }

  /** Ends it: nothing of it stays in the page but what the view drew. */
  destroy(): void {
    const { controller } = this;
    this.#state = { at: "destroyed" };
    this.#stopWaiting();
    this.#press.stop();
    clearTimeout(this.#nextAttempt);
    this.#life.abort();
    this.#showBusy(false);
    this.#clearNote();
    for (const { reject } of this.#waiting.splice(0)) reject(removed());
    controller?.destroy();
  }

  /** The placeholder was pressed. Not a toggle: who presses twice because nothing happens yet wants it open. */
  readonly #pressed = (): void => this.open();

  get #isOpen(): boolean {
    return this.controller === undefined ? this.#wish !== "none" : /^open/.test(this.#view.host.dataset.panel ?? "");
  }

  /** Somebody wants it open or closed. Where the site has control, it is asked. */
  #request(open: boolean): void {
    if (!isControlled(this.#options())) return this.#command(open ? "open" : "none");
    if (open !== this.#isOpen) runCallback("onOpenChange", () => this.#options().onOpenChange?.(open));
  }

  /** Does what the site's option `open` says, once it says something new. */
  #obey(how: "quiet" | "open"): void {
    const { open } = this.#options();
    if (open === this.#commanded) return;
    this.#commanded = open;
    if (open !== undefined) this.#command(open ? how : "none");
  }

  #command(wish: Wish): void {
    const { controller } = this;
    if (controller !== undefined) return wish === "none" ? controller.close() : controller.open(wish === "quiet");
    this.#wish = wish;
    if (wish === "none") this.#showBusy(false);
    else void this.#load();
  }

  /** The container, loaded if need be. */
  #running(): Promise<WidgetController> {
    return new Promise((resolve, reject) => {
      if (this.controller !== undefined) return resolve(this.controller);
      if (this.#isDestroyed()) return reject(removed());
      this.#waiting.push({ resolve, reject });
      void this.#load();
    });
  }

  #dress(): void {
    const options = this.#options();
    const { host } = this.#view;
    styleHost(host, options);
    if (this.controller !== undefined) return;
    for (const [name, value] of Object.entries(hostAttributes(options))) host.setAttribute(name, value);
  }

  async #load(): Promise<void> {
    this.#showBusy(this.#wish === "open");
    if (this.#state.at !== "waiting") return;
    this.#state = { at: "loading" };
    try {
      const [{ WidgetController }, container] = await patiently(
        () => loadController(this.#options()),
        // Loading ahead is tried again at the next sign of interest.
        () => this.#wish !== "none" && !this.#isDestroyed(),
        (time) => new Promise((resolve) => (this.#nextAttempt = setTimeout(resolve, time))),
      );
      await this.#press.released();
      if (this.#isDestroyed()) return;
      const controller = new WidgetController(container, this.#view, this.#options);
      this.#state = { at: "running", controller };
    } catch (error) {
      if (!this.#isDestroyed()) this.#loadFailed(error);
      return;
    }
    this.#stopWaiting();
    this.#press.stop();
    this.#showBusy(false);
    this.#clearNote();
    const { controller } = this;
    if (controller === undefined) return;
    if (this.#wish !== "none") controller.open(this.#wish === "quiet");
    for (const { resolve } of this.#waiting.splice(0)) resolve(controller);
  }

  #loadFailed(error: unknown): void {
    this.#state = { at: "waiting" };
    this.#showBusy(false);
    const detail = error instanceof Error ? error.message : String(error);
    logError(detail, error);
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    // Loading ahead that fails is not the reader's business: the next sign of interest tries again.
    if (this.#wish !== "open") return;
    this.#wish = "none";
    const message = this.#options().labels?.notLoaded ?? NOT_LOADED;
    this.#clearNote();
    this.#clearNote = showFailure(this.#view.host, message);
    const problem = { key: "notLoaded", message, detail, retryable: true, severity: "fatal" as const };
    runCallback("onError", () => this.#options().onError?.(problem));
  }

  #showBusy(busy: boolean): void {
    if (busy) this.#view.placeholder.setAttribute("aria-busy", "true");
    else this.#view.placeholder.removeAttribute("aria-busy");
  }

  #isDestroyed(): boolean {
    return this.#state.at === "destroyed";
  }
}
