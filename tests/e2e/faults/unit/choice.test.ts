/** The choice of what is played: the words of the command line, the slice, random runs, and the table that comes of it. */

import { expect, test } from "@playwright/test";

import { type Arguments, parse, rows } from "../arguments.ts";
import { everyTime, FAULTS, named } from "../faults.ts";
import type { Outcome } from "../judge.ts";
import { draw } from "../random.ts";
import { KINDS } from "../requests.ts";
import { slice } from "../slice.ts";
import { type Played, summary, table } from "../table.ts";

test("words are read, and a mistyped one does not pass for another run", () => {
  expect(parse(["--matrix", "stall,late/create", "--full", "--idempotent", "--workers", "2"])).toMatchObject({
    mode: "matrix",
    rows: ["stall", "late"],
    columns: ["create"],
    full: true,
    idempotent: true,
    workers: 2,
  });
  expect(parse(["--random", "1000", "--seed", "7", "--timeouts"])).toMatchObject({ mode: "random", runs: 1000, seed: 7, timeouts: true });
  expect(parse(["--matrix", "--plain"])).toMatchObject({ mode: "matrix", rows: [], columns: [], idempotent: false });
  for (const words of [["--matirx"], ["--random"], ["--random", "many"], ["stall"], ["--seed"]]) {
    expect(() => parse(words), words.join(" ")).toThrow();
  }
  expect(() => rows(parse(["--matrix", "no-such-fault"]))).toThrow("no-such-fault");
});

test("the full matrix has each fault once, three times and until it is healed", () => {
  const names = everyTime([named("reset"), named("503"), named("503*"), named("refused")]).map(({ name, times }) => `${name} ${times}`);
  expect(names).toEqual(["reset 1", "reset^3 3", "reset* Infinity", "503 1", "503^3 3", "503* Infinity", "refused Infinity"]);
});

test("the slices of both kinds of server have every fault and every kind of request, each cell once a server", () => {
  const both = [slice(true), slice(false)];
  for (const cells of both) {
    const names = cells.map(({ fault, kind }) => `${fault.name} × ${kind.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("late × create");
  }
  const all = both.flat();
  expect(new Set(all.map(({ fault }) => fault.name)).size).toBe(FAULTS.length);
  expect(new Set(all.map(({ kind }) => kind.name))).toEqual(new Set(KINDS.map(({ name }) => name)));
  expect(slice(false).some(({ fault }) => fault.name.startsWith("reset_reused"))).toBe(false);
});

test("a seed is a run, another seed is another, and each has two to four faults in a conversation", () => {
  expect(draw(42, true)).toEqual(draw(42, true));
  const runs = Array.from({ length: 500 }, (_, seed) => draw(seed, true));
  expect(new Set(runs.map((run) => JSON.stringify({ ...run, seed: 0 }))).size).toBeGreaterThan(490);
  for (const { faults, messages } of runs) {
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(faults.length).toBeLessThanOrEqual(4);
    expect(messages).toBeGreaterThanOrEqual(3);
    expect(faults.every(({ at }) => at < messages)).toBe(true);
  }
  const drawn = new Set(runs.flatMap(({ faults }) => faults.map(({ fault }) => fault.name)));
  expect(drawn.size).toBe(FAULTS.length);
  // Without a key nothing helps against a browser that repeats a request by itself.
  const plain = Array.from({ length: 500 }, (_, seed) => draw(seed, false)).flatMap(({ faults }) => faults);
  expect(plain.some(({ fault }) => fault.name.startsWith("reset_reused"))).toBe(false);
});

test("the table has the rows and columns that were played, in their order", () => {
  const asked: Arguments = parse(["--matrix"]);
  const one = (fault: string, kind: string, text: string): Played => ({ fault, kind, cell: { text, bad: false }, outcome: {} as Outcome });
  const cells = [one("cut_echo", "create", "ok"), one("stall", "load", "T"), one("late", "create", "ok"), one("stall", "create", "R !stuck")];
  const rows = ["| late | ok |  |", "| stall | R !stuck | T |", "| cut_echo | ok | – |"];
  expect(table(asked, cells)).toBe(["| fault | create | load |", "| --- | --- | --- |", ...rows].join("\n"));
  const none = { messages: 3, lost: 0, doubled: 1, stuck: 0, silent: 0, technical: 0, reloads: 2 };
  expect(summary(none)).toBe("3 messages, 0 lost, 1 doubled, 0 stuck, 0 silent, 0 with technical words, 2 R");
});
