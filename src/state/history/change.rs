//! Renaming and deleting threads. A title is shown at once and taken back to the field if it could not be saved; a
//! thread goes when the server says that it is gone.

use super::{Doing, HistoryRow, Purpose, listing};
use crate::protocol::{ClientRequest, Thread, decode_response};
use crate::state::calls::{self, accepted};
use crate::state::{Effect, Failure, OpenThread, State, load, thread, turn};

/// The row at which an answer of the reader is awaited.
fn asking(state: &mut State) -> Option<&mut HistoryRow> {
    state.history.rows.iter_mut().find(|row| row.doing.asks())
}

/// Takes back what is being asked.
pub(super) fn cancel(state: &mut State) {
    while let Some(row) = asking(state) {
        row.doing = Doing::Nothing;
    }
}

/// The row of a thread that nothing is done with, once no other asks.
fn idle<'a>(state: &'a mut State, id: &str) -> Option<&'a mut HistoryRow> {
    cancel(state);
    listing::find(&mut state.history.rows, id).filter(|row| row.doing == Doing::Nothing)
}

/// Opens the field for another title.
pub(super) fn ask_title(state: &mut State, id: &str) {
    let allowed = state.config.as_ref().is_some_and(|config| config.history.show_rename);
    if let Some(row) = idle(state, id).filter(|_| allowed) {
        row.doing = Doing::Renaming { title: row.title.clone().unwrap_or_default(), failed: false };
    }
}

/// Asks whether the thread is to be deleted.
pub(super) fn ask_deletion(state: &mut State, id: &str) {
    let allowed = state.config.as_ref().is_some_and(|config| config.history.show_delete);
    if let Some(row) = idle(state, id).filter(|_| allowed) {
        row.doing = Doing::Asking { failed: false };
    }
}

/// The reader writes the title.
pub(super) fn title(state: &mut State, text: String) {
    if let Some(HistoryRow { doing: Doing::Renaming { title, .. }, .. }) = asking(state) {
        *title = text;
    }
}

/// Saves the title. An empty one, or the one it has, changes nothing.
pub(super) fn save(state: &mut State, out: &mut Vec<Effect>) {
    let Some(row) = asking(state) else { return };
    let Doing::Renaming { title, .. } = &row.doing else { return };
    let title = title.trim().to_owned();
    if title.is_empty() || row.title.as_ref() == Some(&title) {
        row.doing = Doing::Nothing;
        return;
    }
    row.doing = Doing::Saving { title: title.clone() };
    let id = row.id.clone();
    let request = ClientRequest::ThreadsUpdate { thread_id: id.clone(), title: title.clone() };
    calls::start(state, request, calls::Purpose::History(Purpose::Rename { id, title }), out);
}

/// The title was saved, or it was not.
pub(super) fn renamed(
    state: &mut State,
    id: &str,
    title: String,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    let stored = answer.as_ref().ok().and_then(|body| decode_response::<Thread>(body).ok());
    let result = accepted(answer);
    if let Some(row) = listing::find(&mut state.history.rows, id) {
        row.doing = match &result {
            Ok(_) => Doing::Nothing,
            Err(_) => Doing::Renaming { title: title.clone(), failed: true },
        };
    }
    match (result, stored) {
        // The answer of a server that renames otherwise than it was told is the truth.
        (Ok(()), Some(thread)) => {
            super::noticed(state, &thread);
            thread::update(state, thread);
        }
        // A server that only says that it is done did what it was told.
        (Ok(()), None) => thread::renamed(state, id, title),
        (Err(failure), _) => load::report(&failure.problem(turn::at(state)), out),
    }
}

/// The reader said yes.
pub(super) fn delete(state: &mut State, out: &mut Vec<Effect>) {
    let Some(row) = asking(state) else { return };
    if !matches!(row.doing, Doing::Asking { .. }) {
        return;
    }
    row.doing = Doing::Deleting;
    let id = row.id.clone();
    if state.thread.id() == Some(id.as_str()) {
        // An answer that goes on would write into a thread that is being deleted.
        turn::stop(state, out);
    }
    let request = ClientRequest::ThreadsDelete { thread_id: id.clone() };
    calls::start(state, request, calls::Purpose::History(Purpose::Delete(id)), out);
}

/// The thread is gone, or it is not.
pub(super) fn deleted(state: &mut State, id: &str, answer: Result<String, Failure>, out: &mut Vec<Effect>) {
    match accepted(answer) {
        Ok(_) | Err(Failure::Status { status: 404 | 410, .. }) => {
            state.history.rows.retain(|row| row.id != id);
            let is_open = match &state.thread {
                OpenThread::Loading { id: open, .. } => open == id,
                OpenThread::New | OpenThread::Loaded(_) => state.thread.id() == Some(id),
            };
            if is_open {
                thread::new_thread(state, out);
            }
        }
        Err(failure) => {
            if let Some(row) = listing::find(&mut state.history.rows, id) {
                row.doing = Doing::Asking { failed: true };
            }
            load::report(&failure.problem(turn::at(state)), out);
        }
    }
}
