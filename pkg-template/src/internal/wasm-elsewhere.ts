/**
 * The wasm modules from where the site serves them (`wasmUrl`), as the site vouches for them (`wasmIntegrity`). What goes
 * wrong on the way to another origin a browser tells nobody but its own console; here it is found out and said.
 *
 * A chunk of its own: most sites have the modules beside the rest of the package.
 */
import { isObject, written } from "./check/value.js";
import type { WasmModules, WasmSource } from "./load.js";

const FOLDER = 'the address of a folder, for example "https://cdn.example.com/chatkit-widget/wasm/"';
const HASH = 'a hash of Subresource Integrity, for example "sha384-…": integrity.json of the package has it';
const HASHES = /^sha(256|384|512)-[\w+/=-]+( +sha(256|384|512)-[\w+/=-]+)*$/;

/** How a module is imported; tests import otherwise. */
type Import = (address: string) => Promise<unknown>;

// The comments keep bundlers from looking for it: they cannot know what an option says.
const importModule: Import = (address) => import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ address);

/** Where the site says that it is; wrong options are refused, for a guess would load something else. */
function folderOf({ wasmUrl }: WasmSource): URL {
  if (wasmUrl === undefined) throw new Error("wasmIntegrity: is used together with wasmUrl, the folder of these files");
  if (typeof wasmUrl === "string" && wasmUrl.trim() !== "") {
    try {
      return new URL(wasmUrl.replace(/\/*$/, "/"), document.baseURI);
    } catch {
      // Said below.
    }
  }
  throw new Error(`wasmUrl: must be ${FOLDER}, not ${written(wasmUrl)}`);
}

function integrityOf({ wasmIntegrity }: WasmSource, name: keyof WasmModules): string | undefined {
  if (wasmIntegrity === undefined) return undefined;
  if (!isObject(wasmIntegrity)) throw new Error(`wasmIntegrity: must be an object, not ${written(wasmIntegrity)}`);
  const hash: unknown = wasmIntegrity[name];
  if (hash === undefined || (typeof hash === "string" && HASHES.test(hash))) return hash;
  // An unknown form of hash would be no check at all: browsers pass over it.
  throw new Error(`wasmIntegrity.${name}: must be ${HASH}, not ${written(hash)}`);
}

/** A file of a module: what it must be served as, and which types browsers do not take for it. */
interface Kind {
  type: string;
  refused: RegExp;
}

const SCRIPT: Kind = { type: "text/javascript", refused: /^(?!.*(java|ecma)script)/i };
// Text is a page in place of a file that is missing. Other wrong types only cost time, and wasm-bindgen warns of them.
const WASM: Kind = { type: "application/wasm", refused: /^text\//i };

/** What is wrong with an answer, if anything is. */
function wrongIn(address: string, { ok, status, headers }: Response, { type, refused }: Kind): string | undefined {
  if (!ok) return `${address} is not there: the server answers ${status}`;
  const served = headers.get("content-type") ?? "nothing";
  return refused.test(served) ? `${address} is served as ${served}; it must be ${type}` : undefined;
}

/** Why a file cannot be used, as far as asking for it again tells. */
async function whyNot(address: string, kind: Kind): Promise<string | undefined> {
  try {
    return wrongIn(address, await fetch(address), kind);
  } catch {
    const { origin } = new URL(address);
    const away = `${address} does not come: no answer, or the page's Content-Security-Policy does not name ${origin}`;
    if (origin === location.origin) return away;
    // An answer that may not be read is one all the same.
    return fetch(address, { mode: "no-cors" }).then(
      () => `${address} may not be read by this page: its server must send "Access-Control-Allow-Origin: ${location.origin}"`,
      () => away,
    );
  }
}

async function script(address: string, load: Import): Promise<unknown> {
  try {
    return await load(address);
  } catch (cause) {
    const unknown = `${address}: ${String(cause)} (does script-src of the page's Content-Security-Policy name ${new URL(address).origin}, and is the file unchanged?)`;
    throw new Error((await whyNot(address, SCRIPT)) ?? unknown, { cause });
  }
}

async function bytes(address: string, integrity: string | undefined, option: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, integrity === undefined ? {} : { integrity });
  } catch (cause) {
    throw new Error((await whyNot(address, WASM)) ?? `${address} is not the file that ${option} vouches for`, { cause });
  }
  const wrong = wrongIn(address, response, WASM);
  if (wrong !== undefined) throw new Error(wrong);
  return response;
}

/**
 * A module, initialised.
 * @throws Error with the option's path, or with the address and what its server has to change
 */
export async function loadFrom<N extends keyof WasmModules>(
  name: N,
  source: WasmSource,
  load: Import = importModule,
): Promise<WasmModules[N]> {
  const folder = folderOf(source);
  const integrity = integrityOf(source, name);
  const at = (file: string): string => new URL(file, folder).href;
  const parts = [
    script(at(`${name}.js`), load) as Promise<WasmModules[N]>,
    bytes(at(`${name}_bg.wasm`), integrity, `wasmIntegrity.${name}`),
  ] as const;
  // A server that is set up wrongly fails both: the same one is named each time, not the one that was found out first.
  await Promise.allSettled(parts);
  const [module, response] = await Promise.all(parts);
  await module.default({ module_or_path: response });
  return module;
}
