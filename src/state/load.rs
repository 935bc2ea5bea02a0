//! Reading threads: opening, paging back, refreshing (ChatKit protocol §6.3).
//!
//! `threads.get_by_id` answers with the **oldest** items, so a longer thread is opened in two requests: one for
//! what the thread is, one for its newest page.

use std::time::Duration;

use super::calls;
use super::items::EntryStatus;
use super::{
    Effect, Failure, HostCall, HostEvent, ItemKey, Items, OpenThread, Rejection, ScrollTarget, State,
    ThreadMeta, Timer, Turn, Wait, history, misfits, turn, waits,
};
use crate::problem::Problem;
use crate::protocol::{ClientRequest, ListParams, Order, Page, Thread, ThreadItem};

/// Whether there is more above the first shown item.
#[derive(Clone, Debug, PartialEq)]
pub enum Older {
    /// No.
    None,
    /// Yes, after this cursor.
    Available(String),
    /// It is on its way.
    Loading(String),
    /// It came, and is shown slice by slice.
    Coming {
        /// What is not shown yet, oldest first.
        rest: Vec<ThreadItem>,
        /// The cursor for what is above all of it.
        above: Option<String>,
    },
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

/// What is being read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// What the thread is.
    Meta(Opening),
    /// Its newest page.
    Newest(Opening, Box<ThreadMeta>),
    /// The page above the first shown item; its cursor.
    Older(String),
    /// The newest page, to see what became of an answer that was cut off.
    Again,
}

/// Who wants the thread.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opening {
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

/// Items of an older page that are shown at once: as many as are made, laid out and painted without holding up the reader,
/// who is scrolling.
const SLICE: usize = 10;

/// Between two slices: by then the browser has painted the first and put it to rest. Resting begins two frames later and
/// costs as much as a slice; with 32 ms both fell into one frame.
const PAINTED: Duration = Duration::from_millis(64);

fn start(state: &mut State, request: ClientRequest, purpose: Purpose, out: &mut Vec<Effect>) {
    calls::start(state, request, calls::Purpose::Load(purpose), out);
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

/// Whether the thread takes so long that the reader is told.
pub(super) fn is_slow(state: &State) -> bool {
    calls::of_load(state).any(|call| waits::is_slow(state, Wait::Call(call)))
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

/// Reads the newest page again by ourselves: an answer that was cut off may be whole on the server by now.
pub(super) fn look_again(state: &mut State, out: &mut Vec<Effect>) {
    if let Some(id) = state.thread.id().map(str::to_owned) {
        start(state, items_request(id, Order::Desc, None), Purpose::Again, out);
    }
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

/// The thread is being left: nobody wants what was asked for it.
pub(super) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    for purpose in calls::leave_thread(state, out) {
        if let calls::Purpose::Load(Purpose::Meta(opening) | Purpose::Newest(opening, _)) = purpose {
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

/// What was asked for came, or it did not.
pub(super) fn answered(
    state: &mut State,
    purpose: Purpose,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    match purpose {
        Purpose::Meta(opening) => match misfits::answer::<Thread>(state, "threads.get_by_id", answer, out) {
            Ok(thread) => meta(state, opening, thread, out),
            Err(failure) => not_loaded(state, opening, &failure, out),
        },
        Purpose::Newest(opening, meta) => {
            match misfits::answer::<Page<ThreadItem>>(state, "items.list", answer, out) {
                Ok(page) => {
                    let older = older_than(above(&page));
                    arrived(state, opening, *meta, page.data.into_iter().rev().collect(), older, out);
                }
                Err(failure) => not_loaded(state, opening, &failure, out),
            }
        }
        Purpose::Again => {
            if let Ok(page) = misfits::answer::<Page<ThreadItem>>(state, "items.list", answer, out) {
                state.items.complete(page.data);
            }
        }
        Purpose::Older(after) => {
            match misfits::answer::<Page<ThreadItem>>(state, "items.list", answer, out) {
                Ok(page) => older(state, page, out),
                Err(failure) => {
                    state.older = Older::Failed(after);
                    report(&failure.problem(turn::at(state)), out);
                }
            }
        }
    }
}

/// What the thread is. The items that came with it are its oldest: they count when they are all.
fn meta(state: &mut State, opening: Opening, mut thread: Thread, out: &mut Vec<Effect>) {
    history::noticed(state, &thread);
    let items = std::mem::take(&mut thread.items);
    let meta = ThreadMeta::from(thread);
    if items.has_more {
        let request = items_request(meta.id.clone(), Order::Desc, None);
        start(state, request, Purpose::Newest(opening, Box::new(meta)), out);
    } else {
        arrived(state, opening, meta, items.data, Older::None, out);
    }
}

/// The page above the first shown item.
fn older(state: &mut State, page: Page<ThreadItem>, out: &mut Vec<Effect>) {
    let above = above(&page);
    let rest: Vec<_> = page.data.into_iter().rev().filter(is_shown).collect();
    let empty = rest.is_empty();
    state.older = Older::Coming { rest, above };
    show_slice(state, out);
    if empty {
        // Hidden items are taken out after the page is cut: an empty page does not mean the beginning.
        load_older(state, out);
    }
}

/// Shows the newest of what came and is not shown yet.
pub(super) fn show_slice(state: &mut State, out: &mut Vec<Effect>) {
    let Older::Coming { rest, above } = &mut state.older else { return };
    let slice = rest.split_off(rest.len().saturating_sub(SLICE));
    if rest.is_empty() {
        state.older = older_than(above.take());
    } else {
        out.push(Effect::StartTimer(Timer::Older, PAINTED));
    }
    let rows = rows(state, slice);
    state.items.prepend(rows);
    out.push(Effect::Scroll(ScrollTarget::KeepPosition));
}

/// The cursor for what is above this page.
fn above(page: &Page<ThreadItem>) -> Option<String> {
    let last = || page.data.last().map(|item| item.id().to_owned()).filter(|id| !id.is_empty());
    page.after.clone().or_else(last).filter(|_| page.has_more)
}

fn older_than(above: Option<String>) -> Older {
    above.map_or(Older::None, Older::Available)
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

/// Whether an item has a row: not a hidden one that a server let through, nor a message of the reader without anything in
/// it. Nobody here can draw an unknown one, but the reader is told that it is there.
pub(super) fn is_shown(item: &ThreadItem) -> bool {
    match item {
        ThreadItem::UserMessage(message) => {
            !message.content.is_empty() || !message.attachments.is_empty() || message.quoted_text.is_some()
        }
        ThreadItem::Unknown(value) => {
            value.as_object().is_some() && item.kind() != "user_message" && !item.is_hidden()
        }
        _ => !item.is_hidden(),
    }
}

/// Whether a sentence stands in place of an item.
pub(super) fn is_missing(item: &ThreadItem) -> bool {
    matches!(item, ThreadItem::Unknown(_))
}

/// Names for items that are shown, oldest first. Of the missing ones of a turn the first is enough.
pub(super) fn rows(state: &mut State, items: Vec<ThreadItem>) -> Vec<(ItemKey, ThreadItem)> {
    let mut said = false;
    let mut is_row = |item: &ThreadItem| {
        said &= !turn::is_user(item);
        is_shown(item) && !(is_missing(item) && std::mem::replace(&mut said, true))
    };
    let items: Vec<_> = items.into_iter().filter(|item| is_row(item)).collect();
    items.into_iter().map(|item| (ItemKey(state.fresh()), item)).collect()
}

fn not_loaded(state: &mut State, opening: Opening, failure: &Failure, out: &mut Vec<Effect>) {
    let problem = match (failure, &state.thread) {
        (Failure::Status { status: 404 | 410, .. }, OpenThread::Loading { id, .. }) => {
            Problem::ThreadMissing { thread: id.clone() }
        }
        _ => failure.problem(turn::at(state)),
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

/// Tells the page of a problem.
pub(super) fn report(problem: &Problem, out: &mut Vec<Effect>) {
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: problem.detail() }));
}
