//! Finding out whether a stored message was answered although its stream does not say so: many servers finish alone.

use super::not_found;
use crate::protocol::ThreadItem;
use crate::state::turn::{self, Ask, Fate, Turn};
use crate::state::{Effect, State, load};

/// The newest page of the thread (newest first) is here.
pub(super) fn page_read(state: &mut State, page: Vec<ThreadItem>, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    let item_id = match &turn.ask {
        Ask::Message { fate: Fate::Stored { item_id, .. }, .. }
        | Ask::Answer { item_id, .. }
        | Ask::Reply { item_id, .. } => item_id,
        Ask::Message { .. } | Ask::Action(_) => return,
    };
    let at = page.iter().position(|item| item.id() == item_id).unwrap_or(page.len());
    let before = |item: &&ThreadItem| state.dropped.iter().any(|entry| entry.item.id() == item.id());
    let newer = page.get(..at).unwrap_or_default();
    if !newer.iter().filter(|item| !before(item)).any(super::reply::is_answer) {
        return not_found(state, out);
    }
    state.dropped.clear();
    let rows = load::rows(state, page.into_iter().rev().collect());
    state.items.refresh(rows);
    turn::done(state, out);
}
