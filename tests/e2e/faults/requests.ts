/** The kinds of request: how the page comes to the moment before one, what the reader does then, and when it is done. */

import { type Fault, named } from "./faults.ts";
import type { Screen } from "./judge.ts";
import { answered, type Reader } from "./reader.ts";

/** A column of the table. */
export interface Kind {
  name: string;
  /** The operations that the fault hits. */
  operations: readonly string[];
  /** True for a response that is an event stream. */
  streams: boolean;
  /** The loss of the message, for requests that follow from that. */
  first?: { fault: Fault; operations: readonly string[] };
  /** The message that is to be stored once; empty where there is none. */
  message: string;
  /** True for a file, which is stored with the message that is sent afterwards. */
  carries?: boolean;
  /** True where a refusal may ask for a reload. */
  refusable?: boolean;
  /** True where the page's function runs. */
  tool?: boolean;
  /** Milliseconds in which what is shown at once may be taken back. */
  hold?: number;
  /** Brings the page to the moment before. */
  begin(reader: Reader): Promise<void>;
  /** Does it. */
  act(reader: Reader): Promise<void>;
  /** Returns whether it is done. `before` is the screen at the moment before. */
  done(screen: Screen, before: Screen): boolean;
}

const MESSAGE = "slowly the message";
const READS = ["items.list", "threads.list", "threads.get_by_id"];

/** Nothing of the chat stands between the reader and the next message. */
const idle = (screen: Screen): boolean => screen.draft !== undefined && !screen.waiting && screen.sentence === "" && screen.buttons.length === 0;
const more = (screen: Screen, before: Screen): boolean => idle(screen) && answered(screen, before.answers.length + 1);

const says = (reader: Reader): Promise<void> => reader.say(MESSAGE);
const fresh = (reader: Reader): Promise<void> => reader.begin();
const inThread = async (reader: Reader): Promise<void> => {
  await reader.begin();
  await reader.converse("slowly before it");
};
const withForm = async (reader: Reader): Promise<void> => {
  await reader.begin();
  await reader.say("slow-form");
  await reader.settled(({ form }) => form !== undefined, "a form");
};

const message = { streams: true, message: MESSAGE, act: says, done: more } as const;
const file = {
  streams: false,
  message: "",
  carries: true,
  begin: fresh,
  act: (reader: Reader) => reader.file("notes.txt"),
  done: (screen: Screen) => screen.chips.length === 1 && screen.chips[0]?.state === "uploaded",
} as const;

/** The columns, in the order of the table. */
export const KINDS: readonly Kind[] = [
  {
    name: "session",
    operations: ["session"],
    streams: false,
    message: "",
    refusable: true,
    begin: (reader) => reader.load(),
    act: (reader) => reader.open(),
    done: idle,
  },
  { ...message, name: "create", operations: ["threads.create"], begin: fresh },
  { ...message, name: "user_message", operations: ["threads.add_user_message"], begin: inThread },
  {
    ...message,
    name: "settle",
    operations: READS,
    streams: false,
    first: { fault: named("reset+stored"), operations: ["threads.add_user_message"] },
    begin: inThread,
  },
  {
    ...message,
    name: "settle0",
    operations: READS,
    streams: false,
    first: { fault: named("reset+stored"), operations: ["threads.create"] },
    begin: fresh,
  },
  {
    name: "load",
    operations: ["threads.get_by_id"],
    streams: false,
    message: "",
    begin: async () => undefined,
    act: async (reader) => {
      const [thread] = await reader.place.server.seed({ title: "A thread", turns: 2 });
      await reader.load(thread);
    },
    done: (screen) => idle(screen) && screen.answers.length === 2,
  },
  {
    name: "retry_after_item",
    operations: ["threads.retry_after_item"],
    streams: true,
    message: MESSAGE,
    begin: async (reader) => {
      await reader.begin();
      await reader.converse(MESSAGE);
    },
    act: (reader) => reader.again(),
    // Each answer has a number: the one before does not count.
    done: (screen, before) => idle(screen) && answered(screen, 1) && screen.answers.at(-1)?.text !== before.answers.at(-1)?.text,
  },
  {
    name: "structured_input",
    operations: ["threads.add_structured_input"],
    streams: true,
    message: "slow-form",
    begin: withForm,
    act: (reader) => reader.answer(),
    done: more,
  },
  {
    name: "client_tool_output",
    operations: ["threads.add_client_tool_output"],
    streams: true,
    message: "slow-tool",
    tool: true,
    begin: fresh,
    act: (reader) => reader.say("slow-tool"),
    done: more,
  },
  {
    name: "items.feedback",
    operations: ["items.feedback"],
    streams: false,
    message: "",
    begin: inThread,
    hold: 3_000,
    act: (reader) => reader.thumb(),
    done: ({ thumb }) => thumb.pressed && !thumb.failed,
  },
  { ...file, name: "attachments.create", operations: ["attachments.create"] },
  { ...file, name: "upload", operations: ["upload"] },
];
