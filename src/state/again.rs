//! Another answer to a stored message. The server deletes what it answered before without saying so (ChatKit protocol
//! §5.6), so those rows are taken away when the request is sent, and come back if it fails before the server acted.

use super::items::Entry;
use super::{State, Turn};

/// Rows that were taken away for an answer of which nothing came yet.
pub(super) type Dropped = Vec<Entry>;

/// The request for a new answer to `item_id` is being sent.
pub(super) fn drop_answer(state: &mut State, item_id: &str) {
    let Some(key) = state.items.by_id(item_id).map(|entry| entry.key) else { return };
    let dropped = state.items.split_after(key);
    // What a later attempt takes away is what an earlier one has streamed: the server never stored it.
    if matches!(&state.turn, Turn::Active(turn) if turn.attempt == 1) {
        state.dropped = dropped;
    }
}

/// The server answers: what it had is gone there as well.
pub(super) fn acted(state: &mut State) {
    state.dropped.clear();
}

/// The turn is over. Had the server acted, nothing would be left to be put back.
pub(super) fn restore(state: &mut State) {
    let dropped = std::mem::take(&mut state.dropped);
    state.items.append(dropped);
}
