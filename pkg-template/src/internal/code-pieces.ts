/**
 * Code in pieces that a grammar reads one by one. Grammars are regular expressions, some of which take quadratic time for
 * what nobody writes; the code comes from a model that may have read what somebody wrote for that purpose. So no piece is
 * long. Cut at blank lines where there are some, pieces mean what they meant together but for a comment or a string that
 * reaches over the cut.
 */

/** Characters of a piece, at most. Most code blocks are shorter. */
const LONGEST = 3000;

/** A piece of code. */
export interface Piece {
  text: string;
  /** A line too long to be read. */
  plain: boolean;
}

/** All of `code`, in order. */
export function pieces(code: string): Piece[] {
  const found: Piece[] = [];
  let rest = code;
  while (rest.length > LONGEST) {
    const cut = lastEnd(rest, "\n\n") || lastEnd(rest, "\n");
    const long = cut === 0 ? rest.indexOf("\n") + 1 || rest.length : cut;
    found.push({ text: rest.slice(0, long), plain: cut === 0 });
    rest = rest.slice(long);
  }
  if (rest !== "") found.push({ text: rest, plain: false });
  return found;
}

/** Behind the last `mark` in the first `LONGEST` characters; 0 where there is none. */
function lastEnd(text: string, mark: string): number {
  const at = text.lastIndexOf(mark, LONGEST - mark.length);
  return at === -1 ? 0 : at + mark.length;
}
