/**
 * Marks a passage of the page. With the CSS Custom Highlight API nothing in the page changes; elsewhere the text is
 * wrapped in `<mark>`, and put back exactly as it was when the marking ends.
 */

/** Name of the highlight (`::highlight(ckw-passage)`) and class of the elements. */
export const MARKING = "ckw-passage";

/** Marks it. Returns how to take the mark away. */
export function markPassage(range: Range): () => void {
  return typeof Highlight === "function" ? highlight(range) : wrap(range);
}

function highlight(range: Range): () => void {
  const ours = new Highlight(range);
  CSS.highlights.set(MARKING, ours);
  return () => {
    if (CSS.highlights.get(MARKING) === ours) CSS.highlights.delete(MARKING);
  };
}

/** A text node of the passage and the part of it that belongs to it. */
interface Part {
  node: Text;
  start: number;
  end: number;
}

function partsOf(range: Range): Part[] {
  const parts: Part[] = [];
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  // A range within one text node has that node as its root, which the walker does not visit.
  const first = walker.root instanceof Text ? walker.root : walker.nextNode();
  for (let node = first; node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node) || node.data.trim() === "") continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.data.length;
    if (start < end) parts.push({ node, start, end });
  }
  return parts;
}

/**
 * The page's own node stays where it is and keeps what stands before the passage: a framework that drew it goes on
 * finding it, and text it writes there meanwhile is not lost when the mark is taken away.
 */
function wrap(range: Range): () => void {
  const undo = partsOf(range).map(({ node, start, end }) => {
    const { data } = node;
    const mark = document.createElement("mark");
    mark.className = MARKING;
    mark.textContent = data.slice(start, end);
    const tail = document.createTextNode(data.slice(end));
    const head = data.slice(0, start);
    node.data = head;
    node.after(mark, tail);
    return () => {
      if (node.data === head) node.data = data;
      mark.remove();
      tail.remove();
    };
  });
  return () => undo.forEach((restore) => restore());
}
