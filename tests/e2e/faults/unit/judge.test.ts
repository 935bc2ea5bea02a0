/** The judge: what may be so passes, and every way to fail a reader is told from the others. */

import { expect, test } from "@playwright/test";

import { cell, invites, marks, type Outcome, remedy, type Screen, technical, totals } from "../judge.ts";

const well: Outcome = {
  hit: 1,
  done: true,
  presses: [],
  ended: "well",
  copies: 1,
  kept: false,
  asked: false,
  emptied: false,
  unsent: false,
  runs: undefined,
  went_on: true,
  technical: [],
};

const screen: Screen = {
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

const cells: [string, Partial<Outcome>, string, boolean][] = [
  ["by itself", {}, "ok", false],
  ["a press", { presses: ["T"] }, "T", false],
  ["the last of several presses", { presses: ["T", "T", "E"] }, "E", false],
  ["stored twice", { copies: 2 }, "ok !x2", true],
  ["stored three times after a press", { copies: 3, presses: ["T"] }, "T !x3", true],
  ["a fault that met no request", { hit: 0 }, "–", false],
  ["what went wrong without the fault", { hit: 0, copies: 2 }, "ok !x2", true],
  ["silence", { ended: "mute", presses: ["R"] }, "R !mute", true],
  ["a wait without end, and the message gone", { ended: "stuck", presses: ["R"], copies: 0 }, "R !stuck !lost", true],
  ["a message still in the reader's hands", { copies: 0, kept: true, presses: ["E"] }, "E", false],
  ["no message that could be lost", { copies: undefined }, "ok", false],
  ["a form that came back empty", { presses: ["T"], emptied: true }, "T !answers", true],
  ["a newer message that was deleted", { unsent: true }, "ok !unsent", true],
  ["the page's function, twice", { presses: ["T"], runs: 2 }, "T°", true],
  ["the page's function, once", { presses: ["T"], runs: 1 }, "T", false],
  ["words that readers do not know", { technical: ["HTTP 502"] }, "ok !words", true],
  ["a conversation that does not go on", { went_on: false }, "ok !stuck", true],
  ["a reload that nobody had to ask for", { presses: ["T", "R"] }, "R", true],
  ["a second copy that the reader decided on", { copies: 2, asked: true, presses: ["T"] }, "T", false],
];

for (const [name, how, text, bad] of cells) {
  test(`a cell: ${name}`, () => expect(cell({ ...well, ...how })).toEqual({ text, bad }));
}

test("a refused session may ask for a reload, and for nothing worse", () => {
  expect(cell({ ...well, presses: ["R"] }, true)).toEqual({ text: "R", bad: false });
  expect(cell({ ...well, presses: ["R"], ended: "mute" }, true).bad).toBe(true);
  expect(cell({ ...well, presses: ["R"], done: false }, true).bad).toBe(true);
});

test("figures count messages, and each thing that went wrong once a message", () => {
  const outcomes: Outcome[] = [
    well,
    { ...well, copies: 2 },
    { ...well, copies: 0, ended: "stuck", presses: ["R"] },
    { ...well, copies: undefined, ended: "mute" },
    { ...well, unsent: true, technical: ["JSON"] },
  ];
  expect(totals(outcomes)).toEqual({ messages: 4, lost: 2, doubled: 1, stuck: 1, silent: 1, technical: 1, reloads: 1 });
  expect(marks(well)).toEqual([]);
});

test("a reader presses what is offered, in this order", () => {
  const press = (more: Partial<Screen>): string | undefined => remedy({ ...screen, ...more }, "a question")?.press;
  expect(press({})).toBeUndefined();
  expect(press({ buttons: ["Try again", "Edit message"], draft: "a question" })).toBe("try again");
  expect(press({ chips: [{ name: "a.txt", state: "failed" }] })).toBe("chip");
  expect(press({ thumb: { pressed: false, failed: true } })).toBe("thumb");
  expect(press({ form: { values: ["x"], ready: true } })).toBe("send answers");
  expect(press({ form: { values: [""], ready: false } })).toBe("fill the form");
  expect(press({ draft: "a question" })).toBe("enter");
  expect(press({ draft: "something else" })).toBeUndefined();
  expect(press({ buttons: ["Edit message", "New chat"] })).toBe("edit");
  expect(press({ again: true })).toBe("answer again");
  expect(press({ again: true, sentence: "It has arrived. Write a message to go on." })).toBeUndefined();
  expect(press({ buttons: ["New chat"] })).toBe("new chat");
});

test("a sentence that asks for a message is a way on, a locked composer is none", () => {
  const sentence = "What you sent has arrived, but the reply to it did not. Write a message to go on.";
  expect(invites({ ...screen, sentence })).toBe(true);
  expect(invites({ ...screen, sentence, draft: undefined })).toBe(false);
  expect(invites({ ...screen, sentence: "The chat could not take that. Try again." })).toBe(false);
});

test("technical sentences are found, plain ones are not", () => {
  const plain = [
    "Something went wrong on our side. Please try again.",
    "Trying again (2 of 3)…",
    "You are not signed in to this chat any more. Reload the page and try again.",
    "Uploaded: notes.txt",
    "Next try in 2 seconds.",
  ];
  expect(technical(plain)).toEqual([]);
  for (const words of ["HTTP 502", "Unexpected token < in JSON", "Failed to fetch", "TypeError: x", "undefined", "status 503", "null", "Error 500", "https://a.example/x", "{}"]) {
    expect(technical([words]), words).toEqual([words]);
  }
});
