/** Whether ours is as cheap as it is meant to be. */

import type { Kind } from "./answers.ts";

/** What one answer cost, from the question to the last word drawn. */
export interface Cost {
  /** Milliseconds of the main thread: all of it (CDP's TaskDuration) … */
  task: number;
  /** … the same by the clock … */
  elapsed: number;
  /** … JavaScript and wasm in it (ScriptDuration) … */
  script: number;
  /** … and styles and layout in it (RecalcStyleDuration and LayoutDuration). */
  layout: number;
  /** Tasks of more than 50 ms. */
  longTasks: number;
  /** Milliseconds of the longest of them. */
  longest: number;
  /** Megabytes in use afterwards, garbage collected; a wasm module's memory with them. */
  heap: number;
}

/** What ours is compared with, each given every delta as it comes. */
const PEERS = ["streamdown", "react-markdown", "deep-chat"];
/** Who draws. The throttled one is an app's own work around its peer: measured, not judged by. */
export const contenders = ["ours", "floor", ...PEERS, "streamdown-throttled"];

/** What is drawn; lengths in characters. */
export const cases: { name: string; kind: Kind; length: number }[] = [
  { name: "mixed, 20 000", kind: "mixed", length: 20_000 },
  { name: "mixed, 80 000", kind: "mixed", length: 80_000 },
  { name: "one code block, 20 000", kind: "code", length: 20_000 },
  { name: "one list, 20 000", kind: "list", length: 20_000 },
  { name: "one table, 20 000", kind: "table", length: 20_000 },
];
const [SHORT, LONG, ...SINGLE] = cases.map(({ name }) => name);

/** Every promise that can be judged by what was measured, with the word `pass` or `FAIL`. */
export function verdicts(table: Map<string, Cost | undefined>): { what: string; result: string }[] {
  const of = (name: string | undefined, contender: string): Cost | undefined => table.get(`${name}: ${contender}`);
  /** The cheapest of the others, all in all; one that was cut off is not. Script alone says little: CDP counts none that runs in microtasks. */
  const best = (name: string | undefined): Cost | undefined =>
    PEERS.map((peer) => of(name, peer))
      .filter((cost) => cost !== undefined)
      .sort((a, b) => a.task - b.task)[0];
  const lines: { what: string; result: string }[] = [];
  const judge = (what: string, is: number | undefined, most: number): void => {
    if (is === undefined || Number.isNaN(is)) return;
    const digits = most < 50 ? 3 : 0;
    lines.push({ what, result: `${is.toFixed(digits)}, at most ${most.toFixed(digits)}: ${is <= most ? "pass" : "FAIL"}` });
  };
  const ratio = (a: Cost | undefined, b: Cost | undefined, cost: "task" | "script"): number | undefined => a && b && a[cost] / b[cost];

  judge("task, best peer = 1, mixed, 20 000", ratio(of(SHORT, "ours"), best(SHORT), "task"), 1 / 3);
  judge("task, best peer = 1, mixed, 80 000", ratio(of(LONG, "ours"), best(LONG), "task"), 1 / 6);
  judge("script, best peer = 1, mixed, 20 000", ratio(of(SHORT, "ours"), best(SHORT), "script"), 1 / 6);
  judge("script, best peer = 1, mixed, 80 000", ratio(of(LONG, "ours"), best(LONG), "script"), 1 / 10);
  for (const name of [SHORT, LONG]) judge(`task, floor = 1, ${name}`, ratio(of(name, "ours"), of(name, "floor"), "task"), 1.5);
  judge("task, 20 000 = 1, 80 000", ratio(of(LONG, "ours"), of(SHORT, "ours"), "task"), 4.2);
  for (const name of SINGLE) judge(`task, mixed = 1, ${name}`, ratio(of(name, "ours"), of(SHORT, "ours"), "task"), 1.5);
  for (const { name } of cases) judge(`longest task in ms, ${name}`, of(name, "ours")?.longest, 50);
  return lines;
}
