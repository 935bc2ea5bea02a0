//! The reader's own message as the server sends it back: the row on screen becomes the stored item, whichever event
//! brings it and whatever it looks like. It is known by its id once that is known, else by its place (the first message
//! of the reader in the stream that is not on screen) and by its words. It is never a second row.

use super::items::EntryStatus;
use super::turn::{Ask, Fate};
use super::{ItemKey, State, Turn, settle};
use crate::protocol::{ThreadItem, UserMessageContent, UserMessageItem};

/// Takes an item of the stream for a message that is on screen. Returns whether it is one.
pub(super) fn take(state: &mut State, item: &UserMessageItem) -> bool {
    let own = own(state);
    let shown = state.items.by_id(&item.id).map(|entry| entry.key);
    let is_of = |key: ItemKey| message(state, key).is_some_and(|message| same_words(message, item));
    let key = match (own, shown) {
        (Some((own, _)), Some(shown)) if own == shown => own,
        // What is on screen is sent again by some servers with every stream.
        (_, Some(shown)) if is_of(shown) => shown,
        (Some((own, false)), _) => own,
        (Some((own, true)), _) if is_of(own) || is_blank(item) => own,
        _ => return false,
    };
    let item = merged(state, key, item.clone());
    match own {
        Some((own, _)) if own == key => stored(state, key, item),
        _ => state.items.replace(key, ThreadItem::UserMessage(item), EntryStatus::Done),
    }
    true
}

/// The message that the turn answers, and whether its id is known.
fn own(state: &State) -> Option<(ItemKey, bool)> {
    let Turn::Active(turn) = &state.turn else { return None };
    match &turn.ask {
        Ask::Message { key, fate, .. } => Some((*key, matches!(fate, Fate::Stored { .. }))),
        Ask::Answer { item_id, .. } => Some((state.items.by_id(item_id)?.key, true)),
        Ask::Reply { .. } | Ask::Action(_) => None,
    }
}

fn message(state: &State, key: ItemKey) -> Option<&UserMessageItem> {
    match &state.items.get(key)?.item {
        ThreadItem::UserMessage(message) => Some(message),
        _ => None,
    }
}

fn same_words(one: &UserMessageItem, other: &UserMessageItem) -> bool {
    let words = |message: &UserMessageItem| -> String {
        message.content.iter().map(UserMessageContent::as_text).collect()
    };
    words(one).trim() == words(other).trim()
}

fn is_blank(message: &UserMessageItem) -> bool {
    message.content.iter().all(|part| part.as_text().is_empty())
}

/// What the server says of a message, and what the screen knows where the server says nothing.
fn merged(state: &State, key: ItemKey, mut item: UserMessageItem) -> UserMessageItem {
    let Some(known) = message(state, key) else { return item };
    if is_blank(&item) {
        item.content.clone_from(&known.content);
    }
    if item.attachments.is_empty() {
        item.attachments.clone_from(&known.attachments);
    }
    if item.id.is_empty() {
        item.id.clone_from(&known.id);
    }
    item.quoted_text = item.quoted_text.or_else(|| known.quoted_text.clone());
    item
}

/// The server has the message of this turn.
fn stored(state: &mut State, key: ItemKey, item: UserMessageItem) {
    let thread = state.thread.id().unwrap_or(&item.thread_id).to_owned();
    let id = item.id.clone();
    let item = ThreadItem::UserMessage(item);
    // Without an id there is nothing to ask for an answer to: should one be missing, the message is looked for.
    let named = !id.is_empty() && !thread.is_empty();
    if named && settle::confirm(state, thread, id.clone(), item.clone()).is_some() {
        return;
    }
    if let Turn::Active(turn) = &mut state.turn
        && let Ask::Message { fate: Fate::Stored { item_id, .. }, .. } = &mut turn.ask
    {
        *item_id = id;
    }
    state.items.replace(key, item, EntryStatus::Done);
}
