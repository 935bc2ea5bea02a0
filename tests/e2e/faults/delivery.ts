/** A reader from the moment something was begun until it is done: waits, presses what is offered, gives up. */

import { invites, isNew, type Letter, type Remedy, remedy, type Screen, technical, uncertain } from "./judge.ts";
import type { Reader, Seen } from "./reader.ts";

/** The course of a delivery. */
export interface Delivered {
  done: boolean;
  presses: Letter[];
  ended: "well" | "mute" | "stuck";
  /** A form came back without what was written in it. */
  emptied: boolean;
  /** The reader sent again what was said to be uncertain. */
  asked: boolean;
  technical: string[];
}

/** A thing to be delivered. */
export interface Delivery {
  /** Returns whether it is done. */
  done: (screen: Screen) => boolean;
  /** The text that the reader sent. */
  message: string;
  /** Milliseconds that the reader waits at a time. */
  patience: number;
  /** Milliseconds in which what is shown as done may be taken back. */
  hold?: number | undefined;
  /** Heals the faults that last; called when nothing goes on any more. */
  heal: () => Promise<void>;
}

/** A reader who presses more often than this gives up. */
const PRESSES = 5;
/** Milliseconds that "New chat" needs to show. */
const MOMENT = 700;

/** Waits and presses until it is done, or nothing is left to be done. */
export async function deliver(reader: Reader, { done, message, patience, hold, heal }: Delivery): Promise<Delivered> {
  const result: Delivered = { done: false, presses: [], ended: "well", emptied: false, asked: false, technical: [] };
  const wrote = new Set<string>();
  const watch = async (): Promise<{ seen: Seen; screen: Screen }> => {
    const seen = await reader.watch(done, (screen) => remedy(screen, message) !== undefined, patience, hold);
    const screen = await reader.look();
    for (const sentence of technical(screen.said)) wrote.add(sentence);
    return { seen, screen };
  };
  const press = async (offered: Remedy, screen: Screen): Promise<void> => {
    if (offered.press === "fill the form") result.emptied = true;
    else result.presses.push(offered.letter);
    // A server that knows a repetition by its key leaves nothing uncertain.
    result.asked ||= uncertain(screen.said) && !reader.place.keyed;
    await reader.press(offered);
  };

  // A reader who left for a new chat has nothing to wait for, unless the text came along.
  const left = (): boolean => result.presses.at(-1) === "N" && isNew(screen) && remedy(screen, message) === undefined;

  let { seen, screen } = await watch();
  if (seen !== "done") await heal();
  for (let pressed = 0; seen !== "done" && pressed < PRESSES; pressed += 1) {
    const offered = remedy(screen, message);
    if (seen !== "waiting" && offered !== undefined) {
      await press(offered, screen);
    } else if (screen.stop) {
      await reader.stop();
    } else {
      break;
    }
    ({ seen, screen } = await watch());
  }

  if (seen === "waiting") {
    await reader.newChat();
    await reader.pause(MOMENT);
    screen = await reader.look();
    if (isNew(screen)) result.presses.push("N");
    const offered = isNew(screen) ? remedy(screen, message) : undefined;
    if (offered !== undefined) {
      await press(offered, screen);
      ({ seen, screen } = await watch());
    }
  }
  if (left()) seen = "done";
  if (seen !== "done" && seen !== "waiting" && invites(screen)) {
    result.presses.push("W");
    seen = "done";
  }
  if (seen !== "done") {
    if (seen === "waiting") result.ended = "stuck";
    else if (screen.sentence === "" && remedy(screen, message) === undefined) result.ended = "mute";
    result.presses.push("R");
    await reader.reload();
    ({ seen, screen } = await watch());
    const offered = remedy(screen, message);
    if (seen !== "done" && offered !== undefined) {
      await press(offered, screen);
      ({ seen, screen } = await watch());
    }
  }
  return { ...result, done: seen === "done", technical: [...wrote] };
}
