//! Finding out whether a reply to a pending item arrived.
//!
//! The item itself tells: it is pending until the server has what it waited for. Where it is not, the newest page is
//! shown as it is, because the answer may have been stored although its stream was lost.

use super::not_found;
use crate::problem::Problem;
use crate::protocol::{StructuredInputStatus, ThreadItem};
use crate::state::turn::{self, Ask, Turn};
use crate::state::{Effect, State, load};

/// The newest page of the thread (newest first) is here.
pub(super) fn page_read(state: &mut State, page: Vec<ThreadItem>, out: &mut Vec<Effect>) {
    let Turn::Active(turn) = &state.turn else { return };
    let Ask::Reply { item_id, .. } = &turn.ask else { return };
    let at = page.iter().position(|item| item.id() == item_id);
    if at.and_then(|at| page.get(at)).is_some_and(is_pending) {
        return not_found(state, out);
    }
    let newer = page.get(..at.unwrap_or(page.len())).unwrap_or_default();
    let answered = newer.iter().any(is_answer);
    let call = page.first().and_then(turn::waiting_tool);
    let rows = load::rows(state, page.into_iter().rev().collect());
    state.items.refresh(rows);
    match call {
        // The answer that was lost was another call, and it is this turn's to run.
        Some(call) => turn::run_tool(state, call, out),
        None if answered => turn::done(state, out),
        None => {
            if let Turn::Active(turn) = &mut state.turn {
                turn.ask.answering();
            }
            let problem = Problem::StreamCut { at: turn::at(state) };
            turn::give_up(state, problem, true, out);
        }
    }
}

fn is_pending(item: &ThreadItem) -> bool {
    match item {
        ThreadItem::StructuredInput(input) => input.status == StructuredInputStatus::Pending,
        item => turn::waiting_tool(item).is_some(),
    }
}

pub(super) fn is_answer(item: &ThreadItem) -> bool {
    !item.is_hidden() && !matches!(item, ThreadItem::UserMessage(_) | ThreadItem::EndOfTurn(_))
}
