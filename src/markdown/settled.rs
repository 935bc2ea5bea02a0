//! The settled blocks of a document, each under its key.

use std::rc::Rc;

use super::grow::replace;
use super::node::Block;
use super::waiting::Piece;

/// Blocks a group holds: the unit in which a view can skip what is off screen. More of them means more to walk through
/// with each frame, fewer means more that is near the screen and yet not on it.
pub const GROUP: usize = 6;

/// A block in its place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The block's number in the text; the same for as long as the document lives.
    pub key: u64,
    /// The block. Its pointer changes when, and only when, its content did.
    pub block: Rc<Block>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && Rc::ptr_eq(&self.block, &other.block)
    }
}

/// Blocks in order, numbered from nought.
#[derive(Clone, Default)]
pub(super) struct Settled {
    /// Full groups.
    groups: Vec<Rc<[Entry]>>,
    /// Blocks that do not fill a group yet.
    recent: Vec<Entry>,
}

impl Settled {
    pub(super) fn len(&self) -> usize {
        self.groups.len() * GROUP + self.recent.len()
    }

    /// The key of the next block that settles.
    pub(super) fn next_key(&self) -> u64 {
        self.len() as u64
    }

    pub(super) fn push(&mut self, block: Rc<Block>) {
        self.recent.push(Entry { key: self.next_key(), block });
        if self.recent.len() == GROUP {
            self.groups.push(std::mem::take(&mut self.recent).into());
        }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|group| group.iter()).chain(&self.recent)
    }

    /// All blocks and the `open` ones behind them, in groups. The pointer of a full group of settled ones stays.
    pub(super) fn groups(&self, open: &[Entry]) -> impl Iterator<Item = Rc<[Entry]>> + '_ {
        let rest: Vec<Entry> = self.recent.iter().chain(open).cloned().collect();
        let rest: Vec<Rc<[Entry]>> = rest.chunks(GROUP).map(Rc::from).collect();
        self.groups.iter().cloned().chain(rest)
    }

    /// Puts `new` in the place of the block, or of the part of it, that the piece became.
    pub(super) fn put(&mut self, piece: &Piece, new: Block) {
        let key = piece.key as usize;
        let place = |entry: &mut Entry| match piece.part {
            Some(part) => replace(Rc::make_mut(&mut entry.block), part, new),
            None if *entry.block != new => entry.block = Rc::new(new),
            None => {}
        };
        if let Some(group) = self.groups.get_mut(key / GROUP) {
            let mut entries = group.to_vec();
            if let Some(entry) = entries.get_mut(key % GROUP) {
                place(entry);
            }
            *group = entries.into();
        } else if let Some(entry) = self.recent.get_mut(key % GROUP) {
            place(entry);
        }
    }
}
