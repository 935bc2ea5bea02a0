//! A turn at work: what its stream brings, and what follows when an attempt fails.

use super::ask::{Ask, Fate};
use super::{Phase, Turn, at, finish, give_up, request, tool};
use crate::problem::Problem;
use crate::retry::{self, Decision};
use crate::state::items::EntryStatus;
use crate::state::{
    Effect, Failure, ItemKey, State, StreamAction, Timer, TurnId, misfits, protocol_event, settle,
};

/// Something arrived on a turn's stream.
pub(in crate::state) fn stream(state: &mut State, id: TurnId, action: StreamAction, out: &mut Vec<Effect>) {
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
        StreamAction::Event(event) => {
            turn.ask.answering();
            protocol_event::apply(state, *event, out);
        }
        StreamAction::LeftOut { of, misfits } => misfits::tell(state, &of, misfits, out),
        StreamAction::BadFrame(error) => misfits::bad_frame(state, &error, out),
        StreamAction::End(Ok(())) => ended(state, out),
        StreamAction::End(Err(failure)) => failed(state, &failure, out),
    }
}

/// The body ended as bodies do. Whether the answer is whole has to be read off the items: the protocol has no end
/// marker.
fn ended(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    // Who answers a message has it, under an id that we were not told.
    let unconfirmed = !turn.answered
        && matches!(&turn.ask, Ask::Message { fate, .. } if !matches!(fate, Fate::Stored { .. }));
    let unanswered = !state.dropped.is_empty();
    if (unconfirmed || unanswered) && turn.error.is_none() {
        // Not even the reader's own message came back, or nothing at all where another answer was asked for.
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
    match tool::pending(state) {
        Some(call) => tool::run(state, call, out),
        None => finish::done(state, out),
    }
}

/// An attempt failed: wait and go on, or give up.
pub(in crate::state) fn failed(state: &mut State, failure: &Failure, out: &mut Vec<Effect>) {
    let at = at(state);
    let Turn::Active(turn) = &mut state.turn else { return };
    let problem = match (failure, turn.ask.thread()) {
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
    let settling = matches!(turn.phase, Phase::Settling(_));
    let request = turn.ask.failed(retry::fate_unknown(&cause) && !settling);
    let elapsed = state.tick.since(turn.started_ms);
    // A half-written answer is on screen: asking again by ourselves would take it away under the reader's eyes.
    let decision = match turn.answered {
        true => Decision::GiveUp,
        false => retry::decide(&cause, request, turn.attempt, state.tick.jitter, elapsed),
    };
    match decision {
        Decision::Settle(_) if !turn.ask.can_be_settled() => give_up(state, problem, true, out),
        Decision::After(pause) | Decision::Settle(pause) => {
            turn.phase = Phase::Waiting { pause };
            turn.attempt += 1;
            turn.allow_cancel = false;
            out.push(Effect::StartTimer(Timer::Turn(turn.id), pause));
        }
        Decision::Online | Decision::GiveUp => give_up(state, problem, true, out),
    }
}

/// The pause is over.
pub(in crate::state) fn timer(state: &mut State, id: TurnId, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    if turn.id != id || !matches!(turn.phase, Phase::Waiting { .. }) {
        return;
    }
    next_attempt(state, out);
}

/// Sends again what may be sent again, and finds out first where that is not known.
pub(in crate::state) fn next_attempt(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    match turn.ask.needs_settling() {
        true => settle::start(state, out),
        false => request(state, out),
    }
}
