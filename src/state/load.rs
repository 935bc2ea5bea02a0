//! Reading threads: opening, paging back, refreshing (ChatKit protocol §6.3).
//!
//! `threads.get_by_id` answers with the **oldest** items, so a longer thread is opened in two requests: one for
//! what the thread is, one for its newest page. Reading is harmless to repeat, so failed reads are tried again
//! by the policy of [`crate::retry`].

use super::items::EntryStatus;
use super::{
    CallAction, CallId, Effect, Failure, HostCall, HostEvent, ItemKey, Items, OpenThread, Rejection,
    ScrollTarget, State, ThreadMeta, Timer, Turn, settle, turn,
};
use crate::problem::Problem;
use crate::protocol::{
    ClientRequest, DecodeError, ListParams, Order, Page, Thread, ThreadItem, decode_response,
};
use crate::retry::{self, Decision};

/// Whether there is more above the first shown item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Older {
    /// No.
    None,
    /// Yes, after this cursor.
    Available(String),
    /// It is on its way.
    Loading(String),
    /// It did not come.
    Failed(String),
}

/// A thread that was asked for and did not come.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadProblem {
    /// The thread.
    pub thread_id: String,
    /// Why.
    pub problem: Problem,
}

/// A JSON request at work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PendingCall {
    request: ClientRequest,
    purpose: Purpose,
    attempt: u32,
    started_ms: f64,
}

/// What it is for.
#[derive(Clone, Debug, PartialEq)]
enum Purpose {
    /// What the thread is.
    Meta(Opening),
    /// Its newest page.
    Newest(Opening, Box<ThreadMeta>),
    /// The page above the first shown item; its cursor.
    Older(String),
}

/// Who wants the thread.
#[derive(Clone, Debug, PartialEq)]
struct Opening {
    host_call: Option<HostCall>,
    /// Opening shows the thread anew, with its events; refreshing (`fetchUpdates`) changes it in place.
    refresh: bool,
}

/// `items.list`
pub(super) fn items_request(thread_id: String, order: Order, after: Option<String>) -> ClientRequest {
    ClientRequest::ItemsList { thread_id, page: ListParams { limit: Some(PAGE), order, after } }
}

/// Items a page.
const PAGE: u32 = 20;

fn start(state: &mut State, request: ClientRequest, purpose: Purpose, out: &mut Vec<Effect>) {
    let call = CallId(state.fresh());
    let started_ms = state.tick.now_ms;
    state.calls.insert(call, PendingCall { request: request.clone(), purpose, attempt: 1, started_ms });
    out.push(Effect::Call { call, request: Box::new(request) });
}

/// Opens a stored thread.
pub(super) fn open(state: &mut State, id: String, host_call: Option<HostCall>, out: &mut Vec<Effect>) {
    turn::leave(state, out);
    let previous = match std::mem::replace(&mut state.thread, OpenThread::New) {
        OpenThread::Loaded(meta) => Some(meta),
        OpenThread::Loading { previous, .. } => previous,
        OpenThread::New => None,
    };
    state.thread = OpenThread::Loading { id: id.clone(), previous };
    state.load_problem = None;
    out.push(Effect::Emit(HostEvent::ThreadLoadStart(id.clone())));
    let opening = Opening { host_call, refresh: false };
    start(state, ClientRequest::ThreadsGetById { thread_id: id }, Purpose::Meta(opening), out);
}

/// `fetchUpdates()`
pub(super) fn refresh(state: &mut State, host_call: HostCall, out: &mut Vec<Effect>) {
    let Some(id) = state.thread.id().map(str::to_owned) else {
        // Nothing is stored, so nothing can have changed.
        out.push(Effect::Answer(host_call, Ok(())));
        return;
    };
    let opening = Opening { host_call: Some(host_call), refresh: true };
    start(state, ClientRequest::ThreadsGetById { thread_id: id }, Purpose::Meta(opening), out);
}

/// "Load earlier messages".
pub(super) fn load_older(state: &mut State, out: &mut Vec<Effect>) {
    let Some(id) = state.thread.id().map(str::to_owned) else { return };
    let (Older::Available(after) | Older::Failed(after)) = state.older.clone() else { return };
    state.older = Older::Loading(after.clone());
    start(state, items_request(id, Order::Desc, Some(after.clone())), Purpose::Older(after), out);
}

/// The Retry button of a thread that did not load.
pub(super) fn retry_load(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(LoadProblem { thread_id, .. }) = state.load_problem.take() {
        open(state, thread_id, None, out);
    }
}

/// Forgets every request that was made for the thread that is being left.
pub(super) fn abort_calls(state: &mut State, out: &mut Vec<Effect>) {
    for (call, pending) in state.calls.take() {
        out.push(Effect::AbortCall(call));
        out.push(Effect::CancelTimer(Timer::Call(call)));
        if let Purpose::Meta(opening) | Purpose::Newest(opening, _) = pending.purpose {
            if let (false, OpenThread::Loading { id, .. }) = (opening.refresh, &state.thread) {
                out.push(Effect::Emit(HostEvent::ThreadLoadEnd(id.clone())));
            }
            if let Some(call) = opening.host_call {
                let rejection =
                    Rejection::Failed("another thread was opened before this one was loaded".into());
                out.push(Effect::Answer(call, Err(rejection)));
            }
        }
    }
    if let Older::Loading(after) = &state.older {
        state.older = Older::Available(after.clone());
    }
}

/// The answer to a request.
pub(super) fn call(state: &mut State, call: CallId, action: CallAction, out: &mut Vec<Effect>) {
    if let Some(step) = settle::step_of(state, call) {
        return match action {
            CallAction::Done(body) => settle::answered(state, step, &body, out),
            CallAction::Failed(failure) => settle::failed(state, &failure, out),
        };
    }
    let Some(pending) = state.calls.remove(&call) else { return };
    let failure = match action {
        CallAction::Done(body) => match answered(state, pending.purpose.clone(), &body, out) {
            Ok(()) => return,
            Err(error) => Failure::Undecodable(error),
        },
        CallAction::Failed(failure) => failure,
    };
    failed(state, call, pending, &failure, out);
}

fn answered(
    state: &mut State,
    purpose: Purpose,
    body: &str,
    out: &mut Vec<Effect>,
) -> Result<(), DecodeError> {
    match purpose {
        Purpose::Meta(opening) => {
            let mut thread: Thread = decode_response(body)?;
            let items = std::mem::take(&mut thread.items);
            let meta = Box::new(ThreadMeta::from(thread));
            if items.has_more {
                let request = items_request(meta.id.clone(), Order::Desc, None);
                start(state, request, Purpose::Newest(opening, meta), out);
            } else {
                arrived(state, opening, *meta, items.data, Older::None, out);
            }
        }
        Purpose::Newest(opening, meta) => {
            let page: Page<ThreadItem> = decode_response(body)?;
            let older = older_than(&page);
            let items = page.data.into_iter().rev().collect();
            arrived(state, opening, *meta, items, older, out);
        }
        Purpose::Older(_) => {
            let page: Page<ThreadItem> = decode_response(body)?;
            let older = older_than(&page);
            let rows = rows(state, page.data.into_iter().rev().collect());
            let empty = rows.is_empty();
            state.items.prepend(rows);
            state.older = older;
            out.push(Effect::Scroll(ScrollTarget::KeepPosition));
            if empty {
                // Hidden items are taken out after the page is cut: an empty page does not mean the beginning.
                load_older(state, out);
            }
        }
    }
    Ok(())
}

fn older_than(page: &Page<ThreadItem>) -> Older {
    match (page.has_more, &page.after) {
        (true, Some(after)) => Older::Available(after.clone()),
        _ => Older::None,
    }
}

/// Everything of a thread is here.
fn arrived(
    state: &mut State,
    opening: Opening,
    meta: ThreadMeta,
    items: Vec<ThreadItem>,
    older: Older,
    out: &mut Vec<Effect>,
) {
    let id = meta.id.clone();
    state.known_threads.insert(id.clone(), ());
    if opening.refresh {
        if state.thread.id() == Some(id.as_str()) {
            state.thread = OpenThread::Loaded(Box::new(meta));
            let rows = rows(state, items);
            if !state.turn.is_active() && !state.items.refresh(rows) {
                state.older = older;
            }
        }
    } else {
        let before = match std::mem::replace(&mut state.thread, OpenThread::Loaded(Box::new(meta))) {
            OpenThread::Loading { previous, .. } => previous.map(|meta| meta.id),
            _ => None,
        };
        show(state, items, older);
        out.push(Effect::Emit(HostEvent::ThreadLoadEnd(id.clone())));
        if before.as_deref() != Some(id.as_str()) {
            out.push(Effect::Emit(HostEvent::ThreadChange(Some(id))));
        }
        out.push(Effect::Scroll(ScrollTarget::End));
    }
    if let Some(call) = opening.host_call {
        out.push(Effect::Answer(call, Ok(())));
    }
}

/// Replaces everything on screen.
pub(super) fn show(state: &mut State, items: Vec<ThreadItem>, older: Older) {
    state.items = Items::default();
    for (key, item) in rows(state, items) {
        state.items.push(key, item, EntryStatus::Done);
    }
    state.older = older;
    state.notices.clear();
    state.progress = None;
    state.turn = Turn::Idle;
}

/// Names for items; hidden ones a server let through, and ones we cannot draw, are left out.
fn rows(state: &mut State, items: Vec<ThreadItem>) -> Vec<(ItemKey, ThreadItem)> {
    let shown = |item: &ThreadItem| !item.is_hidden() && !matches!(item, ThreadItem::Unknown(_));
    items.into_iter().filter(shown).map(|item| (ItemKey(state.fresh()), item)).collect()
}

/// A request failed: try again later, or give up.
fn failed(
    state: &mut State,
    call: CallId,
    mut pending: PendingCall,
    failure: &Failure,
    out: &mut Vec<Effect>,
) {
    let elapsed = state.tick.since(pending.started_ms);
    let decision =
        retry::decide(&failure.cause(), retry::Request::Read, pending.attempt, state.tick.jitter, elapsed);
    if let Decision::After(pause) | Decision::Settle(pause) = decision {
        pending.attempt += 1;
        state.calls.insert(call, pending);
        out.push(Effect::StartTimer(Timer::Call(call), pause));
        return;
    }
    let problem = failure.problem(turn::at(state));
    match pending.purpose {
        Purpose::Older(after) => {
            state.older = Older::Failed(after);
            report(&problem, out);
        }
        Purpose::Meta(opening) | Purpose::Newest(opening, _) => {
            not_loaded(state, opening, failure, problem, out)
        }
    }
}

fn not_loaded(
    state: &mut State,
    opening: Opening,
    failure: &Failure,
    problem: Problem,
    out: &mut Vec<Effect>,
) {
    let problem = match (failure, &state.thread) {
        (Failure::Status { status: 404 | 410, .. }, OpenThread::Loading { id, .. }) => {
            Problem::ThreadMissing { thread: id.clone() }
        }
        _ => problem,
    };
    report(&problem, out);
    if let Some(call) = opening.host_call {
        out.push(Effect::Answer(call, Err(Rejection::Failed(problem.detail()))));
    }
    if opening.refresh {
        return;
    }
    if let OpenThread::Loading { id, previous } = std::mem::replace(&mut state.thread, OpenThread::New) {
        out.push(Effect::Emit(HostEvent::ThreadLoadEnd(id.clone())));
        if let Some(meta) = previous {
            state.thread = OpenThread::Loaded(meta);
        }
        state.load_problem = Some(LoadProblem { thread_id: id, problem });
    }
}

fn report(problem: &Problem, out: &mut Vec<Effect>) {
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: problem.detail() }));
}

/// The pause before a request's next attempt is over.
pub(super) fn timer(state: &State, call: CallId, out: &mut Vec<Effect>) {
    if let Some(pending) = state.calls.get(&call) {
        out.push(Effect::Call { call, request: Box::new(pending.request.clone()) });
    }
}
