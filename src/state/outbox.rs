//! Messages that the server has not confirmed, kept until it has: beside a newer one, and over a reload of the page.
//!
//! - One is on its way, or was lost last: the turn has it. The others are **aside**, each with a row of its own, where the
//!   reader sends it again or takes it back into the composer.
//! - All of them are kept in the tab's storage, as drafts are. After a reload they stand there again, and are looked for
//!   on the server, not sent blindly.

mod kept;

use super::few::Few;
use super::items::EntryStatus;
use super::turn::{self, Ask, Fate, Repeat, Turn};
use super::{Effect, ItemKey, OpenThread, State, send, settle};
use crate::protocol::{ThreadItem, UserMessageItem};
use kept::Kept;

/// Messages beside the turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    aside: Few<ItemKey, Repeat>,
    /// The one that is to be sent next.
    next: Option<ItemKey>,
    /// Read from storage, and not on screen yet: their thread is not.
    elsewhere: Vec<Kept>,
    /// What was stored last, by row and thread; `None` before the storage was read.
    stored: Option<Vec<(ItemKey, Option<String>)>>,
}

/// Another turn begins, or the thread is left: a message that failed waits beside it.
pub(super) fn put_aside(state: &mut State) {
    if state.turn.unsent().is_none() {
        return;
    }
    if let Turn::Failed(failed) = std::mem::take(&mut state.turn)
        && let Some(again) = failed.again
        && let Some((key, _)) = again.ask.unsent()
    {
        state.items.set_status(key, EntryStatus::Aside);
        state.outbox.aside.insert(key, again);
    }
}

/// The reader sends one of them again: now, or when what goes on is over.
pub(super) fn retry(state: &mut State, key: ItemKey, out: &mut Vec<Effect>) {
    state.outbox.next = None;
    if state.turn.is_active() {
        state.outbox.next = Some(key);
    } else if let Some(again) = state.outbox.aside.remove(&key) {
        settle::by_hand(state, again, out);
    }
}

/// The reader takes one of them back into the composer.
pub(super) fn edit(state: &mut State, key: ItemKey, out: &mut Vec<Effect>) {
    if state.turn.unsent().is_some_and(|(unsent, _)| unsent == key) {
        put_aside(state);
    }
    if let Some(again) = state.outbox.aside.remove(&key) {
        give_back(state, key, &again, out);
        out.push(Effect::FocusComposer);
    }
}

/// The message of that row stands in the composer again.
pub(super) fn give_back(state: &mut State, key: ItemKey, again: &Repeat, out: &mut Vec<Effect>) {
    if let Some((_, input)) = again.ask.unsent() {
        let attachments = match state.items.get(key).map(|entry| &entry.item) {
            Some(ThreadItem::UserMessage(message)) => message.attachments.clone(),
            _ => Vec::new(),
        };
        state.items.remove(key);
        send::give_back(state, input, attachments, out);
    }
}

/// Another thread comes on screen: what was not sent goes back to the reader.
pub(super) fn leave(state: &mut State, out: &mut Vec<Effect>) {
    for (key, again) in state.outbox.aside.take().into_iter().rev() {
        give_back(state, key, &again, out);
    }
}

/// Brings back what belongs to the thread on screen, and stores what changed.
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    let Some(storage_key) = storage_key(state) else { return };
    if state.outbox.stored.is_none() {
        state.outbox.stored = Some(Vec::new());
        out.splice(0..0, [Effect::Recall { key: storage_key }]);
        return;
    }
    bring_back(state, out);
    if let Some(key) = state.outbox.next.filter(|_| !state.turn.is_active()) {
        retry(state, key, out);
    }
    let unsent = unsent(state);
    let now: Vec<_> =
        unsent.iter().map(|(key, again)| (*key, again.ask.thread().map(str::to_owned))).collect();
    if state.outbox.stored.as_ref() == Some(&now) {
        return;
    }
    let here = unsent.iter().filter_map(|(key, again)| Kept::of(state, *key, again));
    let all: Vec<Kept> = here.chain(state.outbox.elsewhere.iter().cloned()).collect();
    out.push(Effect::Keep { key: storage_key, value: (!all.is_empty()).then(|| kept::write(&all)) });
    state.outbox.stored = Some(now);
}

/// Every message that the server has not confirmed, with its row.
fn unsent(state: &State) -> Vec<(ItemKey, Repeat)> {
    let turn = match &state.turn {
        Turn::Active(turn) if !turn.answered => {
            Some(Repeat { ask: turn.ask.clone(), idempotency_key: Some(turn.idempotency_key.clone()) })
        }
        Turn::Failed(failed) => failed.again.clone(),
        Turn::Active(_) | Turn::Idle => None,
    };
    let all = state.outbox.aside.values().cloned().chain(turn);
    all.filter_map(|again| Some((again.ask.unsent()?.0, again))).collect()
}

/// The storage has this.
pub(super) fn recalled(state: &mut State, asked: &str, value: Option<&str>, out: &mut Vec<Effect>) -> bool {
    if storage_key(state).as_deref() != Some(asked) {
        return false;
    }
    state.outbox.elsewhere.extend(value.map(kept::read).unwrap_or_default());
    bring_back(state, out);
    true
}

/// Shows the messages of the thread on screen, and looks for the first of them.
fn bring_back(state: &mut State, out: &mut Vec<Effect>) {
    if state.outbox.elsewhere.is_empty() || state.thread.is_loading() || state.turn.is_active() {
        return;
    }
    let thread = state.thread.id().map(str::to_owned);
    let all = std::mem::take(&mut state.outbox.elsewhere);
    let (here, elsewhere): (Vec<_>, Vec<_>) = all.into_iter().partition(|kept| kept.thread == thread);
    state.outbox.elsewhere = elsewhere;
    let mut first = None;
    for kept in here {
        if let Some(item_id) = kept.stored_as(state) {
            first = first.or_else(|| answer_to(state, kept, item_id));
            continue;
        }
        let key = ItemKey(state.fresh());
        let (item, input) = kept.message();
        state.items.push(key, ThreadItem::UserMessage(item), EntryStatus::Unconfirmed);
        let ask = Ask::Message { key, input, thread: kept.thread, begins: kept.begins, fate: Fate::Unknown };
        let again = Repeat { ask, idempotency_key: Some(kept.idempotency_key) };
        match first {
            None => first = Some(again),
            Some(_) => {
                state.items.set_status(key, EntryStatus::Aside);
                state.outbox.aside.insert(key, again);
            }
        }
    }
    if let Some(again) = first {
        if matches!(state.thread, OpenThread::New) {
            state.load_problem = None;
        }
        turn::begin(state, again, None, out);
        settle::start(state, out);
    }
}

/// The message is there after all: its answer is looked for, if it is the last thing in the thread.
fn answer_to(state: &State, kept: Kept, item_id: String) -> Option<Repeat> {
    state.items.iter().next_back().filter(|entry| entry.item.id() == item_id)?;
    Some(Repeat::new(Ask::Answer { thread: kept.thread?, item_id }))
}

/// The row of a message, as its server would give it.
fn row(state: &State, key: ItemKey) -> Option<&UserMessageItem> {
    match &state.items.get(key)?.item {
        ThreadItem::UserMessage(message) => Some(message),
        _ => None,
    }
}

/// Under which name they are stored.
fn storage_key(state: &State) -> Option<String> {
    Some(format!("chatkit-widget:unsent:{}", state.config.as_ref()?.api.url))
}
