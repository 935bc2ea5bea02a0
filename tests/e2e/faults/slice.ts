/** A slice of the table that takes two minutes: every fault once, every kind of request several times. */

import { applies } from "./cell.ts";
import { FAULTS, type Fault } from "./faults.ts";
import { type Kind, KINDS } from "./requests.ts";

/** How far the next row's column is from the last one's; no divisor of the number of columns, so that all come. */
const STEP = 5;

/** Returns the cells, the same every time. */
export function slice(): { fault: Fault; kind: Kind }[] {
  return FAULTS.map((fault, at) => {
    const possible = KINDS.filter((kind) => applies(fault, kind));
    return { fault, kind: possible[(at * STEP) % possible.length] as Kind };
  });
}
