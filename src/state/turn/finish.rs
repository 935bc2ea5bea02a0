//! How a turn ends: answered, stopped, in vain, or left behind. Each way emits one `response.end`.

use super::ask::{Ask, Fate, Same, refused_for_good};
use super::{ActiveTurn, FailedTurn, Phase, Repeat, Turn, at};
use crate::problem::Problem;
use crate::state::failure::Delivery;
use crate::state::items::EntryStatus;
use crate::state::{Effect, HostEvent, Rejection, State, Timer, Wait, again, load, outbox, site, waits};

/// Everything that was asked for is there.
pub(in crate::state) fn done(state: &mut State, out: &mut Vec<Effect>) {
    state.turn = Turn::Idle;
    close(state, out);
}

/// The Stop button: what came so far stays on screen as it is.
pub(in crate::state) fn stop(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    let (id, call) = (turn.id, turn.host_call);
    let phase = turn.phase.clone();
    match phase {
        Phase::Settling(settle) => {
            waits::end(state, Wait::Call(settle.call), out);
            out.push(Effect::AbortCall(settle.call));
        }
        Phase::WaitingForTool(call) => site::forget(state, call.site),
        Phase::Requesting | Phase::Waiting { .. } | Phase::Streaming => {}
    }
    waits::end(state, Wait::Stream(id), out);
    out.push(Effect::Abort(id));
    out.push(Effect::CancelTimer(Timer::Turn(id)));
    if let Some(call) = call {
        out.push(Effect::Answer(call, Err(Rejection::Failed("the reader stopped it".into()))));
    }
    let Turn::Active(turn) = std::mem::take(&mut state.turn) else { return };
    let ActiveTurn { mut ask, phase, idempotency_key, answered, acted, .. } = *turn;
    if phase == Phase::Requesting {
        ask.failed(Delivery::UnderWay);
    }
    match ask {
        Ask::Message { key, fate: Fate::NotSent, .. } if matches!(phase, Phase::Waiting { .. }) => {
            // It is certainly not there: the reader has it back.
            let again = Repeat { ask, idempotency_key: Some(idempotency_key) };
            outbox::give_back(state, key, &again, out);
        }
        Ask::Message { key, input, fate: Fate::NotSent | Fate::Unknown, thread, begins } if !answered => {
            // Stopped before the server said that it has the message: it may or may not be there, so it stays on
            // screen with a Retry that finds out first.
            state.items.set_status(key, EntryStatus::Unconfirmed);
            let ask = Ask::Message { key, input, thread, begins, fate: Fate::Unknown };
            let again = Some(Repeat { ask, idempotency_key: Some(idempotency_key) });
            let problem = Problem::NotCertain { at: at(state), why: "the reader stopped it".to_owned() };
            state.turn = Turn::Failed(Box::new(FailedTurn { again, problem }));
        }
        // Nothing stands under what was sent, so nothing there offers another answer.
        ask if !answered && !acted && !matches!(ask, Ask::Action(_)) => {
            let at = at(state);
            let is_reply = matches!(ask, Ask::Reply { .. });
            let again = ask.again(true, state.is_idempotent()).map(|again| repeat(again, idempotency_key));
            let problem = match &again {
                None if is_reply => Problem::ReplyLost { at },
                _ => Problem::NoAnswer { at },
            };
            state.turn = Turn::Failed(Box::new(FailedTurn { again, problem }));
        }
        _ => {}
    }
    close(state, out);
}

/// What can be asked again, with its key if it is the same request.
fn repeat((ask, same): (Ask, Same), idempotency_key: String) -> Repeat {
    Repeat { ask, idempotency_key: (same == Same::Yes).then_some(idempotency_key) }
}

/// What a turn leaves behind, however it ended.
fn close(state: &mut State, out: &mut Vec<Effect>) {
    state.progress = None;
    again::restore(state);
    for entry in state.items.iter_mut().filter(|entry| entry.status == EntryStatus::Pending) {
        entry.status = EntryStatus::Done;
        entry.finish();
    }
    out.push(Effect::Emit(HostEvent::ResponseEnd));
}

/// The turn is over and was in vain.
pub(in crate::state) fn give_up(
    state: &mut State,
    problem: Problem,
    allow_retry: bool,
    out: &mut Vec<Effect>,
) {
    let Turn::Active(turn) = std::mem::take(&mut state.turn) else { return };
    let ActiveTurn { ask, idempotency_key, host_call, answered, .. } = *turn;
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: problem.detail() }));
    if let Some(call) = host_call {
        out.push(Effect::Answer(call, Err(Rejection::Failed(problem.detail()))));
    }
    let refused = refused_for_good(&problem);
    let is_reply = matches!(ask, Ask::Reply { .. });
    let again = match ask {
        Ask::Message { fate: Fate::NotSent | Fate::Unknown, .. } if answered => None,
        // Sending the same again cannot help: the reader gets the text back to change it.
        Ask::Message { key, fate: Fate::NotSent, .. } if refused => {
            let again = Repeat { ask, idempotency_key: Some(idempotency_key) };
            outbox::give_back(state, key, &again, out);
            None
        }
        Ask::Reply { .. } if refused => None,
        ask => {
            match &ask {
                Ask::Message { key, fate: Fate::NotSent, .. } => {
                    state.items.set_status(*key, EntryStatus::Unsent)
                }
                Ask::Message { key, fate: Fate::Unknown, .. } => {
                    state.items.set_status(*key, EntryStatus::Unconfirmed)
                }
                _ => {}
            }
            ask.again(allow_retry, state.is_idempotent()).map(|again| repeat(again, idempotency_key))
        }
    };
    // Not "please try again" where there is no way to.
    let problem = match problem {
        problem @ Problem::ServerMessage { .. } => problem,
        problem if is_reply && again.is_none() && problem.retryable() => Problem::ReplyLost { at: at(state) },
        problem => problem,
    };
    state.turn = Turn::Failed(Box::new(FailedTurn { again, problem }));
    close(state, out);
}

/// Leaves the turn behind because another thread comes on screen; text that was not stored goes back to the reader.
pub(in crate::state) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    if state.turn.is_active() {
        stop(state, out);
    }
    outbox::put_aside(state);
    outbox::leave(state, out);
    state.turn = Turn::Idle;
    load::leave(state, out);
}
