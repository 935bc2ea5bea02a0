//! JSON requests: sending them, trying them again, and bringing each answer to the concern that asked.
//!
//! A **call** is one such request until it is answered for good, all its attempts included. Its [`Purpose`] says
//! who asked, and holds what that concern needs to know again when the answer comes. A concern never sees an
//! attempt that is repeated: it gets the body of a 2xx, or the failure that ended the call.

use super::{
    CallAction, CallId, ChipKey, Effect, Failure, State, Timer, Wait, attach, dictate, feedback, history,
    load, settle, waits,
};
use crate::json::Json;
use crate::protocol::{ClientRequest, DecodeError, read_response};
use crate::retry::{self, Decision};

/// What a call is for. To ask for something new: add the variant (a nested enum where a concern asks for several
/// things), its line in `repeats` and `of_thread`, and its line in
/// `answered`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// A thread or a page of it.
    Load(load::Purpose),
    /// A thumb under an answer.
    Feedback(feedback::Rating),
    /// The list of threads, or a change of one.
    History(history::Purpose),
    /// Telling the server of a file.
    AttachmentCreate {
        /// The file's chip.
        chip: ChipKey,
    },
    /// Telling the server that a file is not wanted any more. Nobody waits for the answer.
    AttachmentDelete,
    /// Speech into text.
    Transcribe,
}

impl Purpose {
    /// Whether a failed call is sent again by itself, by the policy of [`crate::retry`]: only what reads is, or
    /// what has the same effect when it is done twice.
    fn repeats(&self) -> bool {
        match self {
            // A server may count.
            Purpose::Feedback(_) => false,
            Purpose::History(purpose) => purpose.repeats(),
            Purpose::Load(_) | Purpose::AttachmentDelete => true,
            Purpose::AttachmentCreate { .. } | Purpose::Transcribe => false,
        }
    }

    /// Whether doing it twice would leave two things on the server.
    fn creates(&self) -> bool {
        matches!(self, Purpose::Feedback(_) | Purpose::AttachmentCreate { .. })
    }

    /// Whether nobody wants the answer once another thread is on screen.
    fn of_thread(&self) -> bool {
        match self {
            Purpose::Load(_) => true,
            Purpose::Feedback(_) => false,
            Purpose::History(_) => false,
            Purpose::AttachmentCreate { .. } | Purpose::AttachmentDelete | Purpose::Transcribe => false,
        }
    }
}

/// The concern that asked gets its answer: the body of a 2xx, not yet decoded (see [`super::misfits::answer`]), or why
/// there is none.
fn answered(state: &mut State, purpose: Purpose, answer: Result<String, Failure>, out: &mut Vec<Effect>) {
    match purpose {
        Purpose::Load(purpose) => load::answered(state, purpose, answer, out),
        Purpose::Feedback(rating) => feedback::answered(state, rating, answer, out),
        Purpose::History(purpose) => history::answered(state, purpose, answer, out),
        Purpose::AttachmentCreate { chip } => attach::announced(state, chip, answer, out),
        Purpose::AttachmentDelete => {}
        Purpose::Transcribe => dictate::answered(state, answer, out),
    }
}

/// A call at work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PendingCall {
    request: ClientRequest,
    purpose: Purpose,
    idempotency_key: Option<String>,
    attempt: u32,
    started_ms: f64,
}

/// Sends a request; the answer comes to `purpose`.
pub(super) fn start(
    state: &mut State,
    request: ClientRequest,
    purpose: Purpose,
    out: &mut Vec<Effect>,
) -> CallId {
    let call = CallId(state.fresh());
    let started_ms = state.tick.now_ms;
    let idempotency_key = purpose.creates().then(|| state.idempotency_key());
    let pending = PendingCall { request, purpose, idempotency_key, attempt: 1, started_ms };
    send(state, call, &pending, out);
    state.calls.insert(call, pending);
    call
}

fn send(state: &mut State, call: CallId, pending: &PendingCall, out: &mut Vec<Effect>) {
    let limit = waits::limits(state).request;
    waits::start(state, Wait::Call(call), limit, out);
    let idempotency_key = pending.idempotency_key.clone();
    out.push(Effect::Call { call, request: Box::new(pending.request.clone()), idempotency_key });
}

/// Calls that read a thread.
pub(super) fn of_load(state: &State) -> impl Iterator<Item = CallId> {
    let load = |(call, pending): (&CallId, &PendingCall)| {
        matches!(pending.purpose, Purpose::Load(_)).then_some(*call)
    };
    state.calls.iter().filter_map(load)
}

/// Forgets one call. Its answer has nowhere to land any more.
pub(super) fn forget(state: &mut State, call: CallId, out: &mut Vec<Effect>) {
    if state.calls.remove(&call).is_some() {
        abort(state, call, out);
    }
}

/// Forgets every call that was made for the thread that is being left. Returns what they were for, so that their
/// concern can tell those who wait.
pub(super) fn leave_thread(state: &mut State, out: &mut Vec<Effect>) -> Vec<Purpose> {
    let mut left = Vec::new();
    for (call, pending) in state.calls.take() {
        if pending.purpose.of_thread() {
            abort(state, call, out);
            left.push(pending.purpose);
        } else {
            state.calls.insert(call, pending);
        }
    }
    left
}

fn abort(state: &mut State, call: CallId, out: &mut Vec<Effect>) {
    waits::end(state, Wait::Call(call), out);
    out.push(Effect::AbortCall(call));
    out.push(Effect::CancelTimer(Timer::Call(call)));
}

/// One attempt ended.
pub(super) fn ended(state: &mut State, call: CallId, action: CallAction, out: &mut Vec<Effect>) {
    waits::end(state, Wait::Call(call), out);
    if let Some(step) = settle::step_of(state, call) {
        return match action {
            CallAction::Done(body) => settle::answered(state, step, &body, out),
            CallAction::Failed(_) => settle::failed(state, out),
        };
    }
    let Some(pending) = state.calls.remove(&call) else { return };
    match action {
        CallAction::Done(body) => answered(state, pending.purpose, Ok(body), out),
        CallAction::Failed(failure) => failed(state, call, pending, failure, out),
    }
}

/// An attempt failed: try again later, or give up.
fn failed(
    state: &mut State,
    call: CallId,
    mut pending: PendingCall,
    failure: Failure,
    out: &mut Vec<Effect>,
) {
    let elapsed = state.tick.since(pending.started_ms);
    let again =
        |cause| retry::decide(cause, retry::Request::Read, pending.attempt, state.tick.jitter, elapsed);
    let decision = match pending.purpose.repeats() {
        true => again(&failure.cause()),
        false => Decision::GiveUp,
    };
    match decision {
        Decision::After(pause) | Decision::Settle(pause) => {
            pending.attempt += 1;
            state.calls.insert(call, pending);
            out.push(Effect::StartTimer(Timer::Call(call), pause));
        }
        Decision::Online | Decision::GiveUp => answered(state, pending.purpose, Err(failure), out),
    }
}

/// The pause before a call's next attempt is over.
pub(super) fn timer(state: &mut State, call: CallId, out: &mut Vec<Effect>) {
    if let Some(pending) = state.calls.get(&call).cloned() {
        send(state, call, &pending, out);
    }
}

/// What follows of an answer that says nothing but that it was done: no body at all, `null`, `{}` or any other JSON.
///
/// # Errors
/// The failure; something that is no JSON was not said by the server that was asked.
pub(super) fn accepted(answer: Result<String, Failure>) -> Result<(), Failure> {
    match read_response::<Json>(&answer?) {
        Err(error @ (DecodeError::Html { .. } | DecodeError::NotJson { .. })) => {
            Err(Failure::Undecodable(error))
        }
        _ => Ok(()),
    }
}
