/**
 * When the "Ask" button is there. A *passage* is the selected text of the content; a selection *settles* when it has
 * not changed for a moment: while a finger or the arrow keys still extend it, a button would flicker behind.
 */

/** Where the button is. */
export type AskState =
  | { at: "away" }
  /** A mouse button is down; what it selects is not final. */
  | { at: "dragging" }
  /** There is a passage; the button comes when it has settled. */
  | { at: "settling" }
  | { at: "shown"; passage: string }
  /** The reader does not want it for this selection. */
  | { at: "dismissed"; passage: string };

/** What happens. `passage` is what is selected now, if anything that can be asked about is. */
export type AskEvent =
  | { type: "press" }
  | { type: "release"; passage: string | undefined }
  | { type: "change"; passage: string | undefined }
  | { type: "settle"; passage: string | undefined }
  /** Escape, or the button was used. */
  | { type: "dismiss" };

const AWAY: AskState = { at: "away" };

/** The state after an event. Whoever calls it starts a clock for `settling` and sends `settle`. */
export function nextAsk(state: AskState, event: AskEvent): AskState {
  switch (event.type) {
    case "press":
      return { at: "dragging" };
    case "release":
      return event.passage === undefined ? AWAY : { at: "shown", passage: event.passage };
    case "settle":
      if (state.at !== "settling") return state;
      return event.passage === undefined ? AWAY : { at: "shown", passage: event.passage };
    case "change":
      return changed(state, event.passage);
    case "dismiss":
      return state.at === "shown" ? { at: "dismissed", passage: state.passage } : AWAY;
  }
}

function changed(state: AskState, passage: string | undefined): AskState {
  if (state.at === "dragging") return state;
  if (passage === undefined) return AWAY;
  // Browsers report a change also when the focus moves to the button and the selection stays as it is.
  if ((state.at === "shown" || state.at === "dismissed") && state.passage === passage) return state;
  return { at: "settling" };
}
