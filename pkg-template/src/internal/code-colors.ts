/**
 * Colours in code, as CSS custom highlights: ranges over the text that is there. No node is made or changed, so what the
 * reader selected stays selected, and the element's own drawing knows nothing of it. A browser without them shows plain code.
 */
import type { RootContent } from "hast";
import { adopt } from "./adopt.js";
import { reader } from "./code-grammars.js";
import { COLORS, KIND_OF, type Kind } from "./code-palette.js";
import { pieces } from "./code-pieces.js";

/** Colours of the code in one element. */
export interface CodeColors {
  /** Colours a `<code>` whose `data-lang` names its language. */
  paint(code: HTMLElement): void;
  /** Takes the colours of a `<code>` away. */
  wipe(code: HTMLElement): void;
  /** Takes all away. */
  end(): void;
}

/** Milliseconds after which others get their turn. */
const SLICE = 12;
/** Code that took this many is a trap for its grammar, or longer than anybody reads: the rest of it stays plain. */
const TOO_LONG = 600;

interface Token {
  kind: Kind;
  start: number;
  end: number;
}

/** The coloured words of `code`, by their offsets in it, piece by piece; none of a language without a grammar. */
export function* tokens(lang: string, code: string): Generator<Token[]> {
  const grammar = reader(lang);
  if (grammar === undefined) return;
  let at = 0;
  const walk = (nodes: readonly RootContent[], kind: Kind | undefined, found: Token[]): Token[] => {
    for (const node of nodes) {
      if (node.type === "text") {
        if (kind !== undefined) found.push({ kind, start: at, end: at + node.value.length });
        at += node.value.length;
      } else if (node.type === "element") {
        const [name] = (node.properties.className ?? []) as string[];
        walk(node.children, KIND_OF[name?.replace("hljs-", "") ?? ""] ?? kind, found);
      }
    }
    return found;
  };
  for (const { text, plain } of pieces(code)) {
    if (plain) at += text.length;
    else yield walk(grammar.highlight(lang, text).children, undefined, []);
  }
}

const highlightOf = (kind: Kind): Highlight => {
  const name = `ckw-code-${kind}`;
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
};

/** The colours for what is drawn in `root`. */
export function codeColors(root: HTMLElement): CodeColors {
  const painted = new Map<HTMLElement, (readonly [Kind, StaticRange])[]>();
  const able = typeof CSS !== "undefined" && "highlights" in CSS && adopt(root, COLORS);

  const wipe = (code: HTMLElement): void => {
    for (const [kind, range] of painted.get(code) ?? []) highlightOf(kind).delete(range);
    painted.delete(code);
  };
  const paint = async (code: HTMLElement, lang: string): Promise<void> => {
    const mine: (readonly [Kind, StaticRange])[] = [];
    painted.set(code, mine);
    const place = places(code);
    let [spent, since] = [0, performance.now()];
    for (const piece of tokens(lang, code.textContent ?? "")) {
      for (const { kind, start, end } of piece) {
        const range = place(start, end);
        if (range === undefined) continue;
        highlightOf(kind).add(range);
        mine.push([kind, range]);
      }
      const now = performance.now() - since;
      if (spent + now > TOO_LONG) return;
      if (now < SLICE) continue;
      spent += now;
      await new Promise((resolve) => setTimeout(resolve, 0));
      // Meanwhile it was wiped, because it changed or left.
      if (painted.get(code) !== mine) return;
      since = performance.now();
    }
  };
  return {
    paint(code) {
      // What left the page took no leave.
      for (const other of painted.keys()) if (!other.isConnected) wipe(other);
      wipe(code);
      const lang = code.dataset.lang?.toLowerCase() ?? "";
      if (able && lang !== "") void paint(code, lang);
    },
    wipe,
    end() {
      for (const code of [...painted.keys()]) wipe(code);
    },
  };
}

/** Makes ranges of offsets in the text of `code`; they come in order, so the text nodes are walked through once. */
function places(code: HTMLElement): (start: number, end: number) => StaticRange | undefined {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode() as Text | null;
  let before = 0;
  const reach = (offset: number, atEnd: boolean): readonly [Text, number] | undefined => {
    while (node !== null && (atEnd ? offset > before + node.length : offset >= before + node.length)) {
      before += node.length;
      node = walker.nextNode() as Text | null;
    }
    return node === null ? undefined : [node, offset - before];
  };
  return (start, end) => {
    const from = reach(start, false);
    const to = reach(end, true);
    if (from === undefined || to === undefined) return undefined;
    return new StaticRange({ startContainer: from[0], startOffset: from[1], endContainer: to[0], endOffset: to[1] });
  };
}
