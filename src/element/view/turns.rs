//! The conversation cut into turns: a question and everything said to it; and into stretches of several turns.

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

/// Turns a stretch: at most what a browser lays out at once without anybody noticing.
const TURNS: usize = 10;

/// Cuts so that a stretch, once there, never becomes part of another one, whatever is added before or after it: what
/// the reader opened, selected or focused in it stays. Each slice of a page that came from the server is one stretch (its
/// rows are named after those of the slices that came before, so names run backwards where two meet), and so are each ten
/// turns that were added since.
#[must_use]
pub fn stretches(items: &[Rc<ItemView>]) -> Vec<&[Rc<ItemView>]> {
    let mut stretches = Vec::new();
    let (mut start, mut questions, mut newest) = (0, 0, None);
    for (index, item) in items.iter().enumerate() {
        let asked = question(item);
        let slices_meet = newest.is_some_and(|newest| item.key() < newest);
        if slices_meet || (asked.is_some() && questions == TURNS) {
            stretches.extend(items.get(start..index));
            (start, questions) = (index, 0);
        }
        questions += usize::from(asked.is_some());
        newest = Some(item.key());
    }
    stretches.extend(items.get(start..).filter(|rest| !rest.is_empty()));
    stretches
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

    fn keys(stretch: &[Rc<ItemView>]) -> Vec<u64> {
        stretch.iter().map(|item| item.key().0).collect()
    }

    #[test]
    fn a_stretch_stays_what_it_is_when_older_pages_and_new_turns_come() {
        let page = [user(1), note(2), note(3)];
        let older = [note(4), user(5), note(6)];
        let live: Vec<_> = (7..40).map(user).collect();
        let all: Vec<_> = older.iter().chain(&page).chain(&live).cloned().collect();
        let before: Vec<_> = stretches(&page).into_iter().map(keys).collect();
        assert_eq!(before, [[1, 2, 3]]);
        let after: Vec<_> = stretches(&all).into_iter().map(keys).collect();
        assert_eq!(after.concat(), keys(&all), "no row is lost or moved");
        assert_eq!(after[0], [4, 5, 6]);
        assert_eq!(after[1][..3], [1, 2, 3]);
        assert!(after.iter().all(|stretch| stretch.len() <= TURNS + 2), "{after:?}");
        assert_eq!(stretches(&[]), Vec::<&[Rc<ItemView>]>::new());
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
