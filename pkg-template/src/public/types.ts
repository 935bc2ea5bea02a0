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
      /**
       * While you develop: the bundler says so or, where there is none, the page comes from this machine.
       * @defaultValue `http://localhost:8000`
       */
      development?: string;
      /**
       * For everybody else.
       * @defaultValue the page's own origin
       */
      production?: string;
    };

/** A corner of the window. */
export type WidgetPosition = `${"bottom" | "top"}-${"end" | "start" | "right" | "left"}`;

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
  /**
   * `"notice"`: for you only, the reader has lost nothing and sees nothing of it. `"warning"`: one thing did not work.
   * `"fatal"`: the chat cannot be used until this is solved.
   */
  severity: "notice" | "warning" | "fatal";
}

/** Options of the widget. Every one may change while it is mounted; the conversation goes on. */
export interface ChatWidgetOptions {
  /**
   * Where your ChatKit server is: messages go to `{backendUrl}/chatkit`, sessions come from
   * `{backendUrl}/api/chatkit/session`. Relative URLs are taken from the page.
   * @defaultValue `http://localhost:8000` in development, the page's own origin in production
   * @example `{ production: "https://chat.example.com" }`
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
  /**
   * The nonce of a page whose Content-Security-Policy names one, for the script tag of OpenAI's engine. The script tag
   * build takes that of its own `<script nonce>`, also for the stylesheet it adds.
   */
  nonce?: string;
  /**
   * The folder that the files of the package's `wasm/` are served from, on another path or another origin. Relative to
   * the page. Another origin has to send `Access-Control-Allow-Origin`.
   * @defaultValue where your bundler put them, or beside the package's `dist/`
   * @example `"https://cdn.example.com/chatkit-widget/wasm/"`
   */
  wasmUrl?: string;
  /**
   * Subresource Integrity of the two wasm files, as `integrity.json` of the package lists them: other bytes are not run.
   * Together with `wasmUrl`, but in the script tag build, which knows its own folder.
   */
  wasmIntegrity?: {
    /** Of `wasm/container_bg.wasm`. */
    container?: string;
    /** Of `wasm/element_bg.wasm`. */
    element?: string;
  };
  /**
   * Title of the panel.
   * @defaultValue "Chat", in the language spoken
   */
  title?: string;
  /**
   * Texts of the widget by key, over those of the language spoken.
   * @example `{ openChat: "Ask the book" }`
   */
  labels?: Partial<Record<string, string>>;
  /**
   * `"auto"` follows the page: its `data-theme` (or `data-bs-theme`, `data-color-mode`), its class `dark`, its CSS
   * `color-scheme`, the colour it is painted in, live. ChatKit gets the same.
   * @defaultValue `"auto"`
   */
  colorScheme?: "light" | "dark" | "auto";
  /**
   * A CSS colour for the toggle and for ChatKit's accent. The same as the custom property `--ckw-accent`.
   * @defaultValue Infima's `--ifm-color-primary` where the page has it (Docusaurus), else an indigo
   */
  accent?: string;
  /**
   * The corner of the window. `start` and `end` go by the page's writing direction: `end` is the right side of an
   * English page and the left side of an Arabic one. `left` and `right` stay where they are.
   * @defaultValue `"bottom-end"`
   */
  position?: WidgetPosition;
  /**
   * Distances to the window's edges at that corner; numbers are CSS pixels. More is kept where a device's safe area
   * (notch, home bar) asks for it. The same as `--ckw-edge-x` and `--ckw-edge-y`.
   * @defaultValue 20 pixels
   * @example `{ x: 32, y: "2rem" }`
   */
  offset?: {
    /** From the left or right edge. */
    x?: number | string;
    /** From the top or bottom edge. */
    y?: number | string;
  };
  /**
   * Width of the panel, at most: it never is wider than the window, and fills phones. A number is CSS pixels. The same
   * as `--ckw-width`.
   * @defaultValue 400
   */
  width?: number | string;
  /**
   * Height of the panel, at most. A number is CSS pixels. The same as `--ckw-height`.
   * @defaultValue 600
   */
  height?: number | string;
  /**
   * What of the page the widget floats above. The same as `--ckw-z-index`.
   * @defaultValue 900
   */
  zIndex?: number;
  /**
   * Keys that open and close the panel: modifiers (`Control`, `Alt`, `Shift`, `Meta`, or `Mod` for Command on Apple's
   * systems and Control elsewhere) and one key, such as `"Mod+K"`, `"Control+Shift+K"` or `"?"`. They are never taken
   * from a text field, unless a modifier other than Shift is among them.
   * @defaultValue none
   */
  shortcut?: string;
  /**
   * Whether the panel is open, where the site decides that: readers, and the handle's methods, then only ask for a
   * change, through `onOpenChange`. Not given: the widget decides.
   */
  open?: boolean;
  /**
   * Whether the panel is open at first. A reader who opened or closed it in this tab finds it as they left it.
   * @defaultValue `false`
   */
  defaultOpen?: boolean;
  /**
   * CSS selector of the page's content: text selected there can be asked about, with a button at the selection that
   * puts it above the composer as a quote. `false`: no such button.
   * @defaultValue `"main, article"`
   */
  askSelector?: string | false;
  /**
   * Whether the server is told which page a question is asked on: `{ page: { url, title } }` in the request's
   * `metadata`. The URL is origin, path and query; the fragment stays in the browser.
   * @defaultValue `false`
   */
  pageContext?: boolean;
  /**
   * How long the self-hosted chat waits without a sign of life before the reader gets a sentence and a button, in
   * milliseconds. Time without a network and time slept through do not count.
   */
  timeouts?: {
    /**
     * From sending a message to the status line of the answer.
     * @defaultValue 30000
     */
    headers?: number;
    /**
     * From there to the answer's first event.
     * @defaultValue 60000
     */
    firstEvent?: number;
    /**
     * Between two events; comments of the stream count as life.
     * @defaultValue 120000
     */
    silence?: number;
    /**
     * From sending any other request to the end of its answer.
     * @defaultValue 30000
     */
    request?: number;
    /**
     * For a file: this long, and a second more for each 32 kB.
     * @defaultValue 60000
     */
    upload?: number;
    /**
     * For a function of the page that the reader waits for, such as `entities.onTagSearch`.
     * @defaultValue 30000
     */
    callback?: number;
    /**
     * For `onClientTool`, which may ask the reader something.
     * @defaultValue 600000
     */
    clientTool?: number;
  };
  /**
   * The site's client-side router: called for a link of an answer that leads into the same origin, so that the page
   * changes under the open chat. The URL comes without a text fragment; the widget itself finds and marks the cited
   * passage once the page is drawn. Return `false` for an address that is none of the router's.
   * @defaultValue none: the browser loads the page, and the chat is there again with its conversation
   */
  navigate?: (url: URL) => unknown;
  /**
   * ChatKit's own options (start screen, composer, client tools, …) and event handlers. Its `theme` wins key by key
   * over what the widget takes from the page: scheme, accent, background and text colour, fonts, radius.
   */
  chatkit?: ChatKitSettings;
  /** The panel opened or closed; with `open` given: a reader wants it open or closed. */
  onOpenChange?: (open: boolean) => void;
  /** Something failed. Unless it is a notice, the reader already has a sentence and something to press. */
  onError?: (problem: ChatWidgetProblem) => void;
  /** ChatKit is ready to talk. */
  onReady?: () => void;
  /** Every event of `<openai-chatkit>`, for logging. */
  onEvent?: (name: keyof ChatKitEvents, detail: unknown) => void;
}

/** What ChatKit's `sendUserMessage` takes. */
export type SendMessageParams = Parameters<OpenAIChatKit["sendUserMessage"]>[0];

/** What code can do with a mounted widget. With the option `open` the first three only ask for a change. */
export interface ChatWidgetHandle {
  /** Opens the panel, loading the widget first where nobody has asked for it yet. */
  open(): void;
  /** Closes the panel; the conversation stays as it is. */
  close(): void;
  /** Opens a closed panel, closes an open one. */
  toggle(): void;
  /**
   * Opens the panel and sends a message as if the reader had written it, once ChatKit is ready.
   * @param message - its text, or the parameters of ChatKit's `sendUserMessage`
   * @returns settles as ChatKit's method does; rejects when the widget cannot be loaded or is taken out of the page
   */
  sendMessage(message: string | SendMessageParams): Promise<void>;
  /**
   * Begins a new conversation, once ChatKit is ready. Does not open the panel.
   * @returns settles as ChatKit's `setThreadId` does; rejects when the widget cannot be loaded or is taken out of the page
   */
  newThread(): Promise<void>;
  /**
   * The `<openai-chatkit>` element with ChatKit's methods, `null` until the panel was opened the first time. Its
   * methods may reject; call `setOptions` through the widget's options only.
   */
  readonly element: OpenAIChatKit | null;
}
