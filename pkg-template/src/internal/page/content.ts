/** The page's text as pieces to search in, and spans of it as ranges. */
import { DEFAULT_CONTENT } from "./passage.js";
import { findText, type Piece } from "./find-text.js";
import type { TextQuote } from "./text-fragment.js";

/** Elements whose text a reader does not see as part of the page. */
const SKIPPED = ".ckw, script, style, noscript, template, textarea, select, [hidden]";

/** Elements that do not break a line of text: HTML's phrasing content, as far as it holds text. */
const INLINE = new Set(
  "A ABBR B BDI BDO CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME U VAR WBR".split(" "),
);

/** The element a text belongs to as a reader sees it: its paragraph, cell, list item. */
export function blockOf(node: Node): Element {
  let element = node instanceof Element ? node : node.parentElement;
  while (element !== null && INLINE.has(element.tagName) && element.parentElement !== null) element = element.parentElement;
  return element ?? document.body;
}

interface Texts {
  pieces: Piece[];
  nodes: Text[];
}

function textsIn(root: Element): Texts {
  const pieces: Piece[] = [];
  const nodes: Text[] = [];
  let block: Element | undefined;
  let broken = false;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) {
      broken ||= node.nodeName === "BR";
      continue;
    }
    const around = blockOf(node);
    pieces.push({ text: node.data, startsBlock: broken || around !== block });
    nodes.push(node);
    [block, broken] = [around, false];
  }
  return { pieces, nodes };
}

/** Where pages have their content. The whole page where nothing says so. */
function contentOf(selector: string | false | undefined): Element[] {
  try {
    // Of nested ones the outermost: a passage may begin in one and end in the other.
    const found = [...document.querySelectorAll(selector || DEFAULT_CONTENT)];
    const outermost = found.filter((element) => !found.some((other) => other !== element && other.contains(element)));
    return outermost.length > 0 ? outermost : [document.body];
  } catch {
    return [document.body];
  }
}

/**
 * Finds a quote in the page as it is drawn now.
 * @param quote - the words
 * @param section - the element the address names: the quote is looked for from there on first
 * @param selector - the option `askSelector`, which says where the content is
 */
export function findQuote(quote: TextQuote, section: Element | null, selector?: string | false): Range | undefined {
  for (const root of contentOf(selector)) {
    const { pieces, nodes } = textsIn(root);
    const from = section === null ? 0 : nodes.findIndex((node) => section.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    const span = findText(pieces, quote, Math.max(0, from));
    const start = span && nodes[span.start.piece];
    const end = span && nodes[span.end.piece];
    if (start === undefined || end === undefined) continue;
    const range = document.createRange();
    range.setStart(start, span?.start.offset ?? 0);
    range.setEnd(end, span?.end.offset ?? 0);
    return range;
  }
  return undefined;
}

/** The element a fragment names, as browsers find it: by the decoded name, else as it is written. */
export function elementOf(fragment: string): Element | null {
  const name = fragment.replace(/^#/, "");
  if (name === "") return null;
  try {
    return document.getElementById(decodeURIComponent(name)) ?? document.getElementById(name);
  } catch {
    return document.getElementById(name);
  }
}
