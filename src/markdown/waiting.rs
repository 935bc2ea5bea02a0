//! Settled pieces that looked up a label in vain.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::label::{Definitions, Label};

/// Which part of the document a piece of source became.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The block's key.
    pub(super) key: u64,
    /// The part of the block; `None` when the block settled as a whole.
    pub(super) part: Option<usize>,
    /// What the source needs in front.
    pub(super) lead: String,
    /// Which of the source's blocks it is.
    pub(super) nth: usize,
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
    waiters: BTreeMap<usize, Waiter>,
    by_label: BTreeMap<Label, Vec<usize>>,
    next: usize,
}

impl Waiting {
    pub(super) fn add(&mut self, piece: Piece, source: Rc<str>, labels: Vec<Label>, guessed: bool) {
        let id = self.next;
        self.next += 1;
        for label in &labels {
            self.by_label.entry(label.clone()).or_default().push(id);
        }
        self.waiters.insert(id, Waiter { piece, source, labels, guessed });
    }

    /// Pieces waiting for a label.
    pub(super) fn on(&self, label: &Label) -> Vec<usize> {
        self.by_label.get(label).cloned().unwrap_or_default()
    }

    pub(super) fn all(&self) -> Vec<usize> {
        self.waiters.keys().copied().collect()
    }

    /// Whether parsing the piece again could give something else now.
    pub(super) fn gains(&self, id: usize, known: &Definitions) -> bool {
        self.waiters.get(&id).is_some_and(|w| w.guessed || w.labels.iter().any(|label| known.has(label)))
    }

    pub(super) fn take(&mut self, id: usize) -> Option<(Piece, Rc<str>)> {
        self.waiters.remove(&id).map(|waiter| (waiter.piece, waiter.source))
    }
}
