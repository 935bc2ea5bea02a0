/**
 * The controller is a widget once its container is loaded: it lets the container take over from the placeholder, and at
 * the first opening it sees to an engine and to `<openai-chatkit>`.
 */
import type { ChatKitEvents, ChatWidgetOptions, OpenAIChatKit, SendMessageParams } from "../public/types.js";
import type { ConfigIssue, ContainerModule, EngineKind, WidgetCallbacks, WidgetHandle, WidgetOptions } from "../wasm-types.js";
import { ChatKitCalls } from "./chatkit-calls.js";
import { unknownOptions, wrongOptions } from "./check/options.js";
import { loadEngine } from "./engine.js";
import { type Language, widgetLanguage, wordsOf } from "./language.js";
import type { WidgetView } from "./launcher.js";
import { logError, logWarning, runCallback } from "./log.js";
import { takeHandedOver } from "./page/handover.js";
import { PendingQuote } from "./page/pending-quote.js";
import { startWalking, type Walking } from "./page/walk.js";
import { adoptPanelStyles } from "./panel-styles.js";
import { drawSkeleton, removeSkeleton, type Skeleton } from "./skeleton.js";
import { TAG } from "./tag.js";
import { takeOver } from "./takeover.js";
import { followVisibleArea } from "./visible-area.js";
import { toWidgetOptions } from "./widget-options.js";

/** A running widget. */
export class WidgetController {
  readonly #view: WidgetView;
  readonly #options: () => ChatWidgetOptions;
  readonly #skeleton: Skeleton;
  readonly #handle: WidgetHandle;
  readonly #calls = new ChatKitCalls();
  readonly #walking: Walking;
  readonly #quote = new PendingQuote(() => this.element);
  readonly #stops: (() => void)[];
  readonly #reported = new Set<string>();
  #language: Language = "en";
  #words: Record<string, string> | undefined;
  #sentOptions: string;
  #chatShown = false;
  #destroyed = false;

  /**
   * Draws the container. `options` gives the newest ones whenever it is called.
   * @throws what the container's wasm throws; nothing is left behind then
   */
  constructor(container: ContainerModule, view: WidgetView, options: () => ChatWidgetOptions) {
    this.#view = view;
    this.#options = options;
    const { host, placeholder } = view;
    adoptPanelStyles(host);
    this.#skeleton = drawSkeleton(host, placeholder.getAttribute("aria-controls"));
    const { launcher, panel, chrome } = this.#skeleton;
    const plain = this.#containerOptions();
    try {
      this.#handle = new container.WidgetHandle({ host, launcher, panel, chrome }, plain, this.#callbacks());
    } catch (error) {
      removeSkeleton(this.#skeleton);
      throw error;
    }
    this.#sentOptions = JSON.stringify(plain);
    this.#speak();
    this.#walking = startWalking({ host, panel, options, close: () => this.#uncoverPage() });
    const handedOver = takeHandedOver();
    if (handedOver !== undefined) this.#walking.arrive(handedOver);
    this.#stops = [
      () => this.#walking.end(),
      takeOver({ host, launcher }, placeholder, () => view.placeholderReplaced()),
      followVisibleArea(host),
    ];
  }

  /** The `<openai-chatkit>` element, once it is drawn. */
  get element(): OpenAIChatKit | null {
    return this.#skeleton.body.querySelector(TAG);
  }

  /** Opens the panel. `quiet`: nobody asked for it just now, so the focus stays where it is. */
  open(quiet: boolean): void {
    if (!this.#destroyed) this.#handle.open(quiet);
  }

  /** Closes the panel. */
  close(): void {
    if (!this.#destroyed) this.#handle.close();
  }

  /** Sends a message once ChatKit is ready. */
  sendMessage(message: string | SendMessageParams): Promise<void> {
    const params = typeof message === "string" ? { text: message } : message;
    return this.#calls.call((chatkit) => chatkit.sendUserMessage(params));
  }

  /** Begins a new conversation once ChatKit is ready. */
  newThread(): Promise<void> {
    return this.#calls.call((chatkit) => chatkit.setThreadId(null));
  }

  /** A passage of the page becomes the composer's quote, once ChatKit takes it. */
  quote(passage: string): void {
    this.#quote.ask(passage);
  }

  /** The options changed, or may have. */
  update(): void {
    if (this.#destroyed) return;
    this.#speak();
    this.#send();
  }

  #send(): void {
    const options = this.#containerOptions();
    const written = JSON.stringify(options);
    if (written === this.#sentOptions) return;
    this.#sentOptions = written;
    this.#handle.setOptions(options);
  }

  /** An event of `<openai-chatkit>`, for the container and for the integrator. */
  chatkitEvent(name: keyof ChatKitEvents, detail: unknown): void {
    if (!this.#destroyed) {
      this.#handle.chatkitEvent(name.replace(/^chatkit\./, ""), detail);
      this.#quote.heard(name);
      if (name === "chatkit.deeplink") this.#walking.follow(pageOf(detail));
    }
    runCallback("onEvent", () => this.#options().onEvent?.(name, detail));
    if (name !== "chatkit.ready") return;
    runCallback("onReady", () => this.#options().onReady?.());
    if (this.element !== null) this.#calls.ready(this.element);
  }

  /** Ends it: nothing of it stays in the page but what the view drew. */
  destroy(): void {
    this.#destroyed = true;
    this.#calls.end(new Error("the chat widget was removed from the page"));
    for (const stop of this.#stops) stop();
    this.#handle.destroy();
    // In a task of its own: a site may end the widget in a callback, which the container is still inside of.
    setTimeout(() => this.#handle.free(), 0);
    removeSkeleton(this.#skeleton);
    this.#view.host.setAttribute("data-panel", "closed");
  }

  /** Has the container speak the site's language. English until it is there, and if it does not come. */
  #speak(): void {
    const language = widgetLanguage(this.#view.host, this.#options().chatkit?.locale);
    if (language === this.#language) return;
    this.#language = language;
    wordsOf(language).then(
      (words) => {
        if (this.#destroyed || language !== this.#language) return;
        this.#words = words?.widget;
        this.#send();
      },
      (error: unknown) => logWarning(`the words of "${language}" could not be loaded`, error),
    );
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
      engineReady: (kind) => queueMicrotask(() => this.#showChat(kind)),
      openChange: (open) => runCallback("onOpenChange", () => this.#options().onOpenChange?.(open)),
      focusComposer: () => this.#callChatKit("focusComposer", (chatkit) => chatkit.focusComposer()),
      newThread: () => this.#callChatKit("setThreadId(null)", (chatkit) => chatkit.setThreadId(null)),
      problem: (problem) => runCallback("onError", () => this.#options().onError?.(problem)),
      configIssues: (issues) => this.#report(issues),
    };
  }

  #showChat(engine: EngineKind): void {
    if (this.#destroyed || this.#chatShown) return;
    this.#chatShown = true;
    this.#view.showChat({
      handle: this.#handle,
      engine,
      body: this.#skeleton.body,
      initialThread: this.#handle.initialThread(),
      follow: this.#walking.follow,
    });
  }

  /** The reader wants to see the page. A toggle of the handle is the reader's; `close()` would be a command of the site. */
  #uncoverPage(): void {
    if (/^open/.test(this.#view.host.dataset.panel ?? "")) this.#handle.toggle();
  }

  /** Calls a ChatKit method: it may be missing until the tag is defined, may throw, and rejects while ChatKit is busy. */
  #callChatKit(name: string, call: (chatkit: OpenAIChatKit) => Promise<void>): void {
    customElements
      .whenDefined(TAG)
      .then(() => this.element && call(this.element))
      .catch((error: unknown) => logWarning(`ChatKit did not do ${name}`, error));
  }

  #containerOptions(): WidgetOptions {
    const given = this.#options();
    const { options, issues } = toWidgetOptions(given, this.#words);
    this.#report([...issues, ...wrongOptions(given)]);
    this.#report(unknownOptions(given), logWarning);
    return this.#view.drawsToggle?.() === true ? { ...options, customToggle: true } : options;
  }

  /** Says each issue once. The container finds the one about the server's address too; it has one path. */
  #report(issues: ConfigIssue[], log: (line: string) => void = logError): void {
    for (const { path, message } of issues) {
      const about = path.startsWith("backendUrl") ? JSON.stringify(this.#options().backendUrl) : message;
      const issue = `${path.split(".")[0]} ${about}`;
      if (this.#reported.has(issue)) continue;
      this.#reported.add(issue);
      log(`${path}: ${message}`);
    }
  }
}

/** Where `chatkit-link://page?url=…` leads: the way for an answer in OpenAI's frame to name a page of this site. */
function pageOf(deeplink: unknown): unknown {
  const { name, data } = (deeplink ?? {}) as { name?: unknown; data?: { url?: unknown } };
  return name === "page" ? data?.url : undefined;
}
