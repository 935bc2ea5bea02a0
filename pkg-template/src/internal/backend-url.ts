/** Which server to talk to: `backendUrl` as it was given, made one absolute URL without a trailing slash. */
import type { BackendUrl } from "../public/types.js";
import type { ConfigIssue } from "../wasm-types.js";

const DEVELOPMENT_DEFAULT = "http://localhost:8000";

// Only bundlers know it; in a plain page the name is not there.
declare const process: { env: { NODE_ENV?: string } };

/** The build's mode, empty where nobody knows. Written out in full because bundlers replace exactly these words. */
function buildMode(): string {
  try {
    return process.env.NODE_ENV ?? "";
  } catch {
    return "";
  }
}

/** Whether this is development: the bundler says so or, where there is none, the page is served from this machine. */
export function isDevelopment(mode: string, hostname: string): boolean {
  if (mode !== "") return mode !== "production";
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]";
}

/** The server's URL, and what is wrong with the option it came from. */
export interface ResolvedBackendUrl {
  /** As it was written where it is not a URL: the container then refuses it in words for the reader. */
  url: string;
  issue?: ConfigIssue;
}

/** The page, as far as it matters here. */
export interface PageLocation {
  href: string;
  hostname: string;
  origin: string;
}

/** Resolves the option for this page. Never throws. */
export function resolveBackendUrl(
  given: BackendUrl | undefined,
  page: PageLocation = window.location,
  mode: string = buildMode(),
): ResolvedBackendUrl {
  const stage = isDevelopment(mode, page.hostname) ? "development" : "production";
  const byStage = typeof given === "object" && given !== null;
  const path = byStage ? `backendUrl.${stage}` : "backendUrl";
  const written: unknown = byStage ? given[stage] : given;
  if (written === undefined || written === null) {
    return { url: stage === "development" ? DEVELOPMENT_DEFAULT : page.origin };
  }
  const wrong = (what: string): ResolvedBackendUrl => ({
    url: typeof written === "string" ? written : "",
    issue: {
      path,
      message: `${what}. Write the address of your ChatKit server, for example "https://chat.example.com", or { development, production }.`,
    },
  });
  if (typeof written !== "string") return wrong(`must be a string, not ${typeof written}`);
  if (written.trim() === "") return wrong("is empty");
  const url = parseUrl(written, page.href);
  if (url === null) return wrong(`"${written}" is not a URL`);
  if (url.protocol !== "http:" && url.protocol !== "https:") return wrong(`"${written}" is not an http or https URL`);
  if (url.search !== "" || url.hash !== "") return wrong(`"${written}" has a query or a fragment, which paths cannot be appended to`);
  return { url: url.href.replace(/\/+$/, "") };
}

function parseUrl(written: string, base: string): URL | null {
  try {
    return new URL(written, base);
  } catch {
    return null;
  }
}
