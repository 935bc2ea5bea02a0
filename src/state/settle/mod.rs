//! Finding out whether a message arrived.
//!
//! A request to the ChatKit server that failed without an answer may have been carried out. Sending it again
//! could store the message twice, so the conversation is read back first. In a known thread that is its newest
//! page. A lost `threads.create` is looked for among the newest threads that this element has never seen; one
//! counts as ours only if it holds our message and no other message of the reader. The same goes for what a pending item
//! waits for, see `reply`.

mod reply;

use super::items::{Entry, EntryStatus};
use super::turn::{self, Ask, Fate, Phase};
use super::{CallId, Effect, Failure, HostEvent, ItemKey, State, Turn, load, misfits, thread};
use crate::protocol::{
    ClientRequest, ListParams, Order, Page, Thread, ThreadItem, UserMessageContent, UserMessageInput,
    UserMessageItem,
};

/// How many of the newest threads can be the one that was just made.
const CANDIDATES: u32 = 5;

/// A search at work.
#[derive(Clone, Debug, PartialEq)]
pub struct Settle {
    /// The request at work.
    pub call: CallId,
    /// What it reads.
    pub step: Step,
}

/// What is being read.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The newest items of the thread the message was sent to.
    Thread(String),
    /// The newest items of the thread whose pending item was replied to.
    Reply,
    /// The newest threads.
    Threads,
    /// The items of a thread that may be the new one, and the threads to look at after it.
    Candidate {
        /// The thread being read.
        thread: Box<Thread>,
        /// Those still to be read.
        rest: Vec<Thread>,
    },
}

/// The Retry button.
pub(super) fn retry_by_hand(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Failed(failed) = &mut state.turn else { return };
    let Some(ask) = failed.again.take() else { return };
    turn::begin(state, ask, None, out);
    turn::next_attempt(state, out);
}

/// Starts reading back.
pub(super) fn start(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    let thread = turn.ask.thread().map(str::to_owned);
    let is_reply = matches!(turn.ask, Ask::Reply { .. });
    match thread {
        Some(thread) => {
            let request = load::items_request(thread.clone(), Order::Desc, None);
            let step = if is_reply { Step::Reply } else { Step::Thread(thread) };
            read(state, step, request, out);
        }
        None => {
            let request =
                ClientRequest::ThreadsList(ListParams { limit: Some(CANDIDATES), ..ListParams::default() });
            read(state, Step::Threads, request, out);
        }
    }
}

fn read(state: &mut State, step: Step, request: ClientRequest, out: &mut Vec<Effect>) {
    let call = CallId(state.fresh());
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.phase = Phase::Settling(Settle { call, step });
    out.push(Effect::Call { call, request: Box::new(request) });
}

/// Whether this answer belongs to a search at work; the step it answers.
pub(super) fn step_of(state: &State, call: CallId) -> Option<Step> {
    match &state.turn {
        Turn::Active(turn) => match &turn.phase {
            Phase::Settling(settle) if settle.call == call => Some(settle.step.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// A search's request failed: an attempt of the turn failed.
pub(super) fn failed(state: &mut State, failure: &Failure, out: &mut Vec<Effect>) {
    turn::failed(state, failure, out);
}

/// A search's request was answered.
pub(super) fn answered(state: &mut State, step: Step, body: &str, out: &mut Vec<Effect>) {
    match step {
        Step::Thread(thread) => match misfits::read::<Page<ThreadItem>>(state, "items.list", body, out) {
            Ok(page) if emptied(state, &page) => failed(state, &thread_gone(), out),
            Ok(page) => match newest_match(state, page.data) {
                Some(item) => found(state, thread, item, out),
                None => turn::not_stored(state, out),
            },
            Err(error) => failed(state, &Failure::Undecodable(error), out),
        },
        Step::Reply => match misfits::read::<Page<ThreadItem>>(state, "items.list", body, out) {
            Ok(page) => reply::page_read(state, page.data, out),
            Err(error) => failed(state, &Failure::Undecodable(error), out),
        },
        Step::Threads => match misfits::read::<Page<Thread>>(state, "threads.list", body, out) {
            Ok(page) => {
                let known = |thread: &Thread| state.known_threads.get(&thread.id).is_some();
                let candidates = page.data.into_iter().filter(|thread| !known(thread)).collect();
                next_candidate(state, candidates, out);
            }
            Err(error) => failed(state, &Failure::Undecodable(error), out),
        },
        Step::Candidate { thread, rest } => {
            match misfits::read::<Page<ThreadItem>>(state, "items.list", body, out) {
                Ok(page) => candidate(state, *thread, rest, page.data, out),
                Err(error) => failed(state, &Failure::Undecodable(error), out),
            }
        }
    }
}

fn next_candidate(state: &mut State, mut candidates: Vec<Thread>, out: &mut Vec<Effect>) {
    if candidates.is_empty() {
        return turn::not_stored(state, out);
    }
    let thread = candidates.remove(0);
    let request = load::items_request(thread.id.clone(), Order::Asc, None);
    read(state, Step::Candidate { thread: Box::new(thread), rest: candidates }, request, out);
}

fn candidate(
    state: &mut State,
    thread: Thread,
    rest: Vec<Thread>,
    items: Vec<ThreadItem>,
    out: &mut Vec<Effect>,
) {
    let mut users: Vec<ThreadItem> = items.into_iter().filter(turn::is_user).collect();
    let ours = users.len() == 1 && users.first().is_some_and(|item| is_ours(state, item));
    if !ours {
        // Not looked at again, and never mistaken later.
        state.known_threads.insert(thread.id, ());
        return next_candidate(state, rest, out);
    }
    if let Some(item) = users.pop() {
        let id = thread.id.clone();
        thread::adopt(state, thread);
        out.push(Effect::Emit(HostEvent::ThreadChange(Some(id.clone()))));
        found(state, id, item, out);
    }
}

/// Whether a thread that had items has none any more. Of a thread that was deleted the SDK says nothing but this: it
/// cuts the stream of a message to it before the first event, and lists its items as an empty page (ChatKit protocol
/// §5.5, §6.3).
fn emptied(state: &State, page: &Page<ThreadItem>) -> bool {
    let stored = |entry: &Entry| entry.status == EntryStatus::Done && !entry.item.id().is_empty();
    page.data.is_empty() && !page.has_more && state.items.iter().any(stored)
}

/// What other servers say of such a thread.
fn thread_gone() -> Failure {
    Failure::Status { status: 404, retry_after: None, body: "the thread has no items any more".to_owned() }
}

/// The message in a page of the thread's newest items (newest first): only rows that were not on screen when the
/// message was sent can be it, since the reader may well say the same thing twice.
fn newest_match(state: &State, page: Vec<ThreadItem>) -> Option<ThreadItem> {
    page.into_iter()
        .take_while(|item| state.items.by_id(item.id()).is_none())
        .find(|item| is_ours(state, item))
}

fn is_ours(state: &State, item: &ThreadItem) -> bool {
    let Turn::Active(turn) = &state.turn else { return false };
    match (&turn.ask, item) {
        (Ask::Message { input, .. }, ThreadItem::UserMessage(stored)) => same_message(input, stored),
        _ => false,
    }
}

fn same_message(input: &UserMessageInput, stored: &UserMessageItem) -> bool {
    let attachments = stored.attachments.iter().map(|attachment| attachment.id());
    // Compared by what was said, since a server may add fields to what it echoes.
    input
        .content
        .iter()
        .map(UserMessageContent::as_text)
        .eq(stored.content.iter().map(UserMessageContent::as_text))
        && input.quoted_text == stored.quoted_text
        && input.attachments.iter().map(String::as_str).eq(attachments)
}

/// It did arrive: the answer is asked for, the message is not sent again.
fn found(state: &mut State, thread: String, item: ThreadItem, out: &mut Vec<Effect>) {
    let item_id = item.id().to_owned();
    confirm(state, thread, item_id, item);
    turn::request(state, out);
}

/// The server has the message: its row becomes the stored item. Returns the row.
pub(super) fn confirm(
    state: &mut State,
    thread: String,
    item_id: String,
    item: ThreadItem,
) -> Option<ItemKey> {
    let Turn::Active(turn) = &mut state.turn else { return None };
    let Ask::Message { key, fate, .. } = &mut turn.ask else { return None };
    if matches!(fate, Fate::Stored { .. }) {
        return None;
    }
    *fate = Fate::Stored { thread, item_id };
    let key = *key;
    state.items.replace(key, item, EntryStatus::Done);
    Some(key)
}
