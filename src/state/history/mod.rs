//! The reader's past threads, in a panel over the conversation (ChatKit protocol §3, §6.3).
//!
//! - The **listing** is how much of the list is known; its **rows** are the threads in it, newest first.
//! - A row is **doing** at most one thing: being renamed, being deleted, or neither. What is asked of the reader
//!   (a title, a yes) is asked at one row at a time.
//!
//! The list is read anew whenever the panel opens, because other tabs and the server change it. What was known
//! before stays on screen meanwhile.

mod change;
mod listing;

pub use listing::Listing;

use super::{Effect, Failure, HostCall, HostEvent, Rejection, State, load, thread};
use crate::json::Json;
use crate::protocol::Thread;

/// The list and what the reader does with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Whether the panel is shown.
    pub open: bool,
    /// How much of the list is known.
    pub listing: Listing,
    /// The known threads, newest first.
    pub rows: Vec<HistoryRow>,
}

/// One past thread.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryRow {
    /// The server's id.
    pub id: String,
    /// Its title; threads begin without one.
    pub title: Option<String>,
    /// When it began, as the server writes it: its local time. Not for comparing with the reader's clock.
    pub created_at: String,
    /// What the reader does with it.
    pub doing: Doing,
}

/// What the reader does with a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Doing {
    /// Nothing.
    #[default]
    Nothing,
    /// Writing another title.
    Renaming {
        /// What is in the field.
        title: String,
        /// Whether it could not be saved before.
        failed: bool,
    },
    /// The new title is on its way to the server, and shown already.
    Saving {
        /// The new title.
        title: String,
    },
    /// Deciding whether it is to be deleted.
    Asking {
        /// Whether it could not be deleted before.
        failed: bool,
    },
    /// The server is deleting it.
    Deleting,
}

impl Doing {
    /// Whether an answer of the reader is awaited.
    fn asks(&self) -> bool {
        matches!(self, Doing::Renaming { .. } | Doing::Asking { .. })
    }
}

/// What a reader can do with the history. Threads are named by their id; what names a thread that is gone
/// does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryAction {
    /// The history button.
    Open,
    /// The way back to the conversation.
    Close,
    /// More of the list: its end came into view, or "Try again".
    More,
    /// A thread was chosen.
    Pick(String),
    /// The Rename button of a row.
    Rename(String),
    /// The new title is now this, so far.
    Title(String),
    /// The new title is to be kept.
    Save,
    /// The Delete button of a row.
    Delete(String),
    /// Yes, delete it.
    Confirm,
    /// No new title, no deletion.
    Cancel,
}

/// What a request of the history is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// The page of the list after this cursor.
    Page(Option<String>),
    /// A new title for a thread.
    Rename {
        /// The thread.
        id: String,
        /// The title.
        title: String,
    },
    /// The end of a thread.
    Delete(String),
}

impl Purpose {
    /// A title is the same however often it is set. A second deletion of the same thread may be an error.
    pub(super) fn repeats(&self) -> bool {
        match self {
            Purpose::Page(_) | Purpose::Rename { .. } => true,
            Purpose::Delete(_) => false,
        }
    }
}

/// Applies what the reader did.
pub(super) fn user(state: &mut State, action: HistoryAction, out: &mut Vec<Effect>) {
    match action {
        HistoryAction::Open => open(state, out),
        HistoryAction::Close => close(state, out),
        HistoryAction::More => listing::more(state, out),
        HistoryAction::Pick(id) => pick(state, id, out),
        HistoryAction::Rename(id) => change::ask_title(state, &id),
        HistoryAction::Title(title) => change::title(state, title),
        HistoryAction::Save => change::save(state, out),
        HistoryAction::Delete(id) => change::ask_deletion(state, &id),
        HistoryAction::Confirm => change::delete(state, out),
        HistoryAction::Cancel => change::cancel(state),
    }
}

/// `showHistory()`
pub(super) fn show(state: &mut State, call: HostCall, out: &mut Vec<Effect>) {
    let answer = match is_enabled(state) {
        true => {
            open(state, out);
            Ok(())
        }
        false => Err(Rejection::Failed(
            "showHistory: the history is switched off; set the option history.enabled to true".to_owned(),
        )),
    };
    out.push(Effect::Answer(call, answer));
}

/// `hideHistory()`
pub(super) fn hide(state: &mut State, call: HostCall, out: &mut Vec<Effect>) {
    close(state, out);
    out.push(Effect::Answer(call, Ok(())));
}

/// The options may have switched it off.
pub(super) fn configured(state: &mut State, out: &mut Vec<Effect>) {
    if !is_enabled(state) {
        close(state, out);
    }
}

fn is_enabled(state: &State) -> bool {
    state.config.as_ref().is_some_and(|config| config.history.enabled)
}

fn open(state: &mut State, out: &mut Vec<Effect>) {
    if state.history.open || !is_enabled(state) {
        return;
    }
    state.history.open = true;
    listing::read_anew(state, out);
    out.push(Effect::Emit(HostEvent::HistoryOpen));
    log("history.open", out);
}

/// Shows the conversation again.
pub(super) fn close(state: &mut State, out: &mut Vec<Effect>) {
    if !state.history.open {
        return;
    }
    state.history.open = false;
    change::cancel(state);
    out.push(Effect::Emit(HostEvent::HistoryClose));
    log("history.close", out);
}

fn log(name: &'static str, out: &mut Vec<Effect>) {
    out.push(Effect::Emit(HostEvent::Log { name, data: Json::Null }));
}

fn pick(state: &mut State, id: String, out: &mut Vec<Effect>) {
    close(state, out);
    if state.thread.id() != Some(id.as_str()) {
        load::open(state, id, None, out);
    }
}

/// The New chat button, in the header or above the list.
pub(super) fn new_chat(state: &mut State, out: &mut Vec<Effect>) {
    close(state, out);
    thread::new_thread(state, out);
    log("newChat.create", out);
    // The button goes with the conversation it left, and who pressed it wants to write.
    out.push(Effect::FocusComposer);
}

/// A thread is as it is now: so is its row.
pub(super) fn noticed(state: &mut State, thread: &Thread) {
    if let Some(row) = listing::find(&mut state.history.rows, &thread.id) {
        row.title.clone_from(&thread.title);
    }
}

/// A thread has another title: so has its row.
pub(super) fn renamed(state: &mut State, id: &str, title: &str) {
    if let Some(row) = listing::find(&mut state.history.rows, id) {
        row.title = Some(title.to_owned());
    }
}

/// A thread was just made: it is the newest.
pub(super) fn made(state: &mut State, thread: &Thread) {
    listing::made(&mut state.history, thread);
}

/// What was asked for came, or it did not.
pub(super) fn answered(
    state: &mut State,
    purpose: Purpose,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    match purpose {
        Purpose::Page(after) => listing::arrived(state, after, answer, out),
        Purpose::Rename { id, title } => change::renamed(state, &id, title, answer, out),
        Purpose::Delete(id) => change::deleted(state, &id, answer, out),
    }
}
