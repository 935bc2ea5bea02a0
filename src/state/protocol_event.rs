//! Stream events applied to the state, one arm an event (ChatKit protocol §5.3–5.4).
//!
//! Nothing a server sends is fatal: what is unknown, late or makes no sense is left out and said in a
//! `chatkit.log`, without message text. Where the reader misses something by that, a sentence stands in its place.

use super::items::{Entry, EntryStatus};
use super::turn::{Ask, Fate};
use super::{
    Effect, HostEvent, ItemKey, OpenThread, State, Turn, again, echo, load, misfits, notices, streamed,
    thread,
};
use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{
    ErrorCode, ErrorEvent, Misfit, Thread, ThreadItem, ThreadItemUpdate, ThreadStreamEvent,
};

/// Applies one event of the active turn's stream.
pub(super) fn apply(state: &mut State, event: ThreadStreamEvent, out: &mut Vec<Effect>) {
    again::acted(state);
    match event {
        ThreadStreamEvent::ThreadCreated { thread, .. } => created(state, thread, out),
        ThreadStreamEvent::ThreadUpdated { thread, .. } => thread::update(state, thread),
        ThreadStreamEvent::ThreadItemAdded { item, .. } => added(state, item, out),
        ThreadStreamEvent::ThreadItemUpdated { item_id, update, .. } => updated(state, &item_id, update, out),
        ThreadStreamEvent::ThreadItemDone { item, .. } => done(state, "thread.item.done", item, out),
        ThreadStreamEvent::ThreadItemRemoved { item_id, .. } => {
            if let Some(key) = row(state, &item_id) {
                state.items.remove(key);
            }
        }
        ThreadStreamEvent::ThreadItemReplaced { item, .. } => {
            done(state, "thread.item.replaced", item, out);
        }
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
        ThreadStreamEvent::Unknown(_) => {}
    }
}

/// The server did something besides words that answers the reader.
fn acted(state: &mut State) {
    if let Turn::Active(turn) = &mut state.turn {
        turn.acted = true;
    }
}

/// The first message made a thread.
fn created(state: &mut State, thread: Thread, out: &mut Vec<Effect>) {
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

/// Where a server does not say that it made a thread, its items name it.
fn belongs(state: &mut State, item: &ThreadItem, out: &mut Vec<Effect>) {
    let id = item.thread_id();
    if !id.is_empty() && matches!(state.thread, OpenThread::New) {
        created(state, Thread::with_id(id), out);
    }
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
    // An item without an id has a row like any other, under a name that no id is.
    let name = if id.is_empty() { format!("\0{}", key.0) } else { id.to_owned() };
    if let Turn::Active(turn) = &mut state.turn {
        turn.rows.insert(name, key);
    }
}

/// The newest row of this stream that is not over and `fits`: the one a server means that does not say which.
fn unnamed(state: &State, fits: impl Fn(&Entry) -> bool) -> Option<ItemKey> {
    let Turn::Active(turn) = &state.turn else { return None };
    let open = |entry: &&Entry| {
        entry.status == EntryStatus::Pending && turn.rows.values().any(|row| *row == entry.key) && fits(entry)
    };
    state.items.iter().rev().find(open).map(|entry| entry.key)
}

fn added(state: &mut State, item: ThreadItem, out: &mut Vec<Effect>) {
    belongs(state, &item, out);
    let Some(item) = showable(state, item, None) else { return };
    let of_this_stream = match &state.turn {
        Turn::Active(turn) => turn.rows.get(item.id()).copied(),
        _ => None,
    };
    // An id that is already shown from an earlier turn is one of those that every message gets (`__fake_id__`): it is
    // a new item all the same.
    let status = if super::turn::is_user(&item) { EntryStatus::Done } else { EntryStatus::Pending };
    put(state, of_this_stream, item, status);
}

/// An item as it is stored, by the event `of`.
fn done(state: &mut State, of: &str, mut item: ThreadItem, out: &mut Vec<Effect>) {
    belongs(state, &item, out);
    if matches!(&item, ThreadItem::AssistantMessage(message) if message.content.is_empty()) {
        misfits::tell(state, of, vec![Misfit::absent("item.content", "an answer")], out);
    }
    let row = row(state, item.id()).or_else(|| unnamed(state, |entry| streamed::may_be(&entry.item, &item)));
    if let Some(entry) = row.and_then(|row| state.items.get(row)) {
        streamed::keep(&entry.item, &mut item);
    }
    if let Some(item) = showable(state, item, row) {
        put(state, row, item, EntryStatus::Done);
    }
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

/// The item, if it has a row: hidden ones have none, the reader's own message has one already, and of what cannot be shown
/// one sentence a turn is enough.
fn showable(state: &mut State, item: ThreadItem, row: Option<ItemKey>) -> Option<ThreadItem> {
    if matches!(&item, ThreadItem::UserMessage(message) if echo::take(state, message)) {
        return None;
    }
    let of_turn = state.items.iter().rev().take_while(|entry| !super::turn::is_user(&entry.item));
    let said = of_turn.filter(|entry| Some(entry.key) != row).any(|entry| load::is_missing(&entry.item));
    (load::is_shown(&item) && !(said && load::is_missing(&item))).then_some(item)
}

fn updated(state: &mut State, id: &str, update: ThreadItemUpdate, out: &mut Vec<Effect>) {
    if matches!(update, ThreadItemUpdate::Unknown(_)) {
        return;
    }
    let row = row(state, id).or_else(|| unnamed(state, |entry| id.is_empty() || entry.item.id().is_empty()));
    let Some((key, entry)) = row.and_then(|key| Some((key, state.items.get_mut(key)?))) else {
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
        (code, message) => Problem::StreamError { code: code.as_str().to_owned(), message, allow_retry },
    };
    turn.error = Some((problem, allow_retry));
}
