/** Plays one cell of the table: one fault, one kind of request. */

import { deliver } from "./delivery.ts";
import type { Fault } from "./faults.ts";
import type { Outcome } from "./judge.ts";
import { answered, type Reader } from "./reader.ts";
import type { Kind } from "./requests.ts";
import { messages } from "./store.ts";

/** Returns whether a fault can happen to a kind of request. */
export function applies(fault: Fault, kind: Kind): boolean {
  return kind.streams || fault.streams !== true;
}

/** The message that shows that the conversation goes on. */
const NEXT = "slowly the next message";

/** Plays it. */
export async function play(fault: Fault, kind: Kind, reader: Reader): Promise<Outcome> {
  const { proxy, server } = reader.place;
  if (fault.does.kind === "clock") await reader.clock();
  await kind.begin(reader);
  const before = await reader.look();
  arm(fault, kind, reader);
  await kind.act(reader);
  const delivered = await deliver(reader, {
    done: (screen) => kind.done(screen, before),
    message: kind.message,
    patience: reader.patience,
    hold: kind.hold,
    heal: () => proxy.heal(),
  });
  await proxy.heal();
  const last = await reader.look();
  const went_on = await goesOn(reader);
  await proxy.settled();
  const stored = await messages(server);
  const copies = (text: string): number => stored.filter((message) => message.text === text).length;
  const sent = kind.carries ? stored.filter(({ text, attachments }) => text === NEXT && attachments > 0).length : copies(kind.message);
  return {
    ...delivered,
    hit: proxy.asked.filter((asked) => asked.fault === fault.name).length + (fault.does.kind === "refused" ? 1 : 0),
    copies: kind.message === "" && !kind.carries ? undefined : sent,
    kept: kind.message !== "" && (last.draft?.includes(kind.message) ?? false),
    unsent: went_on && copies(NEXT) === 0,
    runs: kind.tool ? await reader.runs() : undefined,
    went_on,
  };
}

function arm(fault: Fault, { first, operations }: Kind, { place: { proxy } }: Reader): void {
  const refuses = fault.does.kind === "refused";
  if (first === undefined && refuses) {
    void proxy.down();
    return;
  }
  if (first !== undefined) {
    const then = refuses ? () => void proxy.down() : undefined;
    proxy.arm({ fault: first.fault, hits: ({ operation }) => first.operations.includes(operation), ...(then && { then }) });
    if (refuses) return;
  }
  proxy.arm({ fault, hits: ({ operation }) => operations.includes(operation) });
}

/** Sends another message; returns whether it is answered. */
async function goesOn(reader: Reader): Promise<boolean> {
  const screen = await reader.look();
  if (screen.form !== undefined) await reader.skip();
  const ready = await reader.watch(({ draft, waiting }) => draft !== undefined && !waiting, () => false, reader.patience);
  if (ready !== "done") return false;
  const count = (await reader.look()).answers.length;
  await reader.say(NEXT);
  return (await reader.watch((screen) => answered(screen, count + 1), () => false, reader.patience)) === "done";
}
