/** The command line of `cargo xtask faults`, which comes in the variable `CKW_FAULTS` as a JSON list of words. */

import { everyTime, FAULTS, type Fault, possible } from "./faults.ts";

/** Options of a run. */
export interface Arguments {
  mode: "matrix" | "random" | "slice";
  /** Names of rows and columns; empty for all. */
  rows: string[];
  columns: string[];
  /** Every fault once, three times and until healed. */
  full: boolean;
  /** Number of random runs. */
  runs: number;
  seed: number;
  /** True for a server that honours idempotency keys. */
  idempotent: boolean;
  /** True for a page with short time limits. */
  timeouts: boolean;
  workers: number;
}

export const USAGE = `faults --matrix [rows[/columns]] [--full] | --random N [--seed S] | --slice
       [--idempotent | --plain] [--timeouts] [--workers N]
  rows and columns are names with commas between them: --matrix stall,late/create,settle`;

/** Reads the words; throws at what it does not know. */
export function parse(words: readonly string[]): Arguments {
  const given: Arguments = {
    mode: "slice",
    rows: [],
    columns: [],
    full: false,
    runs: 0,
    seed: 1,
    idempotent: false,
    timeouts: false,
    workers: 4,
  };
  const rest = [...words];
  const value = (): string | undefined => (rest[0]?.startsWith("--") === false ? rest.shift() : undefined);
  const number = (name: string): number => {
    const text = value();
    if (text === undefined || !/^\d+$/.test(text)) throw new Error(`${name} takes a number\n${USAGE}`);
    return Number(text);
  };
  const names = (text: string | undefined): string[] => text?.split(",").filter((name) => name !== "") ?? [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    switch (word) {
      case "--matrix": {
        given.mode = "matrix";
        const [rows, columns] = value()?.split("/") ?? [];
        [given.rows, given.columns] = [names(rows), names(columns)];
        break;
      }
      case "--full":
        given.full = true;
        break;
      case "--random":
        given.mode = "random";
        given.runs = number(word);
        break;
      case "--seed":
        given.seed = number(word);
        break;
      case "--slice":
        given.mode = "slice";
        break;
      case "--idempotent":
        given.idempotent = true;
        break;
      case "--plain":
        given.idempotent = false;
        break;
      case "--timeouts":
        given.timeouts = true;
        break;
      case "--workers":
        given.workers = number(word);
        break;
      default:
        throw new Error(`"${word}" is unknown\n${USAGE}`);
    }
  }
  return given;
}

/** Reads the words of this process. A seed that nobody chose is taken from the clock once, for all processes that follow. */
export function given(): Arguments {
  const words = JSON.parse(process.env.CKW_FAULTS ?? "[]") as string[];
  if (words.includes("--random") && !words.includes("--seed")) {
    words.push("--seed", `${Date.now() % 1_000_000_000}`);
    process.env.CKW_FAULTS = JSON.stringify(words);
  }
  return parse(words);
}

/** Returns the rows that were asked for. */
export function rows({ rows, full, idempotent }: Arguments): Fault[] {
  const all = (full ? everyTime(FAULTS) : [...FAULTS]).filter((fault) => possible(fault, idempotent));
  const unknown = rows.find((name) => !all.some((fault) => fault.name === name));
  if (unknown !== undefined) throw new Error(`there is no fault "${unknown}"`);
  return rows.length === 0 ? all : all.filter(({ name }) => rows.includes(name));
}
