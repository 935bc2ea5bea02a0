//! One request of the reader, from the press of Send to the last word of the answer.
//!
//! A turn promises two things whatever fails: what the reader wrote is never lost and never stored twice, and
//! `response.start` is followed by exactly one `response.end`.

use std::time::Duration;

use super::few::Few;
use super::items::EntryStatus;
use super::settle::Settle;
use super::{
    Effect, Failure, HostCall, HostEvent, ItemKey, Rejection, State, StreamAction, Timer, TurnId, load,
    protocol_event, send, settle,
};
use crate::problem::{At, Problem};
use crate::protocol::{ClientRequest, ThreadItem, UserMessageInput};
use crate::retry::{self, Decision};

/// What the reader asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A new message.
    Message {
        /// Its row.
        key: ItemKey,
        /// What to send.
        input: UserMessageInput,
        /// The thread to add it to; `None` makes a new one.
        thread: Option<String>,
        /// Whether the server may have it already.
        fate: Fate,
    },
    /// A new answer to a message that is stored. Repeating it is harmless: the server drops what it answered before.
    Answer {
        /// The thread.
        thread: String,
        /// The stored user message.
        item_id: String,
    },
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Certainly not on the server.
    NotSent,
    /// Perhaps on the server: it is read back before anything is sent again.
    Unknown,
    /// On the server, under this id.
    Stored {
        /// The thread it is in.
        thread: String,
        /// Its id.
        item_id: String,
    },
}

/// How far a turn is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The request is on its way; nothing came back.
    Requesting,
    /// A pause before the next attempt.
    Waiting {
        /// How long, from its beginning.
        pause: Duration,
    },
    /// Finding out whether the message arrived.
    Settling(Settle),
    /// The server accepted the request.
    Streaming,
}

/// A turn at work.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveTurn {
    /// Its name; a new one for each attempt, so that late bytes of the last attempt have nowhere to land.
    pub id: TurnId,
    /// What was asked.
    pub ask: Ask,
    /// How far it is.
    pub phase: Phase,
    /// The attempt at work, counted from 1.
    pub attempt: u32,
    /// When the first attempt began, on the driver's clock.
    pub started_ms: f64,
    /// Whether the server lets the reader stop it (`stream_options.allow_cancel`).
    pub allow_cancel: bool,
    /// Whether any part of an answer came.
    pub answered: bool,
    /// Rows of the items that this attempt streamed, by the server's id. Some models give every message the same
    /// id, so an id means this row only within its stream (ChatKit protocol §5.1).
    pub(super) rows: Few<String, ItemKey>,
    /// The `error` event that came, and whether the server allows a retry; the stream may go on after it.
    pub(super) error: Option<(Problem, bool)>,
    /// The `sendUserMessage` call to answer once the server accepted the request.
    pub(super) host_call: Option<HostCall>,
}

/// What the reader asked for last.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Turn {
    /// Nothing is going on.
    #[default]
    Idle,
    /// Something is.
    Active(Box<ActiveTurn>),
    /// It went wrong, and the attempts are used up or pointless.
    Failed(Box<FailedTurn>),
}

/// A turn that was in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedTurn {
    /// What was asked; `None` when asking again is not allowed.
    pub again: Option<Ask>,
    /// What went wrong.
    pub problem: Problem,
}

impl Turn {
    /// Whether something is going on.
    pub fn is_active(&self) -> bool {
        matches!(self, Turn::Active(_))
    }

    /// The message that the reader wrote and that is not (certainly) stored.
    pub(super) fn unsent(&self) -> Option<(ItemKey, &UserMessageInput)> {
        let Turn::Failed(failed) = self else { return None };
        match &failed.again {
            Some(Ask::Message { key, input, fate: Fate::NotSent | Fate::Unknown, .. }) => Some((*key, input)),
            _ => None,
        }
    }
}

/// Where turns are sent, for error details.
pub(super) fn at(state: &State) -> At {
    At::post(state.config.as_ref().map_or("", |config| config.api.url.as_str()))
}

/// Begins a turn. Nothing else may be active.
pub(super) fn begin(state: &mut State, ask: Ask, host_call: Option<HostCall>, out: &mut Vec<Effect>) {
    state.progress = None;
    state.turn = Turn::Active(Box::new(ActiveTurn {
        id: TurnId(0),
        ask,
        phase: Phase::Requesting,
        attempt: 1,
        started_ms: state.tick.now_ms,
        allow_cancel: false,
        answered: false,
        rows: Few::default(),
        error: None,
        host_call,
    }));
    out.push(Effect::Emit(HostEvent::ResponseStart));
}

/// Sends the request of the active turn's present attempt.
pub(super) fn request(state: &mut State, out: &mut Vec<Effect>) {
    let id = TurnId(state.fresh());
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.id = id;
    turn.phase = Phase::Requesting;
    turn.rows.clear();
    turn.error = None;
    let request = match &turn.ask {
        Ask::Message { fate: Fate::Stored { thread, item_id }, .. } | Ask::Answer { thread, item_id } => {
            let (thread, item_id) = (thread.clone(), item_id.clone());
            drop_answer(state, &item_id);
            ClientRequest::ThreadsRetryAfterItem { thread_id: thread, item_id }
        }
        Ask::Message { key, input, thread, .. } => {
            let request = match thread {
                Some(thread) => {
                    ClientRequest::ThreadsAddUserMessage { thread_id: thread.clone(), input: input.clone() }
                }
                None => ClientRequest::ThreadsCreate { input: input.clone() },
            };
            let key = *key;
            state.items.set_status(key, EntryStatus::Sending);
            request
        }
    };
    out.push(Effect::Stream { turn: id, request: Box::new(request) });
}

/// The rows after a stored message, which the server deletes without saying so when asked for a new answer.
fn drop_answer(state: &mut State, item_id: &str) {
    if let Some(key) = state.items.by_id(item_id).map(|entry| entry.key) {
        state.items.truncate_after(key);
    }
}

/// "Try again" under a finished answer.
pub(super) fn retry_after(state: &mut State, key: ItemKey, out: &mut Vec<Effect>) {
    if state.turn.is_active() || state.turn.unsent().is_some() {
        return;
    }
    let Some(thread) = state.thread.id().map(str::to_owned) else { return };
    let Some(item_id) = state.items.get(key).map(|entry| entry.item.id().to_owned()) else { return };
    begin(state, Ask::Answer { thread, item_id }, None, out);
    request(state, out);
}

/// The Stop button: what came so far stays on screen as it is.
pub(super) fn stop(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    let (id, call) = (turn.id, turn.host_call);
    if let Phase::Settling(settle) = &turn.phase {
        out.push(Effect::AbortCall(settle.call));
    }
    out.push(Effect::Abort(id));
    out.push(Effect::CancelTimer(Timer::Turn(id)));
    if let Some(call) = call {
        out.push(Effect::Answer(call, Err(Rejection::Failed("the reader stopped it".into()))));
    }
    let Turn::Active(turn) = std::mem::take(&mut state.turn) else { return };
    if let Ask::Message { key, input, fate, thread } = turn.ask
        && !matches!(fate, Fate::Stored { .. })
    {
        // Stopped before the server said that it has the message: it may or may not be there, so it stays on
        // screen with a Retry that finds out first.
        state.items.set_status(key, EntryStatus::Unsent);
        let again = Ask::Message { key, input, thread, fate: Fate::Unknown };
        let problem = Problem::StreamCut { at: at(state) };
        state.turn = Turn::Failed(Box::new(FailedTurn { again: Some(again), problem }));
    }
    close(state, out);
}

/// What a turn leaves behind, however it ended.
fn close(state: &mut State, out: &mut Vec<Effect>) {
    state.progress = None;
    for entry in state.items.iter_mut().rev().take_while(|entry| entry.status == EntryStatus::Pending) {
        entry.status = EntryStatus::Done;
        entry.finish();
    }
    out.push(Effect::Emit(HostEvent::ResponseEnd));
}

/// Something arrived on a turn's stream.
pub(super) fn stream(state: &mut State, id: TurnId, action: StreamAction, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    if turn.id != id {
        return;
    }
    match action {
        StreamAction::Head => {
            turn.phase = Phase::Streaming;
            if let Some(call) = turn.host_call.take() {
                out.push(Effect::Answer(call, Ok(())));
            }
        }
        StreamAction::Event(event) => protocol_event::apply(state, *event, out),
        StreamAction::BadFrame(error) => protocol_event::bad_frame(state, &error, out),
        StreamAction::End(Ok(())) => ended(state, out),
        StreamAction::End(Err(failure)) => failed(state, &failure, out),
    }
}

/// The body ended as bodies do. Whether the answer is whole has to be read off the items: the protocol has no end
/// marker.
fn ended(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    let unconfirmed = matches!(&turn.ask, Ask::Message { fate, .. } if !matches!(fate, Fate::Stored { .. }));
    if unconfirmed && turn.error.is_none() {
        // Not even the reader's own message came back.
        return failed(state, &Failure::EmptyBody, out);
    }
    if let Some((problem, allow_retry)) = turn.error.take() {
        return give_up(state, problem, allow_retry, out);
    }
    let rows: Vec<ItemKey> = turn.rows.values().copied().collect();
    let lost = rows.iter().any(|key| state.items.get(*key).is_some_and(|e| e.status == EntryStatus::Pending));
    if lost {
        return failed(state, &Failure::Cut, out);
    }
    state.turn = Turn::Idle;
    close(state, out);
}

/// An attempt failed: wait and go on, or give up.
pub(super) fn failed(state: &mut State, failure: &Failure, out: &mut Vec<Effect>) {
    let at = at(state);
    let Turn::Active(turn) = &mut state.turn else { return };
    let problem = match (failure, thread_of(&turn.ask)) {
        (Failure::Status { status: 404 | 410, .. }, Some(thread)) => {
            Problem::ThreadMissing { thread: thread.to_owned() }
        }
        _ => failure.problem(at),
    };
    if let Some((problem, allow_retry)) = turn.error.take() {
        // The server said why before the connection went.
        return give_up(state, problem, allow_retry, out);
    }
    let cause = failure.cause();
    let request = match &mut turn.ask {
        Ask::Message { fate: fate @ (Fate::NotSent | Fate::Unknown), .. } => {
            if retry::fate_unknown(&cause) && !matches!(turn.phase, Phase::Settling(_)) {
                *fate = Fate::Unknown;
            }
            retry::Request::Write
        }
        Ask::Message { .. } | Ask::Answer { .. } => retry::Request::Read,
    };
    let elapsed = state.tick.since(turn.started_ms);
    // A half-written answer is on screen: asking again by ourselves would take it away under the reader's eyes.
    let decision = match turn.answered {
        true => Decision::GiveUp,
        false => retry::decide(&cause, request, turn.attempt, state.tick.jitter, elapsed),
    };
    match decision {
        Decision::After(pause) | Decision::Settle(pause) => {
            turn.phase = Phase::Waiting { pause };
            turn.attempt += 1;
            turn.allow_cancel = false;
            out.push(Effect::StartTimer(Timer::Turn(turn.id), pause));
        }
        Decision::Online | Decision::GiveUp => give_up(state, problem, true, out),
    }
}

/// The thread an ask speaks of, where it exists.
fn thread_of(ask: &Ask) -> Option<&str> {
    match ask {
        Ask::Message { fate: Fate::Stored { thread, .. }, .. } | Ask::Answer { thread, .. } => Some(thread),
        Ask::Message { thread, .. } => thread.as_deref(),
    }
}

/// The pause is over.
pub(super) fn timer(state: &mut State, id: TurnId, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    if turn.id != id || !matches!(turn.phase, Phase::Waiting { .. }) {
        return;
    }
    next_attempt(state, out);
}

/// Sends again what may be sent again, and finds out first where that is not known.
pub(super) fn next_attempt(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    match &turn.ask {
        Ask::Message { fate: Fate::Unknown, .. } => settle::start(state, out),
        _ => request(state, out),
    }
}

/// The turn is over and was in vain.
pub(super) fn give_up(state: &mut State, problem: Problem, allow_retry: bool, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = std::mem::take(&mut state.turn) else { return };
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: problem.detail() }));
    if let Some(call) = turn.host_call {
        out.push(Effect::Answer(call, Err(Rejection::Failed(problem.detail()))));
    }
    let again = match turn.ask {
        Ask::Message { key, input, thread, fate: fate @ (Fate::NotSent | Fate::Unknown) } => {
            if send::refused_for_good(&problem) {
                // Sending the same again cannot help: the reader gets the text back to change it.
                state.items.remove(key);
                send::give_back(state, &input);
                None
            } else {
                state.items.set_status(key, EntryStatus::Unsent);
                Some(Ask::Message { key, input, thread, fate })
            }
        }
        Ask::Message { fate: Fate::Stored { thread, item_id }, .. } | Ask::Answer { thread, item_id } => {
            allow_retry.then_some(Ask::Answer { thread, item_id })
        }
    };
    state.turn = Turn::Failed(Box::new(FailedTurn { again, problem }));
    close(state, out);
}

/// The message did not arrive: it is sent again.
pub(super) fn not_stored(state: &mut State, out: &mut Vec<Effect>) {
    if let Turn::Active(turn) = &mut state.turn
        && let Ask::Message { fate, .. } = &mut turn.ask
    {
        *fate = Fate::NotSent;
    }
    request(state, out);
}

/// Whether an item is one that the reader sent.
pub(super) fn is_user(item: &ThreadItem) -> bool {
    matches!(item, ThreadItem::UserMessage(_))
}

/// Leaves the turn behind because another thread comes on screen; text that was not stored goes back to the reader.
pub(super) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    if state.turn.is_active() {
        stop(state, out);
    }
    if let Some((key, input)) = state.turn.unsent() {
        let input = input.clone();
        state.items.remove(key);
        send::give_back(state, &input);
    }
    state.turn = Turn::Idle;
    load::leave(state, out);
}
