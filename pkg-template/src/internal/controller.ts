/**
 * The controller is one mounted widget's life, whoever draws it: the placeholder waits for interest, the container's
 * wasm is loaded, it takes over, and at the first opening it asks for an engine and for `<openai-chatkit>`.
 */
import type { ChatKitEvents, ChatWidgetOptions, OpenAIChatKit } from "../public/types.js";
import type { ConfigIssue, ContainerModule, WidgetCallbacks, WidgetHandle } from "../wasm-types.js";
import { loadEngine } from "./engine.js";
import { FailureNote, NOT_LOADED } from "./failure-note.js";
import { styleHost } from "./host-style.js";
import { onInterest } from "./interest.js";
import { loadContainer } from "./load.js";
import { logError, logWarning, runCallback } from "./log.js";
import { drawSkeleton, removeSkeleton, type Skeleton } from "./skeleton.js";
import { panelWasOpen } from "./storage-peek.js";
import { TAG } from "./tag.js";
import { takeOver } from "./takeover.js";
import { followVisibleArea } from "./visible-area.js";
import { toWidgetOptions } from "./widget-options.js";

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
  /** Draws `<openai-chatkit>`. Called after `loadChat`, once in a controller's life. */
  showChat(chat: Chat): void;
}

/** Where the container is. */
type State =
  | { at: "waiting" }
  | { at: "loading" }
  | { at: "running"; handle: WidgetHandle; skeleton: Skeleton; stop: () => void }
  | { at: "destroyed" };

/** One mounted widget. */
export class WidgetController {
  readonly #view: WidgetView;
  readonly #options: () => ChatWidgetOptions;
  readonly #note: FailureNote;
  readonly #stopWaiting: () => void;
  readonly #reported = new Set<string>();
  #state: State = { at: "waiting" };
  /** What the reader, or code, asked for before the container was there. */
  #wish: "none" | "open" = "none";
  #sentOptions = "";
  #chatShown = false;

  /** `options` gives the newest ones whenever it is called. */
  constructor(view: WidgetView, options: () => ChatWidgetOptions) {
    this.#view = view;
    this.#options = options;
    this.#note = new FailureNote(view.host);
    styleHost(view.host, options());
    view.placeholder.style.removeProperty("display");
    view.placeholder.addEventListener("click", this.#pressed);
    this.#stopWaiting = onInterest(view.placeholder, () => void this.#load());
    if (panelWasOpen(this.#containerOptions().backendUrl)) void this.#load();
  }

  /** The `<openai-chatkit>` element, once it is drawn. */
  get element(): OpenAIChatKit | null {
    return this.#state.at === "running" ? this.#state.skeleton.body.querySelector(TAG) : null;
  }

  /** Opens the panel, now or when the container is there. */
  open(): void {
    if (this.#state.at === "running") return this.#state.handle.open();
    this.#wish = "open";
    void this.#load();
  }

  /** Closes the panel. */
  close(): void {
    this.#wish = "none";
    if (this.#state.at === "running") this.#state.handle.close();
  }

  /** Opens or closes it. */
  toggle(): void {
    if (this.#state.at === "running") this.#state.handle.toggle();
    else if (this.#wish === "open") this.close();
    else this.open();
  }

  /** The options changed, or may have. */
  update(): void {
    styleHost(this.#view.host, this.#options());
    const options = this.#containerOptions();
    if (this.#state.at !== "running") return;
    const written = JSON.stringify(options);
    if (written === this.#sentOptions) return;
    this.#sentOptions = written;
    this.#state.handle.setOptions(options);
  }

  /** An event of `<openai-chatkit>`, for the container and for the integrator. */
  chatkitEvent(name: keyof ChatKitEvents, detail: unknown): void {
    if (this.#state.at === "running") this.#state.handle.chatkitEvent(name.replace(/^chatkit\./, ""), detail);
    runCallback("onEvent", () => this.#options().onEvent?.(name, detail));
    if (name === "chatkit.ready") runCallback("onReady", () => this.#options().onReady?.());
  }

  /** Ends it: nothing of it stays in the page but what the view drew. */
  destroy(): void {
    const state = this.#state;
    this.#state = { at: "destroyed" };
    this.#stopWaiting();
    this.#view.placeholder.removeEventListener("click", this.#pressed);
    this.#showPending(false);
    this.#note.clear();
    if (state.at !== "running") return;
    state.stop();
    state.handle.destroy();
    removeSkeleton(state.skeleton);
    this.#view.host.setAttribute("data-panel", "closed");
  }

  /** The placeholder was pressed. Not a toggle: who presses twice because nothing happens yet wants it open. */
  readonly #pressed = (): void => this.open();

  async #load(): Promise<void> {
    if (this.#wish === "open") this.#showPending(true);
    if (this.#state.at !== "waiting") return;
    this.#state = { at: "loading" };
    try {
      const container = await loadContainer();
      if (this.#isDestroyed()) return;
      this.#start(container);
    } catch (error) {
      if (!this.#isDestroyed()) this.#loadFailed(error);
      return;
    }
    if (this.#wish === "open") this.open();
  }

  #start(container: ContainerModule): void {
    const { host, placeholder } = this.#view;
    const skeleton = drawSkeleton(host, placeholder.getAttribute("aria-controls"));
    const options = this.#containerOptions();
    let handle: WidgetHandle;
    try {
      const { launcher, panel, chrome } = skeleton;
      handle = new container.WidgetHandle({ host, launcher, panel, chrome }, options, this.#callbacks());
    } catch (error) {
      removeSkeleton(skeleton);
      throw error;
    }
    this.#stopWaiting();
    this.#showPending(false);
    this.#note.clear();
    this.#sentOptions = JSON.stringify(options);
    const stopTakeOver = takeOver(skeleton.launcher, placeholder, () => this.#view.placeholderReplaced());
    const stopFollowing = followVisibleArea(host);
    const stop = (): void => {
      stopTakeOver();
      stopFollowing();
    };
    this.#state = { at: "running", handle, skeleton, stop };
  }

  #loadFailed(error: unknown): void {
    this.#state = { at: "waiting" };
    this.#showPending(false);
    const detail = error instanceof Error ? error.message : String(error);
    logError(detail, error);
    // Loading ahead that fails is not the reader's business: the next sign of interest tries again.
    if (this.#wish === "none") return;
    this.#wish = "none";
    const message = this.#options().labels?.notLoaded ?? NOT_LOADED;
    this.#note.show(message);
    const problem = { key: "notLoaded", message, detail, retryable: true };
    runCallback("onError", () => this.#options().onError?.(problem));
  }

  #callbacks(): WidgetCallbacks {
    return {
      loadEngine: async (kind) => {
        try {
          await Promise.all([loadEngine(kind, this.#options()), this.#view.loadChat()]);
        } catch (error) {
          logError(`engine "${kind}" could not be loaded`, error);
          throw error;
        }
      },
      // In a task of its own: the container is still inside the call that says so, and showing asks it for the thread.
      engineReady: () => queueMicrotask(() => this.#showChat()),
      openChange: (open) => runCallback("onOpenChange", () => this.#options().onOpenChange?.(open)),
      focusComposer: () => this.#callChatKit("focusComposer", (chatkit) => chatkit.focusComposer()),
      newThread: () => this.#callChatKit("setThreadId(null)", (chatkit) => chatkit.setThreadId(null)),
      problem: (problem) => runCallback("onError", () => this.#options().onError?.(problem)),
      configIssues: (issues) => this.#report(issues),
    };
  }

  #showChat(): void {
    if (this.#state.at !== "running" || this.#chatShown) return;
    this.#chatShown = true;
    const { handle, skeleton } = this.#state;
    this.#view.showChat({ handle, body: skeleton.body, initialThread: handle.initialThread() });
  }

  /** Calls a ChatKit method: it may be missing until the tag is defined, may throw, and rejects while ChatKit is busy. */
  #callChatKit(name: string, call: (chatkit: OpenAIChatKit) => Promise<void>): void {
    customElements
      .whenDefined(TAG)
      .then(() => this.element && call(this.element))
      .catch((error: unknown) => logWarning(`ChatKit did not do ${name}`, error));
  }

  #containerOptions() {
    const { options, issues } = toWidgetOptions(this.#options());
    this.#report(issues);
    return options;
  }

  /** Says each issue once. The container finds the one about the server's address too; it has one path. */
  #report(issues: ConfigIssue[]): void {
    for (const { path, message } of issues) {
      const about = path.startsWith("backendUrl") ? JSON.stringify(this.#options().backendUrl) : message;
      const issue = `${path.split(".")[0]} ${about}`;
      if (this.#reported.has(issue)) continue;
      this.#reported.add(issue);
      logError(`${path}: ${message}`);
    }
  }

  #showPending(pending: boolean): void {
    if (pending) this.#view.placeholder.setAttribute("aria-busy", "true");
    else this.#view.placeholder.removeAttribute("aria-busy");
  }

  #isDestroyed(): boolean {
    return this.#state.at === "destroyed";
  }
}
