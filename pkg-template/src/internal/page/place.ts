/**
 * Where the "Ask" button goes: beside the selected text, never over it, always within the window. All numbers are
 * CSS pixels of the window.
 */

/** A rectangle, as `DOMRect` has it. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is to be placed where. */
export interface Placing {
  /** The boxes of the selected text, in order. */
  lines: readonly Box[];
  button: { width: number; height: number };
  window: { width: number; height: number };
  /** Fingers need the room above for the system's own menu, and below for its handles. */
  touch: boolean;
}

/** The button's upper left corner. */
export interface Corner {
  x: number;
  y: number;
}

/** The line that a box of text is part of: an emphasised word has a box of its own. */
function lineOf(box: Box, all: readonly Box[]): Box {
  const line = all.filter((other) => other.top < box.bottom && other.bottom > box.top);
  return { ...box, left: Math.min(...line.map(({ left }) => left)), right: Math.max(...line.map(({ right }) => right)) };
}

/** Between button and text. */
const GAP = 8;
/** The handles under a selection made by touch are about this high. */
const HANDLE = 28;
/** Between button and the window's edge. */
const MARGIN = 8;

/** `undefined` when none of the text can be seen, so that a button would belong to nothing. */
export function placeButton({ lines, button, window, touch }: Placing): Corner | undefined {
  const seen = lines.filter((line) => line.right > line.left && line.bottom > 0 && line.top < window.height);
  const first = seen[0];
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const top = Math.min(...seen.map((line) => line.top));
  const bottom = Math.max(...seen.map((line) => line.bottom));
  const above = top - GAP - button.height;
  const below = bottom + (touch ? HANDLE : GAP);
  const fits = (y: number): boolean => y >= MARGIN && y + button.height <= window.height - MARGIN;
  const within = (x: number): number => clamp(x, MARGIN, window.width - MARGIN - button.width);
  const over = (line: Box): number => within((line.left + line.right - button.width) / 2);

  const wanted: Corner[] = [
    { x: over(lineOf(first, seen)), y: above },
    { x: over(lineOf(last, seen)), y: below },
  ];
  if (touch) wanted.reverse();
  const free = wanted.find(({ y }) => fits(y));
  if (free !== undefined) return free;

  // The text fills the window from top to bottom: beside it, where there is a margin, else in the lower corner.
  const right = Math.max(...seen.map((line) => line.right)) + GAP;
  const left = Math.min(...seen.map((line) => line.left)) - GAP - button.width;
  const y = window.height - MARGIN - button.height;
  if (right + button.width <= window.width - MARGIN) return { x: right, y };
  if (left >= MARGIN) return { x: left, y };
  return { x: within(window.width), y };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
