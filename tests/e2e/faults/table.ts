/** The table and the figures, as they are printed. */

import { type Arguments, rows } from "./arguments.ts";
import type { Cell, Outcome, Totals } from "./judge.ts";
import { KINDS } from "./requests.ts";

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

/** The table in markdown: the rows and columns that were played. */
export function table(asked: Arguments, played: readonly Played[]): string {
  const columns = KINDS.filter(({ name }) => played.some(({ kind }) => kind === name)).map(({ name }) => name);
  const names = rows({ ...asked, rows: [] }).map(({ name }) => name).filter((name) => played.some(({ fault }) => fault === name));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const cell = (fault: string, kind: string): string =>
    played.find((one) => one.fault === fault && one.kind === kind)?.cell.text ?? "–";
  const body = names.map((fault) => line([fault, ...columns.map((kind) => cell(fault, kind))]));
  return [line(["fault", ...columns]), line(["---", ...columns.map(() => "---")]), ...body].join("\n");
}

/** The figures in one line. */
export function summary({ messages, lost, doubled, stuck, silent, technical, reloads }: Totals): string {
  return `${messages} messages, ${lost} lost, ${doubled} doubled, ${stuck} stuck, ${silent} silent, ${technical} with technical words, ${reloads} R`;
}

/** One random run in one line. */
export function told({ seed, faults, cells }: Conversed): string {
  return `seed ${seed}: ${cells.map(({ text }) => text).join(", ")} (${faults.join(", ")})`;
}
