// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WasmSource } from "../src/internal/load.js";
import { loadFrom } from "../src/internal/wasm-elsewhere.js";

const GLUE = "https://cdn.example/ckw/wasm/element.js";
const WASM = "https://cdn.example/ckw/wasm/element_bg.wasm";
const HASH = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC";

const fetched: [string, RequestInit | undefined][] = [];
/** What the other server does, by address: an answer, or nothing that this page may see. */
let answers: Record<string, () => Response>;

const answer = (type: string, status = 200) => () => new Response("x", { status, headers: { "content-type": type } });
const initialise = vi.fn(async () => undefined);
const importModule = vi.fn(async (_address: string): Promise<unknown> => ({ default: initialise }));
const load = (source: unknown) => loadFrom("element", source as WasmSource, importModule);
const cdn = { wasmUrl: "https://cdn.example/ckw/wasm" };

beforeEach(() => {
  fetched.length = 0;
  initialise.mockClear();
  importModule.mockReset().mockResolvedValue({ default: initialise });
  answers = { [GLUE]: answer("text/javascript"), [WASM]: answer("application/wasm") };
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    fetched.push([address, init]);
    const found = answers[address];
    if (found === undefined && init?.mode !== "no-cors") throw new TypeError("Failed to fetch");
    return found?.() ?? new Response();
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("the wasm from another place", () => {
  it("comes from the folder the site names, with or without a slash at its end", async () => {
    for (const wasmUrl of ["https://cdn.example/ckw/wasm", "https://cdn.example/ckw/wasm/"]) await load({ wasmUrl });
    expect(importModule.mock.calls).toEqual([[GLUE], [GLUE]]);
    expect(fetched.map(([address]) => address)).toEqual([WASM, WASM]);
    expect(initialise).toHaveBeenCalledWith({ module_or_path: expect.any(Response) });
  });

  it("is another path of the page's own origin as well", async () => {
    answers[`${location.origin}/assets/element_bg.wasm`] = answer("application/wasm");
    await load({ wasmUrl: "/assets" });
    expect(importModule).toHaveBeenCalledWith(`${location.origin}/assets/element.js`);
  });

  it("is only run if it is what the site vouches for", async () => {
    await load({ ...cdn, wasmIntegrity: { element: HASH, container: "sha256-abc=" } });
    expect(fetched).toEqual([[WASM, { integrity: HASH }]]);
  });
});

describe("an option that is wrong is named with its path and what to write", () => {
  it.each([
    [{ wasmUrl: 7 }, 'wasmUrl: must be the address of a folder, for example "https://cdn.example.com/chatkit-widget/wasm/", not 7'],
    [{ wasmUrl: " " }, "wasmUrl: must be the address of a folder"],
    [{ wasmUrl: "https://" }, 'not "https://"'],
    [{ wasmIntegrity: {} }, "wasmIntegrity: is used together with wasmUrl"],
    [{ ...cdn, wasmIntegrity: "sha384-x" }, 'wasmIntegrity: must be an object, not "sha384-x"'],
    // Browsers take what they cannot read for no check at all.
    [{ ...cdn, wasmIntegrity: { element: "md5-abc" } }, "wasmIntegrity.element: must be a hash of Subresource Integrity"],
    [{ ...cdn, wasmIntegrity: { element: "" } }, 'integrity.json of the package has it, not ""'],
  ])("%j", async (source, message) => {
    await expect(load(source)).rejects.toThrow(message);
    expect(importModule).not.toHaveBeenCalled();
    expect(fetched).toEqual([]);
  });
});

describe("a server that is not ready for it is told what to change", () => {
  const refused = async (): Promise<void> => void importModule.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));

  it("a missing CORS header", async () => {
    await refused();
    delete answers[GLUE];
    await expect(load(cdn)).rejects.toThrow(
      `${GLUE} may not be read by this page: its server must send "Access-Control-Allow-Origin: ${location.origin}"`,
    );
  });

  it("of two faults the same one each time, whichever was found out first", async () => {
    delete answers[GLUE];
    delete answers[WASM];
    importModule.mockImplementationOnce(async () => {
      // The wasm file was asked for, and asked for again, long ago.
      await new Promise((resolve) => setTimeout(resolve));
      throw new TypeError("Failed to fetch dynamically imported module");
    });
    await expect(load(cdn)).rejects.toThrow(`${GLUE} may not be read by this page`);
  });

  it("a missing CORS header of the wasm file alone", async () => {
    delete answers[WASM];
    await expect(load(cdn)).rejects.toThrow(`${WASM} may not be read by this page`);
  });

  it("a server that is away, or that the policy does not name", async () => {
    delete answers[WASM];
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(load(cdn)).rejects.toThrow(
      `${WASM} does not come: no answer, or the page's Content-Security-Policy does not name https://cdn.example`,
    );
  });

  it("a folder without the files", async () => {
    await refused();
    answers[GLUE] = answer("text/html", 404);
    await expect(load(cdn)).rejects.toThrow(`${GLUE} is not there: the server answers 404`);
    answers[WASM] = answer("text/html", 404);
    await expect(load(cdn)).rejects.toThrow(`${WASM} is not there: the server answers 404`);
  });

  it("a script of another type than JavaScript's", async () => {
    await refused();
    answers[GLUE] = answer("text/plain");
    await expect(load(cdn)).rejects.toThrow(`${GLUE} is served as text/plain; it must be text/javascript`);
  });

  it("a page in place of the wasm file", async () => {
    answers[WASM] = answer("text/html; charset=utf-8");
    await expect(load(cdn)).rejects.toThrow(`${WASM} is served as text/html; charset=utf-8; it must be application/wasm`);
  });

  it("a script that the policy forbids", async () => {
    await refused();
    await expect(load(cdn)).rejects.toThrow("does script-src of the page's Content-Security-Policy name https://cdn.example");
  });

  it("a file that was changed", async () => {
    vi.stubGlobal("fetch", async (_: string, init?: RequestInit) =>
      init?.integrity === undefined ? answer("application/wasm")() : Promise.reject(new TypeError("Failed to fetch")),
    );
    await expect(load({ ...cdn, wasmIntegrity: { element: HASH } })).rejects.toThrow(
      `${WASM} is not the file that wasmIntegrity.element vouches for`,
    );
  });
});
