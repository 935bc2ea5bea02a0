/** The passage: the part of a selection that lies in the page's content, as text that can be quoted. */
import { logError } from "../log.js";

/** Where text can be asked about, unless the option `askSelector` says otherwise. */
export const DEFAULT_CONTENT = "main, article";

/**
 * Characters of a quote. ChatKit names no limit; this is a page of a book. A quote without one would be sent, stored and
 * shown whole when somebody selects a chapter.
 */
export const LONGEST_PASSAGE = 2000;

/** Text as it is quoted: no spaces at the ends of lines, no runs of empty lines, not longer than the limit. */
export function quotable(text: string): string | undefined {
  const tidy = text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (tidy === "") return undefined;
  if (tidy.length <= LONGEST_PASSAGE) return tidy;
  const cut = tidy.slice(0, LONGEST_PASSAGE);
  // At a word, if one ends soon enough before; never in the middle of a character.
  const end = cut.search(/\s\S{0,60}$/);
  return `${(end === -1 ? cut.replace(/[\uD800-\uDBFF]$/, "") : cut.slice(0, end)).trimEnd()}…`;
}

/** A passage, where it stands, and how it can be quoted. */
export interface Passage {
  range: Range;
  text: string;
}

const reported = new Set<string>();

/** The content around a node. A selector that is none is said once, and nothing can be asked about. */
function contentAround(node: Node, selector: string): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  // What is typed is the reader's own text, and the widget is not the page.
  if (element === null || element.closest("[contenteditable=''], [contenteditable=true], .ckw") !== null) return null;
  try {
    return element.closest(selector);
  } catch {
    if (!reported.has(selector)) logError(`askSelector: "${selector}" is not a CSS selector. Write one such as "main, article", or false.`);
    reported.add(selector);
    return null;
  }
}

/** What of the selection can be asked about. */
export function passageOf(selection: Selection | null, selector: string | false): Passage | undefined {
  if (selector === false || selection === null || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const selected = selection.getRangeAt(0);
  const [first, last] = [contentAround(selected.startContainer, selector), contentAround(selected.endContainer, selector)];
  const content = last?.contains(first) ? last : (first ?? last);
  if (content === null) return undefined;
  const range = selected.cloneRange();
  let text = selection.toString();
  // It may run out of the content, as a triple click on the last paragraph does: only the inside counts.
  const [beginsInside, endsInside] = [first !== null && content.contains(first), last !== null && content.contains(last)];
  if (!beginsInside) range.setStart(content, 0);
  if (!endsInside) range.setEnd(content, content.childNodes.length);
  if (!beginsInside || !endsInside) text = range.toString();
  const quoted = quotable(text);
  return quoted === undefined ? undefined : { range, text: quoted };
}
