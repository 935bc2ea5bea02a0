//! Notices: messages of the server beside the conversation. Not stored, and gone with the thread they came in.

use super::{ItemKey, State};
use crate::protocol::NoticeEvent;

/// How many stay on screen; older ones make room.
const MOST: usize = 5;

/// One notice on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Stable while shown, so that closing one does not draw, and read out, the others again.
    pub key: ItemKey,
    /// What the server said.
    pub event: NoticeEvent,
}

/// A notice came.
pub(super) fn add(state: &mut State, event: NoticeEvent) {
    let key = ItemKey(state.fresh());
    state.notices.push(Notice { key, event });
    if state.notices.len() > MOST {
        state.notices.remove(0);
    }
}

/// The reader closed one.
pub(super) fn dismiss(state: &mut State, key: ItemKey) {
    state.notices.retain(|notice| notice.key != key);
}
