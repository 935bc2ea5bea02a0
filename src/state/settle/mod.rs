//! Finding out what became of a request (a **lookup**).
//!
//! A request to the ChatKit server that failed without an answer may have been carried out. Sending it again
//! could store the message twice, so the conversation is read back first, unless the server is idempotent. A lookup that
//! fails says nothing. One that does not find what it looks for says that it is not there **yet**: a request that nobody
//! waits for any more may still arrive, held by a proxy or a queue. So the thread is read several times, and in the end the
//! reader decides.
//!
//! In a known thread the newest pages are read, back to what was there before. A lost `threads.create` is looked for among the newest threads that this element has never seen; one
//! counts as ours only if it holds our message and no other message of the reader. What a pending item waits for is in
//! `reply`, the answer to a stored message in `answer`.

mod answer;
mod reply;

use std::time::Duration;

use super::failure::Delivery;
use super::items::{Entry, EntryStatus};
use super::turn::{self, Ask, Fate, Phase, Repeat};
use super::{CallId, Effect, HostEvent, ItemKey, State, Turn, Wait, load, misfits, thread, waits};
use crate::json;
use crate::problem::Problem;
use crate::protocol::{
    ClientRequest, ListParams, Order, Page, Thread, ThreadItem, UserMessageContent, UserMessageInput,
    UserMessageItem, Wire,
};

/// How many of the newest threads can be the one that was just made.
const CANDIDATES: u32 = 5;

/// Pauses before the second and the following lookups. With the first, which comes after the pause of the retry policy,
/// they see a request that arrives ten seconds after its connection was lost.
const PAUSES: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(7)];

/// Pages of a thread that one lookup reads at most.
const PAGES: usize = 50;

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
    /// The newest items of the thread the message was sent to, and how many pages of them were read.
    Thread(String, usize),
    /// The newest items of the thread whose pending item was replied to.
    Reply,
    /// The newest items of the thread whose stored message has no answer yet.
    Answer,
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
    let Some(again) = failed.again.take() else { return };
    by_hand(state, again, out);
}

/// Asks again because the reader wants it: what cannot be found is sent.
pub(super) fn by_hand(state: &mut State, again: Repeat, out: &mut Vec<Effect>) {
    turn::begin(state, again, None, out);
    if let Turn::Active(turn) = &mut state.turn {
        turn.may_repeat = true;
    }
    turn::next_attempt(state, out);
}

/// Starts a lookup.
pub(super) fn start(state: &mut State, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.lookups += 1;
    let thread = turn.ask.thread().map(str::to_owned);
    match thread {
        Some(thread) => {
            let request = load::items_request(thread.clone(), Order::Desc, None);
            let step = match &turn.ask {
                Ask::Reply { .. } if turn.events == 0 || turn.lost.is_some() => Step::Reply,
                Ask::Reply { .. } | Ask::Answer { .. } | Ask::Message { fate: Fate::Stored { .. }, .. } => {
                    Step::Answer
                }
                Ask::Message { .. } | Ask::Action(_) => Step::Thread(thread, 1),
            };
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
    let limit = waits::limits(state).request;
    waits::start(state, Wait::Call(call), limit, out);
    out.push(Effect::Call { call, request: Box::new(request), idempotency_key: None });
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

/// The lookup failed, or could not be understood, which says nothing: there is another one, or the reader decides.
pub(super) fn failed(state: &mut State, out: &mut Vec<Effect>) {
    if !look_again(state, out) {
        undecided(state, out);
    }
}

/// Plans another lookup, if there is one left.
fn look_again(state: &mut State, out: &mut Vec<Effect>) -> bool {
    let Turn::Active(turn) = &state.turn else { return false };
    let pause = turn.lookups.checked_sub(1).and_then(|done| PAUSES.get(done)).copied();
    if let Some(pause) = pause {
        turn::wait(state, pause, true, out);
    }
    pause.is_some()
}

/// What was looked for is not there. It is sent again where it certainly is not on its way, or where the reader wants it.
fn not_found(state: &mut State, out: &mut Vec<Effect>) {
    let idempotent = state.is_idempotent();
    let Turn::Active(turn) = &state.turn else { return };
    let lost = turn.lost.as_ref().map(|lost| lost.delivery);
    let stored = matches!(turn.ask, Ask::Answer { .. } | Ask::Message { fate: Fate::Stored { .. }, .. });
    let repeat = match (lost, &turn.ask) {
        (Some(Delivery::Unknown), _) => true,
        // The server takes one reply to an item: a second one is refused.
        (_, Ask::Reply { .. }) => true,
        // An answer that broke off: the server is not at work on it any more, or would be found to have finished it.
        (Some(Delivery::Done), _) if stored => true,
        (lost, _) => idempotent && (lost.is_some() || !stored),
    };
    // Another answer deletes what came after the message: while one may still arrive, nobody asks for a second.
    let by_hand = turn.may_repeat && !(stored && lost == Some(Delivery::UnderWay));
    if by_hand || repeat {
        turn::repeat(state, out);
    } else if !look_again(state, out) {
        undecided(state, out);
    }
}

/// Nobody could find out: the reader decides.
fn undecided(state: &mut State, out: &mut Vec<Effect>) {
    let at = turn::at(state);
    let Turn::Active(turn) = &state.turn else { return };
    let lost = turn.lost.as_ref().map(|lost| lost.problem.clone());
    let problem = match (&turn.ask, lost) {
        (Ask::Message { fate: Fate::NotSent | Fate::Unknown, .. }, lost) => {
            let why = lost.map_or_else(|| "the page was left".to_owned(), |problem| problem.detail());
            Problem::NotCertain { at, why }
        }
        (_, Some(problem)) => problem,
        (_, None) => Problem::NoAnswer { at },
    };
    turn::give_up(state, problem, true, out);
}

/// A search's request was answered.
pub(super) fn answered(state: &mut State, step: Step, body: &str, out: &mut Vec<Effect>) {
    match step {
        Step::Thread(thread, pages) => match decode_page::<ThreadItem>(state, "items.list", body, out) {
            Some(page) if pages == 1 && emptied(state, &page) => thread_gone(state, thread, out),
            Some(page) => in_thread(state, thread, pages, page, out),
            None => failed(state, out),
        },
        Step::Reply => match decode_page::<ThreadItem>(state, "items.list", body, out) {
            Some(page) => reply::page_read(state, page.data, out),
            None => failed(state, out),
        },
        Step::Answer => match decode_page::<ThreadItem>(state, "items.list", body, out) {
            Some(page) => answer::page_read(state, page.data, out),
            None => failed(state, out),
        },
        Step::Threads => match decode_page::<Thread>(state, "threads.list", body, out) {
            Some(page) => {
                let known = |thread: &Thread| state.known_threads.get(&thread.id).is_some();
                let candidates = page.data.into_iter().filter(|thread| !known(thread)).collect();
                next_candidate(state, candidates, out);
            }
            None => failed(state, out),
        },
        Step::Candidate { thread, rest } => match decode_page::<ThreadItem>(state, "items.list", body, out) {
            Some(page) => candidate(state, *thread, rest, page.data, out),
            None => failed(state, out),
        },
    }
}

/// A page, if the body is one. `{"status": "ok"}` is none, and must not be taken for an empty one.
fn decode_page<T: Wire>(
    state: &mut State,
    of: &'static str,
    body: &str,
    out: &mut Vec<Effect>,
) -> Option<Page<T>> {
    let is_page = json::read(body).is_ok_and(|body| body.get("data").is_some());
    misfits::read(state, of, body, out).ok().filter(|_| is_page)
}

/// A page of the thread's newest items, newest first.
fn in_thread(state: &mut State, thread: String, pages: usize, page: Page<ThreadItem>, out: &mut Vec<Effect>) {
    let after = page.after.clone().filter(|_| page.has_more && pages < PAGES);
    let known = page.data.iter().any(|item| state.items.by_id(item.id()).is_some());
    match (newest_match(state, page.data), after) {
        (Some(item), _) => found(state, thread, item, out),
        // Others may have written meanwhile: it is looked for down to what was there before it.
        (None, Some(after)) if !known => {
            let request = load::items_request(thread.clone(), Order::Desc, Some(after));
            read(state, Step::Thread(thread, pages + 1), request, out);
        }
        (None, _) => not_found(state, out),
    }
}

fn next_candidate(state: &mut State, mut candidates: Vec<Thread>, out: &mut Vec<Effect>) {
    if candidates.is_empty() {
        return not_found(state, out);
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

fn thread_gone(state: &mut State, thread: String, out: &mut Vec<Effect>) {
    if let Turn::Active(turn) = &mut state.turn
        && let Ask::Message { fate, .. } = &mut turn.ask
    {
        *fate = Fate::NotSent;
    }
    turn::give_up(state, Problem::ThreadMissing { thread }, true, out);
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

pub(super) fn same_message(input: &UserMessageInput, stored: &UserMessageItem) -> bool {
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
    confirm(state, thread.clone(), item_id.clone(), item);
    let key = state.idempotency_key();
    if let Turn::Active(turn) = &mut state.turn {
        // Another request than the one that was lost.
        turn.ask = Ask::Answer { thread, item_id };
        turn.idempotency_key = key;
    }
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
