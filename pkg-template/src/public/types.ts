/** The options, events and handles of the widget, the same for React and for plain pages. */
import type { ChatKitEvents, ChatKitOptions, OpenAIChatKit } from "@openai/chatkit";

export type { ChatKitEvents, ChatKitOptions, OpenAIChatKit };

declare global {
  interface HTMLElementTagNameMap {
    "openai-chatkit": OpenAIChatKit;
  }
}

type CamelCase<S extends string> = S extends `${infer Head}.${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;

/** `"chatkit.thread.change"` → `"onThreadChange"`. */
type HandlerName<K extends string> =
  CamelCase<K> extends `chatkit${infer Name}` ? `on${Name}` : never;

/** Handlers of ChatKit's own events, named as `@openai/chatkit-react` names them: `onThreadChange({ threadId })`. */
export type ChatKitHandlers = {
  [K in keyof ChatKitEvents as HandlerName<K>]?: (detail: ChatKitEvents[K]["detail"]) => void;
};

/**
 * ChatKit's options and event handlers, passed on to `<openai-chatkit>` over the widget's defaults.
 * `api` and `initialThread` are not among them: the widget's session and its memory of the tab provide those.
 */
export type ChatKitSettings = Omit<ChatKitOptions, "api" | "initialThread"> & ChatKitHandlers;

/** The address of your server, one for both or one each. A missing one takes its default. */
export type BackendUrl =
  | string
  | {
      /** Default: `http://localhost:8000`. */
      development?: string;
      /** Default: the page's own origin. */
      production?: string;
    };

/** A failure of the widget: of loading, of the session, of the engine. */
export interface ChatWidgetProblem {
  /** Stable name of the kind of failure, for code. */
  key: string;
  /** The sentence the reader sees. */
  message: string;
  /** What happened, for you: never shown to the reader. */
  detail: string;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** Options of the widget. Every one may change while it is mounted; the conversation goes on. */
export interface ChatWidgetOptions {
  /**
   * Where your ChatKit server is: messages go to `{backendUrl}/chatkit`, sessions come from
   * `{backendUrl}/api/chatkit/session`. Relative URLs are taken from the page.
   * @defaultValue `http://localhost:8000` in development, the page's own origin in production
   */
  backendUrl?: BackendUrl;
  /**
   * Who draws the conversation: OpenAI's script (`"openai"`), this package's own element (`"selfhosted"`), or OpenAI's
   * where a `domainKey` is given with this package's as its fallback (`"auto"`). A page keeps the first engine it
   * loaded until it is loaded again.
   * @defaultValue `"auto"`
   */
  engine?: "auto" | "openai" | "selfhosted";
  /** The domain key OpenAI's script asks for. */
  domainKey?: string;
  /**
   * How long OpenAI's script may take, in milliseconds.
   * @defaultValue 8000
   */
  engineTimeout?: number;
  /**
   * Where OpenAI's script is loaded from, for a mirror or a test.
   * @defaultValue OpenAI's CDN
   */
  scriptUrl?: string;
  /** Title of the panel. */
  title?: string;
  /** Texts of the widget by key, in place of the English ones, for example `{ openChat: "Chat öffnen" }`. */
  labels?: Partial<Record<string, string>>;
  /**
   * `"auto"` follows the page.
   * @defaultValue `"auto"`
   */
  colorScheme?: "light" | "dark" | "auto";
  /** A CSS colour for the toggle and for ChatKit's accent. */
  accent?: string;
  /**
   * The corner of the window.
   * @defaultValue `"bottom-right"`
   */
  position?: "bottom-right" | "bottom-left" | "top-right" | "top-left";
  /**
   * Keys that open and close the panel: modifiers (`Control`, `Alt`, `Shift`, `Meta`, or `Mod` for Command on Apple's
   * systems and Control elsewhere) and one key, such as `"Mod+K"`, `"Control+Shift+K"` or `"?"`. They are never taken
   * from a text field, unless a modifier other than Shift is among them.
   * @defaultValue none
   */
  shortcut?: string;
  /** ChatKit's own options (start screen, composer, client tools, …) and event handlers. */
  chatkit?: ChatKitSettings;
  /** The panel opened or closed. */
  onOpenChange?: (open: boolean) => void;
  /** Something failed. The reader already has a sentence and something to press. */
  onError?: (problem: ChatWidgetProblem) => void;
  /** ChatKit is ready to talk. */
  onReady?: () => void;
  /** Every event of `<openai-chatkit>`, for logging. */
  onEvent?: (name: keyof ChatKitEvents, detail: unknown) => void;
}

/** What code can do with a mounted widget. */
export interface ChatWidgetHandle {
  /** Opens the panel, loading the widget first where nobody has asked for it yet. */
  open(): void;
  /** Closes the panel; the conversation stays as it is. */
  close(): void;
  /** Opens a closed panel, closes an open one. */
  toggle(): void;
  /**
   * The `<openai-chatkit>` element with ChatKit's methods, `null` until the panel was opened the first time. Its
   * methods may reject; call `setOptions` through the widget's options only.
   */
  readonly element: OpenAIChatKit | null;
}
