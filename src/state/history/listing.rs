//! Reading the list, page by page.

use super::{Doing, History, HistoryRow, Purpose};
use crate::protocol::{ClientRequest, ListParams, Order, Page, Thread};
use crate::state::{Effect, Failure, State, calls, load, misfits, turn};

/// Threads a page: more than the tallest panel shows.
const PAGE: u32 = 50;

/// How much of the list is known. A cursor is the `after` of its page; the first page has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    /// Nobody asked yet.
    #[default]
    Unknown,
    /// The page after this cursor is on its way.
    Loading(Option<String>),
    /// The page after this cursor did not come.
    Failed(Option<String>),
    /// There is more after this cursor.
    More(String),
    /// All of it.
    Whole,
}

/// Reads the first page, unless a page is on its way.
pub(super) fn read_anew(state: &mut State, out: &mut Vec<Effect>) {
    if !matches!(state.history.listing, Listing::Loading(_)) {
        read(state, None, out);
    }
}

/// Reads what comes after the known rows, or what did not come.
pub(super) fn more(state: &mut State, out: &mut Vec<Effect>) {
    match state.history.listing.clone() {
        Listing::Failed(after) => read(state, after, out),
        Listing::More(after) => read(state, Some(after), out),
        Listing::Unknown | Listing::Loading(_) | Listing::Whole => {}
    }
}

fn read(state: &mut State, after: Option<String>, out: &mut Vec<Effect>) {
    state.history.listing = Listing::Loading(after.clone());
    let page = ListParams { limit: Some(PAGE), order: Order::Desc, after: after.clone() };
    calls::start(state, ClientRequest::ThreadsList(page), calls::Purpose::History(Purpose::Page(after)), out);
}

/// A page came, or it did not.
pub(super) fn arrived(
    state: &mut State,
    after: Option<String>,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    let page = match misfits::answer::<Page<Thread>>(state, "threads.list", answer, out) {
        Ok(page) => page,
        Err(failure) => {
            state.history.listing = Listing::Failed(after);
            return load::report(&failure.problem(turn::at(state)), out);
        }
    };
    let last = page.data.last().map(|thread| thread.id.clone());
    let history = &mut state.history;
    if after.is_none() {
        let before = std::mem::take(&mut history.rows);
        history.rows = page.data.into_iter().map(|thread| row(thread, &before)).collect();
    } else {
        for thread in page.data {
            // A cursor may overlap, and a thread made meanwhile moves all others on.
            if find(&mut history.rows, &thread.id).is_none() {
                history.rows.push(row(thread, &[]));
            }
        }
    }
    let next = page.after.or(last).filter(|_| page.has_more);
    history.listing = next.map_or(Listing::Whole, Listing::More);
    if history.rows.is_empty() {
        // A server may leave rows out after the page is cut: an empty page does not mean the end.
        more(state, out);
    }
}

/// A thread as a row, which goes on doing what it did.
fn row(thread: Thread, before: &[HistoryRow]) -> HistoryRow {
    let doing = before.iter().find(|row| row.id == thread.id).map(|row| row.doing.clone());
    HistoryRow {
        id: thread.id,
        title: thread.title,
        created_at: thread.created_at,
        doing: doing.unwrap_or_default(),
    }
}

/// The row of a thread.
pub(super) fn find<'a>(rows: &'a mut [HistoryRow], id: &str) -> Option<&'a mut HistoryRow> {
    rows.iter_mut().find(|row| row.id == id)
}

/// A thread was just made. Before the list was read there is nothing to put it on top of.
pub(super) fn made(history: &mut History, thread: &Thread) {
    if history.listing != Listing::Unknown && find(&mut history.rows, &thread.id).is_none() {
        history.rows.insert(0, row(thread.clone(), &[]));
    }
}

impl HistoryRow {
    /// The title to show, which may not be saved yet; `None` for a thread that has none.
    pub fn shown_title(&self) -> Option<&str> {
        match &self.doing {
            Doing::Saving { title } => Some(title),
            _ => self.title.as_deref().filter(|title| !title.trim().is_empty()),
        }
    }
}
