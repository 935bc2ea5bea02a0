/**
 * An engine is the code that defines `<openai-chatkit>`: OpenAI's script, or the element of this package. A tag can be
 * defined once in a page's life, so the first engine stays.
 */
import type { EngineKind } from "../wasm-types.js";
import { elementComesFrom } from "./element-source.js";
import { loadElement, rememberSuccess, type WasmSource } from "./load.js";
import { logWarning } from "./log.js";
import { definedEngine, TAG } from "./tag.js";
import { trustedAddress } from "./trusted-types.js";

/** Where OpenAI serves its script. It has no version in it. */
export const OPENAI_SCRIPT = "https://cdn.platform.openai.com/deployments/chatkit/chatkit.js";

/** Milliseconds after which a script that neither came nor failed is given up and fetched anew. */
const DEFAULT_TIMEOUT = 8000;

/** How to load an engine. */
export interface EngineSource extends WasmSource {
  /** Another address of OpenAI's script. */
  scriptUrl?: string;
  /** Milliseconds the script may take. */
  engineTimeout?: number;
  /** For the script's tag. */
  nonce?: string;
}

const importElement = rememberSuccess(() => import("../public/element.js"));

async function loadSelfHosted(source: EngineSource): Promise<void> {
  elementComesFrom(source);
  // The element asks for its wasm when it is connected; asking now saves that round trip. Its failure is shown by the
  // element, with a button.
  loadElement(source).catch(() => undefined);
  await importElement();
}

/** A script tag on its way. */
interface ScriptFlight {
  url: string;
  script: HTMLScriptElement;
  startedAt: number;
  loaded: boolean;
  defined: Promise<void>;
}

let flight: ScriptFlight | undefined;

function startScript(url: string, nonce: string | undefined): ScriptFlight {
  const script = document.createElement("script");
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const defined = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  const started: ScriptFlight = { url, script, startedAt: performance.now(), loaded: false, defined };
  const fail = (reason: string): void => {
    script.remove();
    if (flight === started) flight = undefined;
    reject(new Error(`OpenAI's ChatKit script ${url} could not be loaded: ${reason}`));
  };
  script.addEventListener("load", () => (started.loaded = true));
  script.addEventListener("error", () => fail("the request failed, or a content security policy forbids it"));
  void customElements.whenDefined(TAG).then(() => resolve());
  script.async = true;
  if (nonce !== undefined) script.nonce = nonce;
  try {
    // Throws where Trusted Types are required and the page allows us no policy.
    script.src = trustedAddress(url);
    document.head.append(script);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
  return started;
}

function loadOpenAi({ scriptUrl = OPENAI_SCRIPT, engineTimeout = DEFAULT_TIMEOUT, nonce }: EngineSource): Promise<void> {
  if (flight !== undefined) {
    const waiting = !flight.loaded && performance.now() - flight.startedAt < engineTimeout;
    if (waiting && flight.url === scriptUrl) return flight.defined;
    // It came and defined nothing, or hangs: the same tag would never do anything more.
    flight.script.remove();
  }
  flight = startScript(scriptUrl, nonce);
  return flight.defined;
}

/**
 * Loads an engine; resolves when the tag is defined. There is no time limit in here: the container decides when to
 * fall back.
 * @throws when the script or the module cannot be loaded; asking again tries again
 */
export async function loadEngine(kind: EngineKind, source: EngineSource = {}): Promise<void> {
  const defined = definedEngine();
  if (defined === undefined) {
    await (kind === "openai" ? loadOpenAi(source) : loadSelfHosted(source));
  } else if (defined !== kind) {
    logWarning(
      `engine: "${kind}" was asked for, but <${TAG}> is already defined by ` +
        `${defined === "openai" ? "another script" : "this package's own element"}. The page must be loaded again to change engines.`,
    );
  }
}
