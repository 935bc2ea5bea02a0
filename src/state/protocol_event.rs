//! Stream events applied to the state, one arm an event (ChatKit protocol §5.3–5.4).
//!
//! Nothing a server sends is fatal: what is unknown, late or makes no sense is left out and said in a
//! `chatkit.log`, without message text.

use super::items::EntryStatus;
use super::turn::{Ask, Fate};
use super::{Effect, HostEvent, ItemKey, State, Turn, settle, thread};
use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{
    DecodeError, ErrorCode, ErrorEvent, ThreadItem, ThreadItemUpdate, ThreadStreamEvent, describe_unknown,
};

/// How many notices stay on screen; older ones make room.
const MAX_NOTICES: usize = 5;

/// Applies one event of the active turn's stream.
pub(super) fn apply(state: &mut State, event: ThreadStreamEvent, out: &mut Vec<Effect>) {
    match event {
        ThreadStreamEvent::ThreadCreated { thread, .. } => {
            let id = thread.id.clone();
            thread::adopt(state, thread);
            if let Turn::Active(turn) = &mut state.turn
                && let Ask::Message { thread, .. } = &mut turn.ask
            {
                // Should the stream break now, the message is to be looked for, and sent, there.
                *thread = Some(id.clone());
            }
            out.push(Effect::Emit(HostEvent::ThreadChange(Some(id))));
        }
        ThreadStreamEvent::ThreadUpdated { thread, .. } => thread::update(state, thread),
        ThreadStreamEvent::ThreadItemAdded { item, .. } => added(state, item, out),
        ThreadStreamEvent::ThreadItemUpdated { item_id, update, .. } => updated(state, &item_id, update, out),
        ThreadStreamEvent::ThreadItemDone { item, .. } => done(state, item, out),
        ThreadStreamEvent::ThreadItemRemoved { item_id, .. } => {
            if let Some(key) = row(state, &item_id) {
                state.items.remove(key);
            }
        }
        ThreadStreamEvent::ThreadItemReplaced { item, .. } => done(state, item, out),
        ThreadStreamEvent::StreamOptions { stream_options, .. } => {
            if let Turn::Active(turn) = &mut state.turn {
                turn.allow_cancel = stream_options.allow_cancel;
            }
        }
        ThreadStreamEvent::ProgressUpdate(progress) => state.progress = Some(progress),
        ThreadStreamEvent::ClientEffect(effect) => {
            out.push(Effect::Emit(HostEvent::Effect { name: effect.name, data: Json::Object(effect.data) }));
        }
        ThreadStreamEvent::Notice(notice) => {
            state.notices.push(notice);
            if state.notices.len() > MAX_NOTICES {
                state.notices.remove(0);
            }
        }
        ThreadStreamEvent::Error(event) => error(state, event),
        ThreadStreamEvent::Unknown(value) => {
            log(out, "event.unknown", Json::object([("what", Json::String(describe_unknown(&value)))]))
        }
    }
}

/// A frame that is no event.
pub(super) fn bad_frame(state: &State, error: &DecodeError, out: &mut Vec<Effect>) {
    let problem = Problem::BadFrame { at: super::turn::at(state), what: error.to_string() };
    out.push(Effect::Console(super::ConsoleLevel::Warn, problem.detail()));
    log(out, "stream.badFrame", Json::object([]));
}

fn log(out: &mut Vec<Effect>, name: &'static str, data: Json) {
    out.push(Effect::Emit(HostEvent::Log { name, data }));
}

/// The row an id means in the active stream: what this stream added under it, else the newest shown item.
fn row(state: &State, id: &str) -> Option<ItemKey> {
    if let Turn::Active(turn) = &state.turn
        && let Some(key) = turn.rows.get(id)
    {
        return Some(*key);
    }
    state.items.by_id(id).map(|entry| entry.key)
}

fn remember_row(state: &mut State, id: &str, key: ItemKey) {
    if let Turn::Active(turn) = &mut state.turn {
        turn.rows.insert(id.to_owned(), key);
    }
}

fn added(state: &mut State, item: ThreadItem, out: &mut Vec<Effect>) {
    if !showable(&item, out) {
        return;
    }
    let of_this_stream = match &state.turn {
        Turn::Active(turn) => turn.rows.get(item.id()).copied(),
        _ => None,
    };
    match of_this_stream {
        Some(key) => state.items.replace(key, item, EntryStatus::Pending),
        None => {
            // An id that is already shown from an earlier turn is one of those that every message gets
            // (`__fake_id__`): it is a new item all the same.
            let key = ItemKey(state.fresh());
            remember_row(state, item.id(), key);
            state.items.push(key, item, EntryStatus::Pending);
        }
    }
    answer_came(state);
}

fn done(state: &mut State, item: ThreadItem, out: &mut Vec<Effect>) {
    if !showable(&item, out) {
        return;
    }
    if matches!(item, ThreadItem::UserMessage(_)) && confirmed(state, &item) {
        return;
    }
    match row(state, item.id()) {
        Some(key) => state.items.replace(key, item, EntryStatus::Done),
        None => {
            let key = ItemKey(state.fresh());
            remember_row(state, item.id(), key);
            state.items.push(key, item, EntryStatus::Done);
        }
    }
    answer_came(state);
}

/// Whether this is the reader's message coming back from the server.
fn confirmed(state: &mut State, item: &ThreadItem) -> bool {
    let Some(thread) = state.thread.id().map(str::to_owned) else { return false };
    let id = item.id().to_owned();
    settle::confirm(state, thread, id, item.clone()).is_some()
}

/// Marks the turn as answered once there is something to read, and takes the progress line away for it.
fn answer_came(state: &mut State) {
    let Turn::Active(turn) = &mut state.turn else { return };
    let seen = |key: &ItemKey| state.items.get(*key).is_some_and(super::Entry::is_answer);
    if turn.answered || !turn.rows.values().any(seen) {
        return;
    }
    turn.answered = true;
    state.progress = None;
    // An answer to a message that was never echoed: the server has it, under an id we were not told.
    if let Ask::Message { key, fate: Fate::NotSent | Fate::Unknown, .. } = &turn.ask {
        let key = *key;
        state.items.set_status(key, EntryStatus::Done);
    }
}

/// Hidden items are never shown, unknown ones cannot be.
fn showable(item: &ThreadItem, out: &mut Vec<Effect>) -> bool {
    if let ThreadItem::Unknown(value) = item {
        log(out, "item.unknown", Json::object([("what", Json::String(describe_unknown(value)))]));
        return false;
    }
    !item.is_hidden()
}

fn updated(state: &mut State, id: &str, update: ThreadItemUpdate, out: &mut Vec<Effect>) {
    if let ThreadItemUpdate::Unknown(value) = &update {
        return log(out, "update.unknown", Json::object([("what", Json::String(describe_unknown(value)))]));
    }
    let Some(entry) = row(state, id).and_then(|key| state.items.get_mut(key)) else {
        return log(out, "update.unknownItem", Json::object([("item_id", id.into())]));
    };
    let applied = match update {
        ThreadItemUpdate::ContentPartTextDelta { content_index, delta, .. } => {
            entry.append(content_index, &delta)
        }
        ThreadItemUpdate::ContentPartAdded { content_index, content, .. }
        | ThreadItemUpdate::ContentPartDone { content_index, content, .. } => {
            entry.set_part(content_index, content)
        }
        ThreadItemUpdate::ContentPartAnnotationAdded {
            content_index, annotation_index, annotation, ..
        } => entry.annotate(content_index, annotation_index, annotation),
        // Widgets, workflows and images are drawn from `thread.item.done`, which always repeats them whole.
        _ => true,
    };
    if !applied {
        log(out, "update.rejected", Json::object([("item_id", id.into())]));
    }
    answer_came(state);
}

/// The stream may go on after it, so it is only remembered here; the end of the stream acts on it.
fn error(state: &mut State, event: ErrorEvent) {
    let Turn::Active(turn) = &mut state.turn else { return };
    let ErrorEvent { code, message, allow_retry, .. } = event;
    let problem = match (code, message) {
        (ErrorCode::Custom, Some(text)) => Problem::ServerMessage { text, allow_retry },
        (code, _) => Problem::StreamError { code: code.as_str().to_owned(), allow_retry },
    };
    turn.error = Some((problem, allow_retry));
}
