/**
 * What crosses between TypeScript and the two wasm modules: the mirror of "What crosses between TypeScript and wasm"
 * in docs/architecture.md. A change here is a change there and in `src/container` or `src/element` of the crate.
 */

/** Which code defines the `<openai-chatkit>` tag: OpenAI's script, or the element of this package. */
export type EngineKind = "openai" | "selfhosted";

/** The elements of a mounted widget that the container draws into or sets attributes on. */
export interface WidgetParts {
  host: HTMLElement;
  launcher: HTMLElement;
  panel: HTMLElement;
  chrome: HTMLElement;
}

/** The container's options: plain data. */
export interface WidgetOptions {
  /** Already resolved for development or production, absolute, without a trailing slash. */
  backendUrl: string;
  engine: "auto" | EngineKind;
  domainKey?: string;
  /** Milliseconds; 8000 where it is not given. */
  engineTimeout?: number;
  title?: string;
  labels?: Partial<Record<string, string>>;
  colorScheme?: "light" | "dark" | "auto";
  position?: `${"bottom" | "top"}-${"end" | "start" | "right" | "left"}`;
  /** The site draws the toggle's content, into `.ckw-toggle-content`. */
  customToggle?: boolean;
  /** The site decides whether the panel is open: readers only ask, through `openChange`. */
  controlled?: boolean;
  /** Keys that open and close the panel, in the words of `aria-keyshortcuts` and `Mod`. */
  shortcut?: string;
}

/** A failure, told to the integrator. */
export interface Problem {
  key: string;
  message: string;
  detail: string;
  retryable: boolean;
  severity: "notice" | "warning" | "fatal";
}

/** An option that is not what it should be. */
export interface ConfigIssue {
  path: string;
  message: string;
}

/** What the container asks of TypeScript. None of them may throw into the wasm. */
export interface WidgetCallbacks {
  /** Resolves when the tag is defined. Rust owns the timeout and the fallback. */
  loadEngine(kind: EngineKind): Promise<void>;
  /** The tag is defined and there is a session: put `<openai-chatkit>` into the body, once. */
  engineReady(kind: EngineKind): void;
  /** It opened or closed; or, where the site has control, the reader asks for that. Commands are not repeated then. */
  openChange(open: boolean): void;
  /** After opening, when ChatKit is ready. */
  focusComposer(): void;
  /** The header's button "New chat". */
  newThread(): void;
  problem(problem: Problem): void;
  configIssues(issues: ConfigIssue[]): void;
}

/** One mounted container. */
export interface WidgetHandle {
  setOptions(options: WidgetOptions): void;
  /** A command: obeyed also where the site has control. `quiet`: the focus stays where it is. */
  open(quiet?: boolean): void;
  /** A command, too. */
  close(): void;
  /** As a press on the toggle. */
  toggle(): void;
  /** The session's fetch: bearer, renewal, 401/403 answered once. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  getClientSecret(existing: string | null): Promise<string>;
  /** Whether the session says that the server stores a request once however often it comes with the same key. */
  idempotent(): boolean;
  /** The conversation remembered for this tab and backend. */
  initialThread(): string | undefined;
  /** `name` without the prefix `chatkit.`. */
  chatkitEvent(name: string, detail: unknown): void;
  destroy(): void;
  /** Gives its memory back; it must not be called after that. Without it the wasm keeps what it holds of the page. */
  free(): void;
}

/** The element's insides, for one `<openai-chatkit>`. */
export interface ElementHandle {
  /** Never throws: what is wrong goes to the console and to `chatkit.error`. */
  setOptions(options: unknown): void;
  /** The language of everything it says: its tag, and a wording for each key; what is missing is said in English. */
  setWords(tag: string, wordings: Record<string, string>): void;
  focusComposer(): Promise<void>;
  setThreadId(id: string | null): Promise<void>;
  sendUserMessage(params: object): Promise<void>;
  setComposerValue(params: object): Promise<void>;
  sendCustomAction(action: object, itemId?: string): Promise<void>;
  fetchUpdates(): Promise<void>;
  showHistory(): Promise<void>;
  hideHistory(): Promise<void>;
  /** Aborts, drops every listener and timer, empties its root. */
  destroy(): void;
  /** Gives its memory back; it must not be called after that. Without it the wasm keeps what it holds of the page. */
  free(): void;
}

/** Gets a module ready for use; without an argument it fetches the wasm file beside itself. */
export type Initialise = (given?: { module_or_path: Response }) => Promise<unknown>;

/** `wasm/container.js` of the package, as wasm-bindgen writes it for `--target web`. */
export interface ContainerModule {
  default: Initialise;
  WidgetHandle: new (parts: WidgetParts, options: WidgetOptions, callbacks: WidgetCallbacks) => WidgetHandle;
}

/** `wasm/element.js` of the package, as wasm-bindgen writes it for `--target web`. */
export interface ElementModule {
  default: Initialise;
  ElementHandle: new (host: HTMLElement, root: HTMLElement) => ElementHandle;
}
