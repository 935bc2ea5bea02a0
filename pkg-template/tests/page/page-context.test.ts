import { describe, expect, it, vi } from "vitest";
import { currentPage, tellingPage, withPage } from "../../src/internal/page/page-context.js";

const PAGE = { url: "https://book.example/servo", title: "Servos" };
const URL_OF_CHAT = "https://chat.example/chatkit";
const question = (more: object = {}): string => JSON.stringify({ type: "threads.create", params: { input: {} }, ...more });

describe("the page in a request's metadata", () => {
  it("stands beside what is there already", () => {
    expect(JSON.parse(withPage(question({ metadata: { tenant: 7 } }), PAGE))).toEqual({
      type: "threads.create",
      params: { input: {} },
      metadata: { tenant: 7, page: PAGE },
    });
    expect(JSON.parse(withPage(question(), PAGE)).metadata).toEqual({ page: PAGE });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[1]"],
    ["nothing", "null"],
    ["an operation that makes no answer", JSON.stringify({ type: "threads.list", params: {} })],
    ["a page already", question({ metadata: { page: "mine" } })],
    ["metadata of another kind", question({ metadata: "text" })],
  ])("leaves a body with %s as it is", (_name, body) => expect(withPage(body, PAGE)).toBe(body));

  it("says the address without the fragment", () => {
    window.history.replaceState(null, "", "/servo?lang=en#access_token=secret");
    document.title = "Servos";
    expect(currentPage(document)).toEqual({ url: `${location.origin}/servo?lang=en`, title: "Servos" });
  });
});

describe("the fetch that tells the page", () => {
  const fetch = vi.fn(async (_input: RequestInfo | URL, _init?: RequestInit) => new Response("{}"));
  const telling = tellingPage(fetch, URL_OF_CHAT, () => PAGE);
  const sent = (): unknown => fetch.mock.lastCall?.[1]?.body;

  it("adds it to a question, and keeps headers and signal", async () => {
    const init = { method: "POST", body: question(), headers: { a: "b" }, signal: new AbortController().signal };
    await telling(URL_OF_CHAT, init);
    expect(JSON.parse(String(sent())).metadata).toEqual({ page: PAGE });
    expect(fetch.mock.lastCall?.[1]).toMatchObject({ method: "POST", headers: { a: "b" }, signal: init.signal });
    await telling(new URL(URL_OF_CHAT), init);
    expect(JSON.parse(String(sent())).metadata).toEqual({ page: PAGE });
  });

  it.each<[string, RequestInfo | URL, RequestInit | undefined]>([
    ["an upload", "https://chat.example/upload/1", { method: "POST", body: question() }],
    ["another server", "https://elsewhere.example/chatkit", { method: "POST", body: question() }],
    ["a body that is no text", URL_OF_CHAT, { method: "POST", body: new FormData() }],
    ["a GET", URL_OF_CHAT, undefined],
    ["a Request", new Request(URL_OF_CHAT, { method: "POST", body: question() }), undefined],
  ])("passes %s on untouched", async (_name, input, init) => {
    await telling(input, init);
    expect(fetch).toHaveBeenLastCalledWith(input, init);
  });
});
