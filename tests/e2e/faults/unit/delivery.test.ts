/** The reader: waits, presses what is offered and nothing else, and gives up only where nothing is left to be pressed. */

import { expect, test } from "@playwright/test";

import { deliver, type Delivered } from "../delivery.ts";
import type { Remedy, Screen } from "../judge.ts";
import type { Reader, Seen } from "../reader.ts";

const plain: Screen = {
  questions: [{ text: "a question", state: "sent" }],
  answers: [],
  sentence: "",
  buttons: [],
  draft: "",
  stop: false,
  form: undefined,
  chips: [],
  thumb: { pressed: false, failed: false },
  again: false,
  waiting: false,
  said: [],
};

/** A moment: how waiting for it ended, and what is on the screen then. */
type Moment = [Seen, Partial<Screen>];

/** Plays moments; everything that is done leads to the next one. */
async function played(moments: Moment[], keyed = false): Promise<Delivered & { did: string[] }> {
  const did: string[] = [];
  let at = -1;
  const now = (): Moment => moments[Math.min(at, moments.length - 1)] ?? ["quiet", {}];
  const reader = {
    place: { keyed },
    watch: async () => ((at += 1), now()[0]),
    look: async () => ({ ...plain, ...now()[1] }),
    press: async ({ press }: Remedy) => void did.push(press),
    stop: async () => void did.push("stop"),
    newChat: async () => ((at += 1), void did.push("header: new chat")),
    reload: async () => void did.push("reload"),
    pause: async () => undefined,
  };
  const heal = async () => void did.push("heal");
  const result = await deliver(reader as unknown as Reader, { done: () => false, message: "a question", patience: 1, heal });
  return { ...result, did };
}

test("what goes well by itself is left alone", async () => {
  const { did, done, presses, ended } = await played([["done", {}]]);
  expect({ did, done, presses, ended }).toEqual({ did: [], done: true, presses: [], ended: "well" });
});

test("the button is pressed after the fault is healed, again if need be", async () => {
  const failed: Moment = ["help", { sentence: "Please try again.", buttons: ["Try again"] }];
  const { did, done, presses } = await played([failed, failed, ["done", {}]]);
  expect({ did, done, presses }).toEqual({ did: ["heal", "try again", "try again"], done: true, presses: ["T", "T"] });
});

test("silence is silence, and only a reload comes after it", async () => {
  const { did, presses, ended } = await played([["quiet", {}]]);
  expect({ did, presses, ended }).toEqual({ did: ["heal", "reload"], presses: ["R"], ended: "mute" });
});

test("a sentence without a button is no silence, but needs a reload", async () => {
  const { presses, ended } = await played([["quiet", { sentence: "The chat could not take that. Try again." }]]);
  expect({ presses, ended }).toEqual({ presses: ["R"], ended: "well" });
});

test("a wait without end: Stop, then New chat, then a reload", async () => {
  const { did, presses, ended } = await played([["waiting", { stop: true }], ["waiting", { waiting: true }], ["waiting", { waiting: true }]]);
  expect(did).toEqual(["heal", "stop", "header: new chat", "reload"]);
  expect({ presses, ended }).toEqual({ presses: ["R"], ended: "stuck" });
});

test("a new chat that takes the text along is a way out", async () => {
  const { presses, ended, done, did } = await played([
    ["waiting", { waiting: true }],
    ["quiet", { questions: [], draft: "a question" }],
    ["done", {}],
  ]);
  expect({ presses, ended, done }).toEqual({ presses: ["N", "E"], ended: "well", done: true });
  expect(did).toEqual(["heal", "header: new chat", "enter"]);
});

test("a form that came back empty is noticed, one that kept its answers is only sent", async () => {
  const again: Moment = ["help", { sentence: "Please try again.", buttons: ["Try again"] }];
  const empty = await played([again, ["help", { form: { values: ["", ""], ready: false } }], ["done", {}]]);
  expect(empty).toMatchObject({ emptied: true, presses: ["T"], done: true });
  const kept = await played([["help", { form: { values: ["x", "y"], ready: true } }], ["done", {}]]);
  expect(kept).toMatchObject({ emptied: false, presses: ["F"], done: true });
});

test("what a reader is told to be uncertain is their decision, unless the server could know it", async () => {
  const said = ["It is not certain that your message was sent. Try again, or edit it."];
  const moments: Moment[] = [["help", { sentence: said[0] as string, said, buttons: ["Try again"] }], ["done", {}]];
  expect((await played(moments)).asked).toBe(true);
  expect((await played(moments, true)).asked).toBe(false);
});

test("technical words are kept, wherever they were seen", async () => {
  const result = await played([["help", { said: ["HTTP 502"], buttons: ["Try again"] }], ["done", {}]]);
  expect(result.technical).toEqual(["HTTP 502"]);
});
