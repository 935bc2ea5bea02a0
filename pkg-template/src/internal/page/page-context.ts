/**
 * Page context: which page a question is asked on, told to the server in the request's `metadata`
 * (ChatKit protocol §5.2). Done in the `fetch` that both engines are given, so that it does not matter which one asks.
 */

type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** A page, as the server hears of it. */
export interface PageContext {
  /** Origin, path and query. Never the fragment: sign-in tokens travel there, and it is not the page's address. */
  url: string;
  title: string;
}

/** The page now. */
export function currentPage(document: Document): PageContext {
  const { origin, pathname, search } = document.location;
  return { url: origin + pathname + search, title: document.title };
}

/** What an answer comes of. A list or a title does not depend on the page, so nothing is said with those. */
const ANSWERED = new Set([
  "threads.create",
  "threads.add_user_message",
  "threads.add_client_tool_output",
  "threads.add_structured_input",
  "threads.retry_after_item",
  "threads.custom_action",
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The body with the page in its metadata; the body itself where it is no such request. */
export function withPage(body: string, page: PageContext): string {
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    return body;
  }
  if (!isObject(request) || !ANSWERED.has(String(request["type"]))) return body;
  const metadata = request["metadata"] ?? {};
  // Whoever sends a page of their own means it.
  if (!isObject(metadata) || "page" in metadata) return body;
  return JSON.stringify({ ...request, metadata: { ...metadata, page } });
}

function isTo(input: RequestInfo | URL, url: string): boolean {
  if (input instanceof Request) return false;
  try {
    return new URL(input, document.baseURI).href === new URL(url, document.baseURI).href;
  } catch {
    return false;
  }
}

/** `fetch`, telling the page with each question that is sent to `chatUrl`. Anything else passes through untouched. */
export function tellingPage(fetch: Fetch, chatUrl: string, page: () => PageContext): Fetch {
  return (input, init) => {
    if (typeof init?.body !== "string" || init.method?.toUpperCase() !== "POST" || !isTo(input, chatUrl)) return fetch(input, init);
    return fetch(input, { ...init, body: withPage(init.body, page()) });
  };
}
