/** The table and the figures, as they are printed. */

import { type Arguments, rows } from "./arguments.ts";
import { applies } from "./cell.ts";
import type { Cell, Outcome, Totals } from "./judge.ts";
import type { Fault } from "./faults.ts";
import { type Kind, KINDS } from "./requests.ts";

/** One cell as it was played. */
export interface Played {
  fault: string;
  kind: string;
  cell: Cell;
  outcome: Outcome;
}

/** One random run as it was played. */
export interface Conversed {
  seed: number;
  faults: string[];
  outcomes: Outcome[];
  /** The cell of each message. */
  cells: Cell[];
}

/** Returns the table in markdown: the rows and columns that were played. */
export function table(asked: Arguments, played: readonly Played[]): string {
  const columns = KINDS.filter(({ name }) => played.some(({ kind }) => kind === name));
  const faults = rows({ ...asked, rows: [] }).filter(({ name }) => played.some(({ fault }) => fault === name));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  // What was not played is empty, what cannot be has a dash.
  const cell = (fault: Fault, kind: Kind): string =>
    played.find((one) => one.fault === fault.name && one.kind === kind.name)?.cell.text ?? (applies(fault, kind) ? "" : "–");
  const body = faults.map((fault) => line([fault.name, ...columns.map((kind) => cell(fault, kind))]));
  return [line(["fault", ...columns.map(({ name }) => name)]), line(["---", ...columns.map(() => "---")]), ...body].join("\n");
}

/** Returns the figures in one line. */
export function summary({ messages, lost, doubled, stuck, silent, technical, reloads }: Totals): string {
  return `${messages} messages, ${lost} lost, ${doubled} doubled, ${stuck} stuck, ${silent} silent, ${technical} with technical words, ${reloads} R`;
}

/** Returns one random run in one line. */
export function told({ seed, faults, cells }: Conversed): string {
  return `seed ${seed}: ${cells.map(({ text }) => text).join(", ")} (${faults.join(", ")})`;
}
