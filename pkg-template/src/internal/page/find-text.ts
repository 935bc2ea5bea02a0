/**
 * Finds quoted words in the pieces of text a page is made of. Words are compared as a reader would: whatever the case,
 * and however the page spaces them or breaks them into elements.
 */
import type { TextQuote } from "./text-fragment.js";

/** The text of one node. */
export interface Piece {
  text: string;
  /** It begins a block (paragraph, cell, list item): nothing joins it to the word before. */
  startsBlock: boolean;
}

/** A place in a piece: before the character `offset`. */
export interface Place {
  piece: number;
  offset: number;
}

/** From the first character to behind the last. */
export interface Span {
  start: Place;
  end: Place;
}

/** The pieces as one string of single spaces, and where each of its characters came from. */
interface Flat {
  text: string;
  from: Place[];
}

/** One code unit in one code unit: an offset must not move. "İ" in lower case has two. */
function fold(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === 1 ? lower : character;
}

function flatten(pieces: readonly Piece[]): Flat {
  let text = "";
  const from: Place[] = [];
  const space = (place: Place): void => {
    if (text === "" || text.endsWith(" ")) return;
    text += " ";
    from.push(place);
  };
  pieces.forEach((piece, index) => {
    if (piece.startsBlock) space({ piece: index, offset: 0 });
    for (let offset = 0; offset < piece.text.length; offset += 1) {
      const character = piece.text.charAt(offset);
      const place = { piece: index, offset };
      if (/\s/.test(character)) {
        space(place);
      } else {
        text += fold(character);
        from.push(place);
      }
    }
  });
  return { text, from };
}

const flatWords = (words: string): string => flatten([{ text: words, startsBlock: false }]).text.trim();

/** Whether a word ends or begins between the two characters. */
function isEdge(before: string, after: string): boolean {
  return !(/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after));
}

function isWhole(text: string, start: number, end: number): boolean {
  return isEdge(text.charAt(start - 1), text.charAt(start)) && isEdge(text.charAt(end - 1), text.charAt(end));
}

/** The first match at or behind `earliest`, as offsets into `text`. */
function search(text: string, quote: TextQuote, earliest: number, whole: boolean): [number, number] | undefined {
  const [start, before, after] = [quote.start, quote.before ?? "", quote.after ?? ""].map(flatWords) as [string, string, string];
  const last = quote.end === undefined ? undefined : flatWords(quote.end);
  if (start === "") return undefined;
  for (let at = text.indexOf(start, earliest); at !== -1; at = text.indexOf(start, at + 1)) {
    let end = at + start.length;
    if (last !== undefined) {
      const lastAt = text.indexOf(last, end);
      if (lastAt === -1) return undefined;
      end = lastAt + last.length;
    }
    const fits =
      text.slice(0, at).trimEnd().endsWith(before) &&
      text.slice(end).trimStart().startsWith(after) &&
      (!whole || isWhole(text, at, end));
    if (fits) return [at, end];
  }
  return undefined;
}

/**
 * Where the quote stands.
 * @param pieces - the texts of the page, in order
 * @param quote - what to look for
 * @param from - the piece to begin with: the section the address names. What stands before it is looked at last.
 */
export function findText(pieces: readonly Piece[], quote: TextQuote, from = 0): Span | undefined {
  const flat = flatten(pieces);
  const earliest = Math.max(0, flat.from.findIndex(({ piece }) => piece >= from));
  // Whole words first. Languages without spaces have none, and a page may have been edited a little.
  const found =
    search(flat.text, quote, earliest, true) ?? search(flat.text, quote, 0, true) ?? search(flat.text, quote, earliest, false);
  if (found === undefined) return undefined;
  const start = flat.from[found[0]];
  const end = flat.from[found[1] - 1];
  return start && end && { start, end: { ...end, offset: end.offset + 1 } };
}
