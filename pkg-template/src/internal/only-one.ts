/**
 * One widget on a page. Who mounts gets in **line**; the first in line draws, the others wait until it leaves. So a
 * widget that is mounted in one place before it is unmounted in the other appears, and one too many does not.
 *
 * The line is the page's, not this module's: a bundled copy of this package and one from a script tag share it.
 */
import { logWarning } from "./log.js";

const LINE = Symbol.for("chatkit-widget");

interface Waiting<W> {
  start(): W;
  widget: W | undefined;
}

/** A place in the line. */
export interface Place<W> {
  /** The widget of this place or, while it waits, the page's. */
  widget(): W | undefined;
  /** Whether another one is before it. */
  waits(): boolean;
  /** Leaves; the next in line starts. */
  leave(): void;
}

/** Gets in line: calls `start` now or when everybody before has left. */
export function getInLine<W>(start: () => W): Place<W> {
  const page = globalThis as { [LINE]?: Waiting<W>[] & { warned?: boolean } };
  const line = (page[LINE] ??= []);
  const mine: Waiting<W> = { start, widget: undefined };
  const startFirst = (): void => {
    const [first] = line;
    if (first !== undefined) first.widget ??= first.start();
  };
  line.push(mine);
  startFirst();
  // Not at once: the one before may be leaving in the same breath.
  queueMicrotask(() => {
    if (line.indexOf(mine) < 1 || line.warned) return;
    line.warned = true;
    logWarning("this page mounts the chat widget more than once. Only the first is shown: mount it once, around all pages.");
  });
  return {
    widget: () => (line.includes(mine) ? line[0]?.widget : undefined),
    waits: () => line.indexOf(mine) > 0,
    leave: () => {
      const at = line.indexOf(mine);
      if (at < 0) return;
      line.splice(at, 1);
      startFirst();
    },
  };
}
