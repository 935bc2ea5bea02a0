//! Settled pieces that looked up a label in vain.

use std::collections::HashMap;
use std::rc::Rc;

use super::label::{Definitions, Label};

/// Which part of the document a piece of source became.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The block's key.
    pub(super) key: u64,
    /// The part of the block; `None` when the block settled as a whole.
    pub(super) part: Option<usize>,
    /// Characters of the text before it.
    pub(super) start: usize,
    /// What the source needs in front.
    pub(super) lead: Rc<str>,
}

#[derive(Debug, Clone)]
struct Waiter {
    piece: Piece,
    source: Rc<str>,
    labels: Vec<Label>,
    /// Some label was answered by a definition that could still change when the piece settled.
    guessed: bool,
}

/// The waiting pieces, found by label without looking at the others.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    /// `None` once a piece has what it waited for; the index is the piece's number.
    waiters: Vec<Option<Waiter>>,
    /// Label → index in `lists`; the same type as in `Definitions`, since each type of map is wasm of its own.
    by_label: HashMap<Label, usize>,
    lists: Vec<Vec<usize>>,
}

impl Waiting {
    pub(super) fn add(&mut self, piece: Piece, source: Rc<str>, labels: Vec<Label>, guessed: bool) {
        let id = self.waiters.len();
        for label in &labels {
            let list = *self.by_label.entry(label.clone()).or_insert(self.lists.len());
            if list == self.lists.len() {
                self.lists.push(Vec::new());
            }
            // A label the piece looked up twice.
            if let Some(list) = self.lists.get_mut(list).filter(|list| list.last() != Some(&id)) {
                list.push(id);
            }
        }
        self.waiters.push(Some(Waiter { piece, source, labels, guessed }));
    }

    /// Pieces waiting for a label.
    pub(super) fn on(&self, label: &Label) -> Vec<usize> {
        self.by_label.get(label).and_then(|list| self.lists.get(*list)).cloned().unwrap_or_default()
    }

    pub(super) fn all(&self) -> Vec<usize> {
        (0..self.waiters.len()).filter(|id| self.waiter(*id).is_some()).collect()
    }

    /// Whether parsing the piece again could give something else now.
    pub(super) fn gains(&self, id: usize, known: &Definitions) -> bool {
        self.waiter(id).is_some_and(|w| w.guessed || w.labels.iter().any(|label| known.has(label)))
    }

    pub(super) fn take(&mut self, id: usize) -> Option<(Piece, Rc<str>)> {
        self.waiters.get_mut(id)?.take().map(|waiter| (waiter.piece, waiter.source))
    }

    fn waiter(&self, id: usize) -> Option<&Waiter> {
        self.waiters.get(id)?.as_ref()
    }
}
