/**
 * Our `<openai-chatkit>`: the class behind the tag. The conversation itself is the element wasm's; this class has it
 * loaded, keeps what is asked of it until it is there, and lives through being moved about in the page.
 */
import type { OpenAIChatKit as ChatKitInterface } from "@openai/chatkit";
import type { ElementHandle } from "../wasm-types.js";
import { ElementFailure } from "./element-failure.js";
import { sourceOf } from "./element-source.js";
import { type Language, languageOf, wordsOf } from "./language.js";
import { drawLater } from "./later.js";
import { loadElement, patiently } from "./load.js";
import { logError, logWarning } from "./log.js";
import { OWN_CLASS } from "./tag.js";

/** ChatKit's methods, without those of every element. */
type Method = Exclude<keyof ChatKitInterface, keyof HTMLElement>;

/** The methods this engine has. */
type Supported = keyof Pick<
  ElementHandle,
  "focusComposer" | "setThreadId" | "sendUserMessage" | "setComposerValue" | "fetchUpdates" | "sendCustomAction" | "showHistory" | "hideHistory"
>;

/** Every method the prototype has to win back from properties set before the tag was defined. */
const METHODS: readonly Method[] = [
  "setOptions",
  "focusComposer",
  "setThreadId",
  "sendUserMessage",
  "setComposerValue",
  "fetchUpdates",
  "sendCustomAction",
  "showHistory",
  "hideHistory",
];

/**
 * Where the insides are. A run is numbered, so that a load which ends after its run is over changes nothing. `broken` are
 * insides that panicked: they have drawn a sentence, and are not to be called again.
 */
type Insides =
  | { at: "out" }
  | { at: "loading" }
  | { at: "in"; handle: ElementHandle; root: HTMLElement }
  | { at: "broken"; error: Error; root: HTMLElement }
  | { at: "failed"; error: Error };

/** A method call that waits for the insides. */
interface Waiting {
  run(handle: ElementHandle): Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** The name of the error that a bug in the wasm is told with. */
const BUG = "ChatKitInternalError";

/** Milliseconds that options wait for the words of their language. */
const WORDS_WAIT = 2000;

const taskTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * React attaches its listeners in effects that run in a task after the one that connected the element. Insides that are
 * already loaded must not say `chatkit.ready` before that. Two turns, because React posts its task after our first.
 */
async function listenersAttached(): Promise<void> {
  await taskTurn();
  await taskTurn();
}

// There is no HTMLElement on a server, where this module is imported and nothing is constructed.
const Base = (typeof HTMLElement === "undefined" ? class {} : HTMLElement) as typeof HTMLElement;

/** The self-hosted `<openai-chatkit>`. */
export class OpenAIChatKit extends Base {
  /** Marks the class for other copies of this package. */
  static readonly [OWN_CLASS] = true;

  readonly #shadow: ShadowRoot;
  readonly #failure: ElementFailure;
  #insides: Insides = { at: "out" };
  #run = 0;
  /** What the insides speak. */
  #language: Language = "en";
  #nextAttempt: ReturnType<typeof setTimeout> | undefined;
  #options: { given: unknown } | undefined;
  /** The conversation shown, so that an element put back into the page goes on with it. */
  #thread: string | null | undefined;
  #waiting: Waiting[] = [];
  #endLater: (() => void) | undefined;
  /** Calls the insides are at work on. */
  readonly #open = new Set<Waiting>();

  constructor() {
    super();
    for (const method of METHODS) {
      // A property of the same name on an element that was there before its class would hide the method.
      if (Object.hasOwn(this, method)) Reflect.deleteProperty(this, method);
    }
    this.#shadow = this.attachShadow({ mode: "open" });
    this.#failure = new ElementFailure(this.#shadow, () => void this.#start());
    this.addEventListener("chatkit.thread.change", (event) => {
      this.#thread = (event as CustomEvent<{ threadId: string | null } | undefined>).detail?.threadId;
    });
    this.addEventListener("chatkit.error", (event) => {
      const error = (event as CustomEvent<{ error?: Error } | undefined>).detail?.error;
      if (error?.name === BUG) this.#break(error);
    });
  }

  connectedCallback(): void {
    if (this.#insides.at === "out") void this.#start();
  }

  disconnectedCallback(): void {
    // A move in the page is a disconnect and a connect in one task; a removal is still out in the next.
    setTimeout(() => {
      if (!this.isConnected) this.#stop();
    }, 0);
  }

  /** Replaces all options. Works before the element is connected; never throws. */
  setOptions(options: unknown): void {
    this.#options = { given: options };
    if (this.#insides.at === "in") void this.#apply(this.#insides.handle, () => this.#options?.given);
  }

  focusComposer(): Promise<void> {
    return this.#call("focusComposer");
  }

  setThreadId(id: string | null): Promise<void> {
    return this.#call("setThreadId", id);
  }

  sendUserMessage(params: Parameters<ChatKitInterface["sendUserMessage"]>[0]): Promise<void> {
    return this.#call("sendUserMessage", params);
  }

  setComposerValue(params: Parameters<ChatKitInterface["setComposerValue"]>[0]): Promise<void> {
    return this.#call("setComposerValue", params);
  }

  fetchUpdates(): Promise<void> {
    return this.#call("fetchUpdates");
  }

  sendCustomAction(...given: Parameters<ChatKitInterface["sendCustomAction"]>): Promise<void> {
    return this.#call("sendCustomAction", ...given);
  }

  showHistory(): Promise<void> {
    return this.#call("showHistory");
  }

  hideHistory(): Promise<void> {
    return this.#call("hideHistory");
  }

  #call<M extends Supported>(method: M, ...args: Parameters<ElementHandle[M]>): Promise<void> {
    return new Promise((resolve, reject) => {
      const call: Waiting = {
        run: (handle) => (handle[method] as (...given: typeof args) => Promise<void>)(...args),
        resolve,
        reject,
      };
      switch (this.#insides.at) {
        case "in":
          return this.#perform(this.#insides.handle, call);
        case "broken":
        case "failed":
          return reject(this.#insides.error);
        default:
          this.#waiting.push(call);
      }
    });
  }

  /** Runs a call; what it throws at once is a rejection like any other. */
  #perform(handle: ElementHandle, call: Waiting): void {
    const over = (settle: () => void): void => {
      if (this.#open.delete(call)) settle();
    };
    this.#open.add(call);
    const refused = (error: unknown): void => over(() => call.reject(error));
    try {
      call.run(handle).then(() => over(call.resolve), refused);
    } catch (error) {
      refused(error);
    }
  }

  async #start(): Promise<void> {
    this.#insides = { at: "loading" };
    this.#language = "en";
    this.#run += 1;
    const run = this.#run;
    this.#failure.clear();
    let root: HTMLElement | undefined;
    try {
      const load = patiently(
        () => loadElement(sourceOf(this)),
        () => run === this.#run,
        (time) => new Promise((resolve) => (this.#nextAttempt = setTimeout(resolve, time))),
      );
      const [{ ElementHandle }] = await Promise.all([load, listenersAttached()]);
      if (run !== this.#run) return;
      root = document.createElement("div");
      this.#shadow.append(root);
      const handle = new ElementHandle(this, root);
      this.#insides = { at: "in", handle, root };
      this.#endLater?.();
      this.#endLater = drawLater(root);
      if (this.#options !== undefined) {
        await this.#apply(handle, () => this.#withThread(this.#options?.given));
        if (run !== this.#run) return;
      }
      for (const call of this.#waiting.splice(0)) this.#perform(handle, call);
    } catch (error) {
      root?.remove();
      if (run === this.#run) this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /**
   * Gives the newest options, after the words of their language where they ask for another one: nothing is said in one
   * language and then in the next. Words that are late, or do not come, hold nothing up.
   */
  async #apply(handle: ElementHandle, options: () => unknown): Promise<void> {
    const run = this.#run;
    const language = languageOf((options() as { locale?: unknown } | null | undefined)?.locale ?? navigator.language) ?? "en";
    if (language !== this.#language) {
      this.#language = language;
      const spoken = wordsOf(language).then(
        (words) => {
          const current = run === this.#run && language === this.#language;
          if (current) handle.setWords(language, { ...words?.widget, ...words?.chat });
        },
        (error: unknown) => logWarning(`the words of "${language}" could not be loaded`, error),
      );
      await Promise.race([spoken, new Promise((resolve) => setTimeout(resolve, WORDS_WAIT))]);
    }
    if (run === this.#run) applyOptions(handle, options());
  }

  /** The options for insides that start again: with the conversation the last ones showed. */
  #withThread(given: unknown): unknown {
    if (this.#thread === undefined || typeof given !== "object" || given === null) return given;
    return { ...given, initialThread: this.#thread };
  }

  #fail(error: Error): void {
    this.#insides = { at: "failed", error };
    logError(error.message, error);
    this.#failure.show();
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.dispatchEvent(new CustomEvent("chatkit.error", { detail: { error } }));
  }

  /** A bug in the insides: nobody must wait for them any more. */
  #break(error: Error): void {
    if (this.#insides.at !== "in") return;
    this.#insides = { at: "broken", error, root: this.#insides.root };
    for (const { reject } of this.#open) reject(error);
    this.#open.clear();
  }

  #stop(): void {
    const insides = this.#insides;
    this.#insides = { at: "out" };
    this.#run += 1;
    clearTimeout(this.#nextAttempt);
    this.#failure.clear();
    this.#endLater?.();
    this.#endLater = undefined;
    if (insides.at === "in") {
      const { handle } = insides;
      handle.destroy();
      // In a task of its own: a page may take the element away in a function that the insides are still inside of.
      setTimeout(() => handle.free(), 0);
    }
    if (insides.at === "in" || insides.at === "broken") insides.root.remove();
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("<openai-chatkit> was removed from the page"));
  }
}

/** `setOptions` must not throw: React calls it in an effect, where that takes the page's tree down. */
function applyOptions(handle: ElementHandle, given: unknown): void {
  try {
    handle.setOptions(given);
  } catch (error) {
    logError("<openai-chatkit> did not take its options", error);
  }
}
