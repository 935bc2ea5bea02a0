//! Waiting with an end: how long the element waits for a server or for the page, by the options' `api.timeouts`.
//!
//! - A **wait** is one thing that may never come: the next piece of a stream, the answer to a request, an upload, what a
//!   function of the page gives. Each has a timer.
//! - A sign of life begins the time anew ([`heard`]). So does time in which nobody waited: the device slept, or the page's
//!   timers stood still, or there was no network to answer.
//! - A wait of more than [`SLOW`] is said to the reader, once; one that is over ends as any failed request does.

use std::time::Duration;

use super::{
    CallAction, CallId, Effect, Failure, FileEffect, SiteCallId, SiteError, State, StreamAction, Timer,
    TurnId, UploadId, attach, calls, site, turn,
};
use crate::config::Timeouts;
use crate::retry;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// The next piece of a turn's stream.
    Stream(TurnId),
    /// The answer to a JSON request.
    Call(CallId),
    /// The answer to an upload.
    Upload(UploadId),
    /// What a function of the page gives.
    Site(SiteCallId),
}

/// One wait.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Waiting {
    since_ms: f64,
    due_ms: f64,
    limit: Duration,
    slow: bool,
}

/// From here on the reader is told that something takes long.
const SLOW: Duration = Duration::from_secs(10);

/// The options' time limits.
pub(super) fn limits(state: &State) -> Timeouts {
    state.config.as_ref().map(|config| config.api.timeouts).unwrap_or_default()
}

/// Begins to wait, `limit` at most.
pub(super) fn start(state: &mut State, wait: Wait, limit: Duration, out: &mut Vec<Effect>) {
    let now_ms = state.tick.now_ms;
    state.waits.insert(wait, Waiting { since_ms: now_ms, due_ms: now_ms, limit, slow: false });
    arm(state, wait, out);
}

/// A sign of life: from now on it may take `limit`.
pub(super) fn heard(state: &mut State, wait: Wait, limit: Duration, out: &mut Vec<Effect>) {
    let now_ms = state.tick.now_ms;
    let Some(waiting) = state.waits.get_mut(&wait) else { return };
    let changed = waiting.limit != limit;
    *waiting = Waiting { since_ms: now_ms, limit, slow: false, ..*waiting };
    // Otherwise the timer that runs finds out by itself, and a stream costs no timer for each of its pieces.
    if changed {
        arm(state, wait, out);
    }
}

/// It came, or nobody wants it any more.
pub(super) fn end(state: &mut State, wait: Wait, out: &mut Vec<Effect>) {
    if state.waits.remove(&wait).is_some() {
        out.push(Effect::CancelTimer(Timer::Wait(wait)));
    }
}

/// Whether it takes so long that the reader is told.
pub(super) fn is_slow(state: &State, wait: Wait) -> bool {
    state.waits.get(&wait).is_some_and(|waiting| waiting.slow)
}

/// The timer of a wait fired.
pub(super) fn timer(state: &mut State, wait: Wait, out: &mut Vec<Effect>) {
    let tick = state.tick;
    let Some(waiting) = state.waits.get_mut(&wait) else { return };
    if !tick.online || retry::slept(Duration::ZERO, tick.since(waiting.due_ms)) {
        waiting.since_ms = tick.now_ms;
    }
    let waited = tick.since(waiting.since_ms);
    let limit = waiting.limit;
    if waited < limit {
        waiting.slow = waited >= SLOW;
        return arm(state, wait, out);
    }
    state.waits.remove(&wait);
    let failure = Failure::TimedOut { after: limit };
    match wait {
        Wait::Stream(turn) => {
            out.push(Effect::Abort(turn));
            turn::stream(state, turn, StreamAction::End(Err(failure)), out);
        }
        Wait::Call(call) => {
            out.push(Effect::AbortCall(call));
            calls::ended(state, call, CallAction::Failed(failure), out);
        }
        Wait::Upload(upload) => {
            out.push(Effect::File(FileEffect::Abort(upload)));
            attach::answered(state, upload, CallAction::Failed(failure), out);
        }
        Wait::Site(call) => site::answered(state, call, Err(SiteError::TimedOut { after: limit }), out),
    }
}

/// Starts the timer for what comes first: the time to say that it takes long, or its end.
fn arm(state: &mut State, wait: Wait, out: &mut Vec<Effect>) {
    let tick = state.tick;
    let Some(waiting) = state.waits.get_mut(&wait) else { return };
    let waited = tick.since(waiting.since_ms);
    let next = if waited < SLOW && SLOW < waiting.limit { SLOW } else { waiting.limit };
    let pause = next.saturating_sub(waited);
    waiting.due_ms = tick.now_ms + pause.as_secs_f64() * 1000.0;
    out.push(Effect::StartTimer(Timer::Wait(wait), pause));
}
