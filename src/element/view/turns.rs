//! The conversation cut into turns: a question and everything said to it.

use std::rc::Rc;

use crate::state::ItemKey;
use crate::state::select::ItemView;

/// Rows that belong together.
#[derive(Debug, PartialEq)]
pub struct Turn<'a> {
    /// The question; `None` for what stands before the first one on screen.
    pub question: Option<ItemKey>,
    /// The question and what follows it.
    pub rows: &'a [Rc<ItemView>],
}

/// Cuts before each message of the reader.
#[must_use]
pub fn turns(items: &[Rc<ItemView>]) -> Vec<Turn<'_>> {
    let mut turns = Vec::new();
    let mut rest = items;
    while let Some(first) = rest.first() {
        let others = rest.get(1..).unwrap_or_default();
        let length = 1 + others.iter().position(|item| question(item).is_some()).unwrap_or(others.len());
        let (rows, after) = rest.split_at(length);
        turns.push(Turn { question: question(first), rows });
        rest = after;
    }
    turns
}

fn question(item: &ItemView) -> Option<ItemKey> {
    match item {
        ItemView::User(user) => Some(user.key),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::select::{UserItemState, UserView};

    fn note(key: u64) -> Rc<ItemView> {
        Rc::new(ItemView::Note { key: ItemKey(key), text: String::new() })
    }

    fn user(key: u64) -> Rc<ItemView> {
        Rc::new(ItemView::User(UserView {
            key: ItemKey(key),
            quote: None,
            content: Vec::new(),
            attachments: Vec::new(),
            state: UserItemState::Sent,
        }))
    }

    #[test]
    fn every_row_is_in_exactly_one_turn() {
        let items = [note(1), note(2), user(3), note(4), user(5)];
        let cut = turns(&items);
        assert_eq!(
            cut.iter().map(|turn| turn.question.map(|key| key.0)).collect::<Vec<_>>(),
            [None, Some(3), Some(5)]
        );
        assert_eq!(cut.iter().map(|turn| turn.rows.len()).sum::<usize>(), items.len());
        assert_eq!(turns(&[]), []);
    }
}
