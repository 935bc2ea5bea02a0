/** Random runs: a conversation of several messages in which several faults happen, the same for the same seed. */

import { seeded } from "../support/measure.ts";
import { deliver } from "./delivery.ts";
import { FAULTS, type Fault, possible } from "./faults.ts";
import type { Outcome } from "./judge.ts";
import { answered, type Reader } from "./reader.ts";
import { messages } from "./store.ts";

/** A fault of a run. */
export interface Drawn {
  fault: Fault;
  /** The message from which on it waits. */
  at: number;
  hits: Target;
}

/** A conversation. */
export interface Run {
  seed: number;
  messages: number;
  faults: Drawn[];
}

/** Operations that a fault can hit in a conversation. */
const OPERATIONS = {
  message: ["threads.create", "threads.add_user_message"],
  retry: ["threads.retry_after_item"],
  read: ["items.list", "threads.list", "threads.get_by_id"],
} as const;
type Target = keyof typeof OPERATIONS;
/** Targets, the oftenest those that matter most. */
const TARGETS: readonly Target[] = ["message", "message", "message", "retry", "read"];

/** Draws a run against a kind of server. */
export function draw(seed: number, keyed: boolean): Run {
  const next = seeded(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pool = FAULTS.filter((fault) => possible(fault, keyed));
  const count = 3 + below(3);
  const faults = Array.from({ length: 2 + below(3) }, () => {
    const hits = TARGETS[below(TARGETS.length)] as Target;
    const fitting = pool.filter(({ streams }) => streams !== true || hits !== "read");
    return { fault: fitting[below(fitting.length)] as Fault, at: below(count), hits };
  });
  return { seed, messages: count, faults };
}

/** Plays it; returns what became of each message. */
export async function converse(run: Run, reader: Reader): Promise<Outcome[]> {
  const { proxy, server } = reader.place;
  if (run.faults.some(({ fault }) => fault.does.kind === "clock")) await reader.clock();
  await reader.begin();
  const outcomes: Outcome[] = [];
  const texts: string[] = [];
  for (let at = 0; at < run.messages; at += 1) {
    for (const { fault, hits } of run.faults.filter((drawn) => drawn.at === at)) {
      const operations: readonly string[] = OPERATIONS[hits];
      if (fault.does.kind === "refused") await proxy.down();
      else proxy.arm({ fault, hits: ({ operation }) => operations.includes(operation) });
    }
    const text = `slowly message ${at} of ${run.seed}`;
    const ready = await reader.watch(({ draft, waiting }) => draft !== undefined && !waiting, () => false, reader.patience);
    if (ready !== "done") {
      const last = outcomes.at(-1);
      if (last !== undefined) last.went_on = false;
      break;
    }
    const before = (await reader.look()).answers.length;
    texts.push(text);
    await reader.say(text);
    const delivered = await deliver(reader, {
      done: (screen) => answered(screen, before + 1) && screen.sentence === "" && screen.draft === "",
      message: text,
      patience: reader.patience,
      heal: () => proxy.heal(),
    });
    const { draft } = await reader.look();
    outcomes.push({ ...delivered, hit: 1, copies: 0, kept: draft?.includes(text) ?? false, unsent: false, runs: undefined, went_on: true });
  }
  await proxy.heal();
  await proxy.settled();
  const stored = await messages(server);
  return outcomes.map((outcome, at) => ({ ...outcome, copies: stored.filter(({ text }) => text === texts[at]).length }));
}
