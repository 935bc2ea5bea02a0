//! A turn at work: what its stream brings, and what follows when an attempt fails.

use super::ask::{Ask, Fate};
use super::{Lost, Phase, Turn, at, finish, give_up, request, tool};
use crate::problem::Problem;
use crate::retry::{self, Decision};
use crate::state::failure::Delivery;
use crate::state::items::EntryStatus;
use crate::state::{
    Effect, Failure, ItemKey, State, StreamAction, Timer, TurnId, Wait, load, misfits, protocol_event,
    settle, waits,
};

/// Something arrived on a turn's stream.
pub(in crate::state) fn stream(state: &mut State, id: TurnId, action: StreamAction, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    if turn.id != id {
        return;
    }
    let wait = Wait::Stream(id);
    match action {
        StreamAction::Head => {
            turn.phase = Phase::Streaming;
            if let Some(call) = turn.host_call.take() {
                out.push(Effect::Answer(call, Ok(())));
            }
            let limit = waits::limits(state).first_event;
            waits::heard(state, wait, limit, out);
        }
        StreamAction::Alive => {
            let limits = waits::limits(state);
            let begun = matches!(&state.turn, Turn::Active(turn) if turn.events > 0);
            waits::heard(state, wait, if begun { limits.silence } else { limits.first_event }, out);
        }
        StreamAction::Event(event) => {
            turn.events += 1;
            turn.ask.answering();
            let limit = waits::limits(state).silence;
            waits::heard(state, wait, limit, out);
            protocol_event::apply(state, *event, out);
        }
        StreamAction::LeftOut { of, misfits } => misfits::tell(state, &of, misfits, out),
        StreamAction::BadFrame(error) => {
            let limit = waits::limits(state).silence;
            waits::heard(state, wait, limit, out);
            misfits::bad_frame(state, &error, out);
        }
        StreamAction::End(end) => {
            waits::end(state, wait, out);
            match end {
                Ok(()) => ended(state, out),
                Err(failure) => failed(state, &failure, out),
            }
        }
    }
}

/// The body ended as bodies do. The protocol has no end marker, so what came says whether there is an answer. One that
/// was closed properly is whole, also where the server never called its items done.
fn ended(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    if let Some((problem, allow_retry)) = turn.error.take() {
        return give_up(state, problem, allow_retry, out);
    }
    if turn.events == 0 && !matches!(turn.ask, Ask::Action(_)) {
        return failed(state, &Failure::EmptyBody, out);
    }
    if let Some(call) = tool::pending(state) {
        return tool::run(state, call, out);
    }
    let Turn::Active(turn) = &mut state.turn else { return };
    let unconfirmed = matches!(&turn.ask, Ask::Message { fate, .. } if !matches!(fate, Fate::Stored { .. }));
    // A server that hands over to a person locks the thread and says no more.
    let closed = !state.thread.is_writable();
    if turn.answered || turn.acted || closed || matches!(turn.ask, Ask::Action(_)) {
        let rows: Vec<ItemKey> = turn.rows.values().copied().collect();
        let unfinished =
            rows.iter().any(|key| state.items.get(*key).is_some_and(|e| e.status == EntryStatus::Pending));
        finish::done(state, out);
        if unfinished {
            // The server may know more of it by now.
            load::look_again(state, out);
        }
    } else if unconfirmed {
        failed(state, &Failure::Cut, out);
    } else {
        settle::start(state, out);
    }
}

/// An attempt failed: wait and go on, or give up.
pub(in crate::state) fn failed(state: &mut State, failure: &Failure, out: &mut Vec<Effect>) {
    let at = at(state);
    let idempotent = state.is_idempotent();
    let tick = state.tick;
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
    // Once the status line is there, the request has arrived.
    let delivery = match turn.phase {
        Phase::Streaming => Delivery::Done,
        _ => failure.delivery(),
    };
    turn.ask.failed(delivery);
    turn.lost = Some(Lost { delivery, problem: problem.clone() });
    if turn.answered {
        // A half-written answer is on screen: asking again by ourselves would take it away under the reader's eyes.
        give_up(state, problem, true, out);
        return load::look_again(state, out);
    }
    let request = if idempotent { retry::Request::Keyed } else { retry::Request::Write };
    let decision =
        retry::decide(&failure.cause(), request, turn.attempt, tick.jitter, tick.since(turn.started_ms));
    // Another answer deletes what came after the message. While this request for one may still arrive, the reader does not
    // get the button that would send a second, nor a newer message that the late one would delete.
    let deletes = matches!(turn.ask, Ask::Answer { .. } | Ask::Message { fate: Fate::Stored { .. }, .. });
    let decision = match decision {
        Decision::GiveUp if deletes && !idempotent && *failure == Failure::NoConnection => {
            Decision::Settle(retry::BASE)
        }
        decision => decision,
    };
    match decision {
        Decision::Settle(_) if matches!(turn.ask, Ask::Action(_)) => give_up(state, problem, true, out),
        Decision::After(pause) => pause_before(state, pause, false, out),
        Decision::Settle(pause) => pause_before(state, pause, true, out),
        Decision::Online | Decision::GiveUp => give_up(state, problem, true, out),
    }
}

/// Waits, then reads the thread back (`lookup`) or sends the request again.
fn pause_before(state: &mut State, pause: std::time::Duration, lookup: bool, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.attempt += 1;
    turn.allow_cancel = None;
    wait(state, pause, lookup, out);
}

/// Waits, see [`Phase::Waiting`].
pub(in crate::state) fn wait(
    state: &mut State,
    pause: std::time::Duration,
    lookup: bool,
    out: &mut Vec<Effect>,
) {
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.phase = Phase::Waiting { pause, lookup };
    out.push(Effect::StartTimer(Timer::Turn(turn.id), pause));
}

/// The pause is over.
pub(in crate::state) fn timer(state: &mut State, id: TurnId, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    if turn.id != id {
        return;
    }
    match turn.phase {
        Phase::Waiting { lookup: true, .. } => settle::start(state, out),
        Phase::Waiting { lookup: false, .. } => request(state, out),
        _ => {}
    }
}

/// Sends what may be sent, and finds out first where that is not known.
pub(in crate::state) fn next_attempt(state: &mut State, out: &mut Vec<Effect>) {
    let idempotent = state.is_idempotent();
    let Turn::Active(turn) = &state.turn else { return };
    match turn.ask.needs_settling() && !idempotent {
        true => settle::start(state, out),
        false => request(state, out),
    }
}
