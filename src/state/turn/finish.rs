//! How a turn ends: answered, stopped, in vain, or left behind. Each way emits one `response.end`.

use super::ask::{Ask, Fate, refused_for_good};
use super::{FailedTurn, Phase, Turn, at};
use crate::problem::Problem;
use crate::state::items::EntryStatus;
use crate::state::{Effect, HostEvent, Rejection, State, Timer, again, load, send, site};

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
        Phase::Settling(settle) => out.push(Effect::AbortCall(settle.call)),
        Phase::WaitingForTool(call) => site::forget(state, call.site),
        Phase::Requesting | Phase::Waiting { .. } | Phase::Streaming => {}
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
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: problem.detail() }));
    if let Some(call) = turn.host_call {
        out.push(Effect::Answer(call, Err(Rejection::Failed(problem.detail()))));
    }
    let again = match &turn.ask {
        Ask::Message { key, input, fate: Fate::NotSent | Fate::Unknown, .. } => {
            if refused_for_good(&problem) {
                // Sending the same again cannot help: the reader gets the text back to change it.
                state.items.remove(*key);
                send::give_back(state, input, out);
                None
            } else {
                state.items.set_status(*key, EntryStatus::Unsent);
                turn.ask.again(state, allow_retry)
            }
        }
        Ask::Reply { .. } if refused_for_good(&problem) => None,
        _ => turn.ask.again(state, allow_retry),
    };
    state.turn = Turn::Failed(Box::new(FailedTurn { again, problem }));
    close(state, out);
}

/// Leaves the turn behind because another thread comes on screen; text that was not stored goes back to the reader.
pub(in crate::state) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    if state.turn.is_active() {
        stop(state, out);
    }
    if let Some((key, input)) = state.turn.unsent() {
        let input = input.clone();
        state.items.remove(key);
        send::give_back(state, &input, out);
    }
    state.turn = Turn::Idle;
    load::leave(state, out);
}
