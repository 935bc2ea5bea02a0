/**
 * A slice of the table for every run of all tests: each fault once, against one kind of server or the other, each kind of
 * request several times, and against both what was wrong the oftenest.
 */

import { applies } from "./cell.ts";
import { FAULTS, type Fault, named, possible } from "./faults.ts";
import { type Kind, KINDS } from "./requests.ts";

/** Columns from one row's to the next row's: no divisor of the number of columns, of all and of those that stream. */
const STEP = 7;
/** Rows and columns that are never left out. */
const ALWAYS = [
  ["late", "create"],
  ["stall", "create"],
  ["200_html+stored", "user_message"],
  ["cut_echo_fin", "create"],
  ["cut_frame", "structured_input"],
  ["cut_frame", "client_tool_output"],
] as const;

/** One cell to be played. */
export interface Chosen {
  fault: Fault;
  kind: Kind;
}

/** Returns the cells for a kind of server, the same every time. */
export function slice(keyed: boolean): Chosen[] {
  const each = FAULTS.map((fault, at) => {
    const kinds = KINDS.filter((kind) => applies(fault, kind));
    return { fault, kind: kinds[(at * STEP) % kinds.length] as Kind };
  });
  const mine = each.filter(({ fault }, at) => possible(fault, keyed) && (!possible(fault, !keyed) || (at % 2 === 0) === keyed));
  const always = ALWAYS.map(([row, column]) => ({ fault: named(row), kind: KINDS.find(({ name }) => name === column) as Kind }));
  const all = [...always, ...mine];
  return [...new Map(all.map((chosen) => [`${chosen.fault.name} × ${chosen.kind.name}`, chosen])).values()];
}
