/**
 * The launcher is all of a widget that a page pays for before somebody wants to chat: it looks after the placeholder,
 * waits for interest, loads the controller with the container's wasm, and keeps what was asked for in the meantime.
 */
import type { ChatWidgetOptions } from "../public/types.js";
import type { WidgetHandle } from "../wasm-types.js";
import type { WidgetController } from "./controller.js";
import { NOT_LOADED, showFailure } from "./failure-note.js";
import { styleHost } from "./host-style.js";
import { onInterest } from "./interest.js";
import { loadContainer, rememberSuccess } from "./load.js";
import { logError, runCallback } from "./log.js";
import { panelWasOpen } from "./storage-peek.js";
import { hostAttributes } from "./toggle.js";

/** What a view needs to draw `<openai-chatkit>`. */
export interface Chat {
  /** The session behind it. */
  handle: WidgetHandle;
  /** Where it goes. */
  body: HTMLElement;
  /** The conversation to begin with. */
  initialThread: string | undefined;
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
}

type State = { at: "waiting" | "loading" | "destroyed" } | { at: "running"; controller: WidgetController };

// Side by side: one after the other would be one more round trip for the reader who waits.
const loadController = rememberSuccess(() => Promise.all([import("./controller.js"), loadContainer()]));

/** One mounted widget, loaded or not. */
export class Launcher {
  readonly #view: WidgetView;
  readonly #options: () => ChatWidgetOptions;
  readonly #stopWaiting: () => void;
  #state: State = { at: "waiting" };
  /** Asked for before the container was there. */
  #wantsOpen = false;
  #clearNote = (): void => undefined;

  /** `options` gives the newest ones whenever it is called. */
  constructor(view: WidgetView, options: () => ChatWidgetOptions) {
    this.#view = view;
    this.#options = options;
    this.update();
    view.placeholder.style.removeProperty("display");
    view.placeholder.addEventListener("click", this.#pressed);
    this.#stopWaiting = onInterest(view.placeholder, () => void this.#load());
    if (panelWasOpen()) void this.#load();
  }

  /** The loaded widget. */
  get controller(): WidgetController | undefined {
    return this.#state.at === "running" ? this.#state.controller : undefined;
  }

  /** Opens the panel, now or when the container is there. */
  open(): void {
    if (this.controller !== undefined) return this.controller.open();
    this.#wantsOpen = true;
    void this.#load();
  }

  /** Closes the panel. */
  close(): void {
    this.#wantsOpen = false;
    this.#showBusy(false);
    this.controller?.close();
  }

  /** Opens or closes it. */
  toggle(): void {
    if (this.controller !== undefined) this.controller.toggle();
    else if (this.#wantsOpen) this.close();
    else this.open();
  }

  /** The options changed, or may have. */
  update(): void {
    const options = this.#options();
    const { host } = this.#view;
    styleHost(host, options);
    if (this.controller !== undefined) return this.controller.update();
    for (const [name, value] of Object.entries(hostAttributes(options))) host.setAttribute(name, value);
  }

  /** Ends it: nothing of it stays in the page but what the view drew. */
  destroy(): void {
    const { controller } = this;
    this.#state = { at: "destroyed" };
    this.#stopWaiting();
    this.#view.placeholder.removeEventListener("click", this.#pressed);
    this.#showBusy(false);
    this.#clearNote();
    controller?.destroy();
  }

  /** The placeholder was pressed. Not a toggle: who presses twice because nothing happens yet wants it open. */
  readonly #pressed = (): void => this.open();

  async #load(): Promise<void> {
    this.#showBusy(this.#wantsOpen);
    if (this.#state.at !== "waiting") return;
    this.#state = { at: "loading" };
    try {
      const [{ WidgetController, released }, container] = await loadController();
      await released(this.#view.placeholder);
      if (this.#isDestroyed()) return;
      const controller = new WidgetController(container, this.#view, this.#options);
      this.#state = { at: "running", controller };
    } catch (error) {
      if (!this.#isDestroyed()) this.#loadFailed(error);
      return;
    }
    this.#stopWaiting();
    this.#showBusy(false);
    this.#clearNote();
    if (this.#wantsOpen) this.open();
  }

  #loadFailed(error: unknown): void {
    this.#state = { at: "waiting" };
    this.#showBusy(false);
    const detail = error instanceof Error ? error.message : String(error);
    logError(detail, error);
    // Loading ahead that fails is not the reader's business: the next sign of interest tries again.
    if (!this.#wantsOpen) return;
    this.#wantsOpen = false;
    const message = this.#options().labels?.notLoaded ?? NOT_LOADED;
    this.#clearNote();
    this.#clearNote = showFailure(this.#view.host, message);
    const problem = { key: "notLoaded", message, detail, retryable: true };
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
