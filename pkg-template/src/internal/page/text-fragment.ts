/**
 * Text fragments: the part of an address that names the words to scroll to,
 * `#section:~:text=[before-,]start[,end][,-after]` (https://wicg.github.io/scroll-to-text-fragment). Browsers act on
 * them when they load a page and hide them from scripts; a page that changes under the open chat is ours to scroll.
 */

/** The words to look for. From `start` to `end`, or `start` alone. */
export interface TextQuote {
  start: string;
  end?: string;
  /** What stands right before and after: tells apart words that the page has twice. */
  before?: string;
  after?: string;
}

/** An address without its text fragment, and what that asked for. */
export interface Destination {
  url: URL;
  quote: TextQuote | undefined;
}

const DELIMITER = ":~:";

/** Takes the text fragment off an address. Of several, the first counts. */
export function destinationOf(address: URL): Destination {
  const url = new URL(address);
  const at = url.hash.indexOf(DELIMITER);
  if (at === -1) return { url, quote: undefined };
  const directives = url.hash.slice(at + DELIMITER.length).split("&");
  url.hash = url.hash.slice(0, at);
  // `#` with nothing behind it would still make the browser scroll to the top.
  if (url.hash === "") url.href = url.href.replace(/#$/, "");
  const text = directives.find((directive) => directive.startsWith("text="));
  return { url, quote: text === undefined ? undefined : parse(text.slice("text=".length)) };
}

function parse(directive: string): TextQuote | undefined {
  const terms = directive.split(",");
  const before = terms[0]?.endsWith("-") ? decode(terms.shift()?.slice(0, -1)) : undefined;
  const after = terms.at(-1)?.startsWith("-") ? decode(terms.pop()?.slice(1)) : undefined;
  const start = decode(terms[0]);
  const end = decode(terms[1]);
  if (start === undefined || terms.length > 2) return undefined;
  return {
    start,
    ...(end === undefined ? {} : { end }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Percent-decoded; `undefined` where nothing is said or the escapes are broken. */
function decode(term: string | undefined): string | undefined {
  if (term === undefined) return undefined;
  try {
    return decodeURIComponent(term).trim() || undefined;
  } catch {
    return undefined;
  }
}
