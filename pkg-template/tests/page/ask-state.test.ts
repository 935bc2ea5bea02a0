import { expect, it } from "vitest";
import { type AskEvent, type AskState, nextAsk } from "../../src/internal/page/ask-state.js";

const after = (...events: AskEvent[]): AskState => events.reduce<AskState>(nextAsk, { at: "away" });
const change = (passage?: string): AskEvent => ({ type: "change", passage });
const settle = (passage?: string): AskEvent => ({ type: "settle", passage });
const release = (passage?: string): AskEvent => ({ type: "release", passage });
const press: AskEvent = { type: "press" };
const dismiss: AskEvent = { type: "dismiss" };

it.each<[string, AskEvent[], AskState]>([
  ["a mouse that still selects sees no button", [press, change("a"), change("a b")], { at: "dragging" }],
  ["it comes when the mouse is released", [press, change("a b"), release("a b")], { at: "shown", passage: "a b" }],
  ["a click selects nothing", [press, change(), release()], { at: "away" }],
  ["a finger's selection waits until it settles", [change("a"), change("a b")], { at: "settling" }],
  ["and is shown then", [change("a"), settle("a b")], { at: "shown", passage: "a b" }],
  ["a selection that went away meanwhile is not shown", [change("a"), settle()], { at: "away" }],
  ["a clock of an earlier selection does nothing", [press, settle("a")], { at: "dragging" }],
  ["extending it waits again", [press, release("a"), change("a b")], { at: "settling" }],
  ["a report without a change leaves the button", [press, release("a"), change("a")], { at: "shown", passage: "a" }],
  ["collapsing takes it away", [press, release("a"), change()], { at: "away" }],
  ["Escape takes it away", [press, release("a"), dismiss], { at: "dismissed", passage: "a" }],
  ["and it stays away for that text", [press, release("a"), dismiss, change("a")], { at: "dismissed", passage: "a" }],
  ["but not for another", [press, release("a"), dismiss, change("b")], { at: "settling" }],
])("%s", (_name, events, state) => expect(after(...events)).toEqual(state));
