/** Judges one cell of the table from what the store holds, what was asked, and what the screen said. No browser here. */

/** A button that a reader had to press, as the table writes it. */
export type Letter =
  /** "Try again". */
  | "T"
  /** The text was back in the composer: Enter. */
  | "E"
  /** "New chat". */
  | "N"
  /** "Send answers" again. */
  | "F"
  /** The button of a chip or a thumb. */
  | "A"
  /** "Answer again". */
  | "G"
  /** A message of its own goes on, as the screen says. */
  | "W"
  /** The page had to be loaded again. */
  | "R";

/** A thing that went wrong. `°`: the page's function ran a second time. */
export type Mark = `!x${number}` | "!mute" | "!stuck" | "!lost" | "!answers" | "!unsent" | "!words" | "°";

/** The screen at one moment. */
export interface Screen {
  /** The reader's messages. */
  questions: { text: string; state: string }[];
  answers: { text: string; streaming: boolean }[];
  /** The sentences about what went wrong. */
  sentence: string;
  /** Names of the buttons that stand with a sentence, in the chat and around it, and that can be pressed. */
  buttons: string[];
  /** Text in the composer; `undefined` where there is none to write in. */
  draft: string | undefined;
  /** True with a Stop button. */
  stop: boolean;
  /** The fields of the form that is there, and whether it can be sent now. */
  form: { values: string[]; ready: boolean } | undefined;
  chips: { name: string; state: string }[];
  /** The thumb, and the bar's word that pressing it failed. */
  thumb: { pressed: boolean; failed: boolean };
  /** True where "Answer again" can be pressed. */
  again: boolean;
  /** True where anything shows that the chat is at work. */
  waiting: boolean;
  /** Everything that is written for readers outside the conversation. */
  said: string[];
}

/** The outcome of one thing that a reader did. */
export interface Outcome {
  /** Number of requests that the fault hit. */
  hit: number;
  /** True where it was done in the end, by itself or by what was pressed. */
  done: boolean;
  presses: Letter[];
  /** The way in which it stood still, where it did. */
  ended: "well" | "mute" | "stuck";
  /** Copies of the message in the store; `undefined` where there is no message. */
  copies: number | undefined;
  /** True where the message is still in the composer. */
  kept: boolean;
  /** True where the reader was told that it is not certain, and sent it again. */
  asked: boolean;
  /** True where a form came back without what was written. */
  emptied: boolean;
  /** True where a message that came later was deleted. */
  unsent: boolean;
  /** Runs of the page's function; `undefined` where there is none. */
  runs: number | undefined;
  /** True where the conversation went on afterwards. */
  went_on: boolean;
  /** Sentences for readers with technical words. */
  technical: string[];
}

/** A cell of the table. */
export interface Cell {
  /** As the table writes it. */
  text: string;
  /** True where it may not be so. */
  bad: boolean;
}

/** A word that readers do not know, in a sentence for them. */
const TECHNICAL =
  /https?\b|\bJSON\b|\bfetch|\bstatus\b|\b[45]\d\d\b|\bundefined\b|\bnull\b|\bNaN\b|exception|\bCORS\b|\bSSE\b|\w+Error\b|\btimed? ?out\b|[{}<>]/i;

/** Returns the sentences that are technical. */
export function technical(said: readonly string[]): string[] {
  return said.filter((sentence) => TECHNICAL.test(sentence));
}

/** Returns whether the screen says that nobody knows if the message was sent. */
export function uncertain(said: readonly string[]): boolean {
  return said.some((sentence) => /not certain/i.test(sentence));
}

/** Something to press: its letter, and what to do. */
export interface Remedy {
  letter: Letter;
  press: "try again" | "chip" | "thumb" | "send answers" | "fill the form" | "enter" | "edit" | "answer again" | "new chat";
}

/**
 * Returns what a reader would press now, the first of what is offered.
 * @param message - the text that the reader sent
 */
export function remedy(screen: Screen, message: string): Remedy | undefined {
  const { buttons, chips, thumb, form, draft, again } = screen;
  if (buttons.includes("Try again")) return { letter: "T", press: "try again" };
  if (chips.some(({ state }) => state === "failed")) return { letter: "A", press: "chip" };
  if (thumb.failed) return { letter: "A", press: "thumb" };
  if (form !== undefined) return { letter: "F", press: form.ready ? "send answers" : "fill the form" };
  if (message !== "" && draft?.includes(message)) return { letter: "E", press: "enter" };
  if (buttons.includes("Edit message")) return { letter: "E", press: "edit" };
  // "Answer again" asks the question anew: not what one does where the screen says that a message goes on.
  if (again && !invites(screen)) return { letter: "G", press: "answer again" };
  if (buttons.includes("New chat")) return { letter: "N", press: "new chat" };
  return undefined;
}

/** Returns whether the screen says that another message goes on from here; one that says "Try again" has to have a button for it. */
export function invites({ draft, sentence }: Screen): boolean {
  return draft !== undefined && /write a message|ask in another way/i.test(sentence) && !/try again/i.test(sentence);
}

/** Returns whether the screen shows a new chat, in which a message can be written. */
export function isNew({ draft, waiting, questions, sentence }: Screen): boolean {
  return !waiting && draft !== undefined && questions.length === 0 && sentence === "";
}

/** Returns the marks of an outcome. */
export function marks(outcome: Outcome): Mark[] {
  const { copies, kept, ended, emptied, unsent, runs, asked, went_on } = outcome;
  const found: Mark[] = [];
  // A reader who was told that it is not certain, and sent it again, was not left in the dark.
  if (copies !== undefined && copies > 1 && !asked) found.push(`!x${copies}`);
  if (ended === "mute") found.push("!mute");
  if (ended === "stuck" || !went_on) found.push("!stuck");
  if (copies === 0 && !kept) found.push("!lost");
  if (emptied) found.push("!answers");
  if (unsent) found.push("!unsent");
  if (outcome.technical.length > 0) found.push("!words");
  if (runs !== undefined && runs > 1) found.push("°");
  return found;
}

/**
 * Returns the cell of an outcome.
 * @param refusable - whether a reader who is not let in may be told to load the page again, as for a refused session
 */
export function cell(outcome: Outcome, refusable = false): Cell {
  const bad = marks(outcome);
  // Where nothing was hit there was nothing to see, unless something went wrong all the same.
  if (outcome.hit === 0 && bad.length === 0) return { text: "–", bad: false };
  const pressed = [...new Set(outcome.presses)];
  const last = pressed.includes("R") ? "R" : pressed.at(-1);
  const sign = bad.includes("°") ? "°" : "";
  const words = bad.filter((mark) => mark !== "°");
  const text = [`${last ?? "ok"}${sign}`, ...words].join(" ");
  return { text, bad: bad.length > 0 || !outcome.done || (last === "R" && !refusable) };
}

/** The sum of many outcomes. */
export interface Totals {
  messages: number;
  lost: number;
  doubled: number;
  stuck: number;
  silent: number;
  technical: number;
  reloads: number;
}

/** Adds up. */
export function totals(outcomes: readonly Outcome[]): Totals {
  const all = outcomes.map((outcome) => ({ outcome, marks: marks(outcome) }));
  const count = (mark: (mark: Mark) => boolean) => all.filter(({ marks }) => marks.some(mark)).length;
  return {
    messages: outcomes.filter(({ copies }) => copies !== undefined).length,
    lost: count((mark) => mark === "!lost" || mark === "!unsent"),
    doubled: count((mark) => mark.startsWith("!x")),
    stuck: count((mark) => mark === "!stuck"),
    silent: count((mark) => mark === "!mute"),
    technical: count((mark) => mark === "!words"),
    reloads: outcomes.filter(({ presses }) => presses.includes("R")).length,
  };
}
