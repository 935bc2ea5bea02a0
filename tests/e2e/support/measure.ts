/** Numbers of a bench: what they are, and how they are summed up. */

import { writeFileSync } from "node:fs";

/** One line of the report. */
export interface Line {
  what: string;
  /** How many measurements. */
  count: number;
  /** In words, with units. */
  result: string;
}

/** The value below which `share` of them are; the nearest rank, so it is one that was measured. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Milliseconds. */
export function times(what: string, values: number[]): Line {
  const [median, most] = [percentile(values, 0.5), percentile(values, 0.95)].map((value) => `${Math.round(value)} ms`);
  return { what, count: values.length, result: `median ${median}, 95th percentile ${most}` };
}

/** How many of all. */
export function share(what: string, yes: number, all: number): Line {
  return { what, count: all, result: all === 0 ? "none" : `${yes} of ${all}, ${Math.round((100 * yes) / all)} %` };
}

/** Leaves the lines for whoever started the bench; without it they are printed. */
export function report(lines: Line[]): void {
  const file = process.env.CKW_BENCH;
  if (file) writeFileSync(file, JSON.stringify(lines));
  else console.table(lines);
}

/** The same numbers from 0 to 1 in every run (mulberry32): a bench that fails other requests each time compares nothing. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
