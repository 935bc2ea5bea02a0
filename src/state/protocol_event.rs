//! Stream events applied to the state, one arm an event (ChatKit protocol §5.3–5.4).
//!
//! Nothing a server sends is fatal: what is unknown, late or makes no sense is left out and said in a
//! `chatkit.log`, without message text.

use super::items::{Entry, EntryStatus};
use super::turn::{Ask, Fate};
use super::{Effect, HostEvent, ItemKey, State, Turn, again, notices, settle, thread};
use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{
    DecodeError, ErrorCode, ErrorEvent, ThreadItem, ThreadItemUpdate, ThreadStreamEvent, describe_unknown,
};

/// Applies one event of the active turn's stream.
pub(super) fn apply(state: &mut State, event: ThreadStreamEvent, out: &mut Vec<Effect>) {
    again::acted(state);
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
                turn.allow_cancel = Some(stream_options.allow_cancel);
            }
        }
        ThreadStreamEvent::ProgressUpdate(progress) => state.progress = Some(progress),
        ThreadStreamEvent::ClientEffect(effect) => {
            acted(state);
            out.push(Effect::Emit(HostEvent::Effect { name: effect.name, data: Json::Object(effect.data) }));
        }
        ThreadStreamEvent::Notice(notice) => {
            acted(state);
            notices::add(state, notice);
        }
        ThreadStreamEvent::Error(event) => error(state, event),
        ThreadStreamEvent::Unknown(value) => {
            log(out, "event.unknown", Json::object([("what", Json::String(describe_unknown(&value)))]))
        }
    }
}

/// The server did something besides words that answers the reader.
fn acted(state: &mut State) {
    if let Turn::Active(turn) = &mut state.turn {
        turn.acted = true;
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
    // An id that is already shown from an earlier turn is one of those that every message gets (`__fake_id__`): it is
    // a new item all the same.
    put(state, of_this_stream, item, EntryStatus::Pending);
}

fn done(state: &mut State, item: ThreadItem, out: &mut Vec<Effect>) {
    if !showable(&item, out) {
        return;
    }
    if matches!(item, ThreadItem::UserMessage(_)) && confirmed(state, &item) {
        return;
    }
    if matches!(item, ThreadItem::EndOfTurn(_)) {
        acted(state);
    }
    let row = row(state, item.id());
    put(state, row, item, EntryStatus::Done);
}

/// Shows an item in its row, or in a new one at the end.
fn put(state: &mut State, row: Option<ItemKey>, item: ThreadItem, status: EntryStatus) {
    let key = match row {
        Some(key) => {
            state.items.replace(key, item, status);
            key
        }
        None => {
            let key = ItemKey(state.fresh());
            remember_row(state, item.id(), key);
            state.items.push(key, item, status);
            key
        }
    };
    arrived(state, key);
}

/// Whether this is the reader's message coming back from the server.
fn confirmed(state: &mut State, item: &ThreadItem) -> bool {
    let Some(thread) = state.thread.id().map(str::to_owned) else { return false };
    let id = item.id().to_owned();
    settle::confirm(state, thread, id, item.clone()).is_some()
}

/// Something of an item came: the progress line makes room for what it announced, and the turn is answered once there
/// is something to read.
fn arrived(state: &mut State, key: ItemKey) {
    let Some(entry) = state.items.get(key) else { return };
    if entry.ends_progress() {
        state.progress = None;
    }
    let is_answer = entry.is_answer();
    let Turn::Active(turn) = &mut state.turn else { return };
    if turn.answered || !is_answer || !turn.rows.values().any(|row| *row == key) {
        return;
    }
    turn.answered = true;
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
    let Some((key, entry)) = row(state, id).and_then(|key| Some((key, state.items.get_mut(key)?))) else {
        return log(out, "update.unknownItem", Json::object([("item_id", id.into())]));
    };
    if let ThreadItemUpdate::ContentPartTextDelta { delta, .. } = &update {
        state.arrived = state.arrived.saturating_add(delta.len());
        if entry.status == EntryStatus::Done {
            log(out, "update.late", Json::object([("item_id", id.into())]));
        }
    }
    let applied = apply_update(entry, update);
    if !applied {
        log(out, "update.rejected", Json::object([("item_id", id.into())]));
    }
    arrived(state, key);
}

/// One arm an update. `false` when it does not fit the item: another kind, or no such part, task or component.
fn apply_update(entry: &mut Entry, update: ThreadItemUpdate) -> bool {
    use ThreadItemUpdate as Update;
    match update {
        Update::ContentPartTextDelta { content_index, delta, .. } => entry.append(content_index, &delta),
        Update::ContentPartAdded { content_index, content, .. }
        | Update::ContentPartDone { content_index, content, .. } => entry.set_part(content_index, content),
        Update::ContentPartAnnotationAdded { content_index, annotation_index, annotation, .. } => {
            entry.annotate(content_index, annotation_index, annotation)
        }
        Update::WidgetStreamingTextValueDelta { component_id, delta, done, .. } => {
            entry.append_value(&component_id, &delta, done)
        }
        Update::WidgetRootUpdated { widget, .. } => entry.set_widget(widget),
        Update::WidgetComponentUpdated { component_id, component, .. } => {
            entry.set_component(&component_id, component)
        }
        Update::WorkflowTaskAdded { task_index, task, .. } => entry.add_task(task_index, task),
        Update::WorkflowTaskUpdated { task_index, task, .. } => entry.set_task(task_index, task),
        Update::GeneratedImageUpdated { image, progress, .. } => entry.set_image(image, progress.as_ref()),
        Update::Unknown(_) => true,
    }
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
