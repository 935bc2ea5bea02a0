//! Marks in the text: where an answer cites something.
//!
//! - A **mark** stands behind what it is for, at an offset of the source. Offsets count Unicode characters of the text as
//!   it was sent, because servers count so (ChatKit protocol, annotations).
//! - A mark **rests** behind the last character before it that is neither white space nor a quote's `>`: so it belongs
//!   to the words it was written after, in whichever block they are, and no later text can move it.
//! - A **spot** is a resting place in one piece of source, counted in bytes.
//!
//! Marks are put in after parsing, so they never change what the text means. One inside a link, code or a formula goes
//! behind it; one in what is not drawn (a definition, a rule) is left out.

use std::rc::Rc;

use super::node::{Block, Inline, Item, Row};
use super::waiting::Piece;

/// What stands in the text where something is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its number in the list of sources, from 1.
    pub number: usize,
    /// What it looks like.
    pub face: Face,
    /// What it cites, for those who hear it.
    pub name: Rc<str>,
    /// Where it leads; absolute or relative to the page, checked by [`super::link::safe_href`].
    pub href: Option<Rc<str>>,
}

/// What a mark looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Face {
    /// Its number.
    Number,
    /// A few words.
    Label(Rc<str>),
    /// An icon of that name.
    Icon(Rc<str>),
}

/// Marks of one place.
pub type Marks = Rc<[Rc<Mark>]>;

/// A mark and where it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// Characters before it, of the text as it came.
    pub(super) index: usize,
    pub(super) mark: Rc<Mark>,
    /// Characters before it where it rests, of the text as it is parsed; `None` until that text is there.
    pub(super) rest: Option<usize>,
}

impl Wanted {
    /// In the order of their places; those of one place as they were given.
    pub(super) fn all(mut marks: Vec<(usize, Rc<Mark>)>) -> Vec<Self> {
        marks.sort_by_key(|(index, _)| *index);
        marks.into_iter().map(|(index, mark)| Wanted { index, mark, rest: None }).collect()
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.index == other.index && self.mark == other.mark
    }
}

/// The places of those that have one.
pub(super) fn places(wanted: &[Wanted]) -> Vec<Placed> {
    let at_one_place = |a: &Wanted, b: &Wanted| a.rest == b.rest;
    let places = wanted.chunk_by(at_one_place).filter_map(|group| {
        let at = group.first()?.rest?;
        Some(Placed { at, marks: group.iter().map(|wanted| wanted.mark.clone()).collect() })
    });
    places.collect()
}

/// Places at which two lists, each in order, have different marks.
pub(super) fn moved(before: &[Placed], after: &[Placed]) -> Vec<usize> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut moved = Vec::new();
    loop {
        match (before.peek(), after.peek()) {
            (Some(a), Some(b)) if a.at == b.at => {
                if a.marks != b.marks {
                    moved.push(a.at);
                }
                before.next();
                after.next();
            }
            (Some(a), Some(b)) if a.at < b.at => moved.extend(before.next().map(|place| place.at)),
            (_, Some(_)) => moved.extend(after.next().map(|place| place.at)),
            (Some(_), None) => moved.extend(before.next().map(|place| place.at)),
            (None, None) => return moved,
        }
    }
}

/// Marks of one place in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// Characters before it.
    pub(super) at: usize,
    pub(super) marks: Marks,
}

/// Marks of one place in a piece.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// Bytes before it.
    pub(super) at: usize,
    pub(super) marks: Marks,
}

/// Those of `places`, which are in order, that lie in a piece of source that begins after `start` characters.
pub(super) fn spots(places: &[Placed], start: usize, source: &str) -> Vec<Spot> {
    let first = if start == 0 { 0 } else { places.partition_point(|place| place.at <= start) };
    let mut found = Vec::new();
    let mut chars = 0;
    let mut ends = source.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut bytes = 0;
    for place in places.get(first..).unwrap_or_default() {
        let Some(wanted) = place.at.checked_sub(start) else { continue };
        while chars < wanted {
            let Some(end) = ends.next() else { return found };
            bytes = end;
            chars += 1;
        }
        found.push(Spot { at: bytes, marks: place.marks.clone() });
    }
    found
}

/// Characters of `source` before a mark that stands after `chars` of them, once it rests; 0 when there is nothing it
/// could rest behind.
pub(super) fn resting(source: &str, chars: usize) -> usize {
    let end = source.char_indices().nth(chars).map_or(source.len(), |(at, _)| at);
    let head = source.get(..end).unwrap_or_default();
    head.trim_end_matches(|c: char| c.is_whitespace() || c == '>').chars().count()
}

/// Source that became a block or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) piece: Piece,
    pub(super) source: Rc<str>,
}

/// Where everything settled came from, in order. Sixteen in a group: cloning a document shares them.
#[derive(Debug, Clone, Default)]
pub(super) struct Origins {
    groups: Vec<Rc<[Origin]>>,
    recent: Vec<Origin>,
}

impl Origins {
    pub(super) fn push(&mut self, origin: Origin) {
        self.recent.push(origin);
        if self.recent.len() == super::GROUP {
            self.groups.push(std::mem::take(&mut self.recent).into());
        }
    }

    /// What begins before the character with number `at`, and ends behind it.
    pub(super) fn holding(&self, at: usize) -> Option<&Origin> {
        let begins = |origin: &Origin| origin.piece.start <= at;
        let group = match self.recent.first() {
            Some(first) if begins(first) => &self.recent,
            _ => {
                let after = self.groups.partition_point(|group| group.first().is_some_and(begins));
                &**self.groups.get(after.checked_sub(1)?)?
            }
        };
        group.get(group.partition_point(begins).checked_sub(1)?)
    }
}

/// Puts marks behind the last words of a block. What has no words there goes without.
pub(super) fn attach(block: &mut Block, marks: &Marks) {
    match block {
        Block::Paragraph(content) => content.push(Inline::Marks(marks.clone())),
        Block::Heading { content, .. } => push(content, marks),
        Block::Code { marks: all, .. } => all.push(marks.clone()),
        Block::Quote(blocks) => blocks.last_mut().into_iter().for_each(|block| attach(block, marks)),
        Block::List { items, .. } => items.last_mut().into_iter().for_each(|item| attach_item(item, marks)),
        Block::Table { head, rows, .. } => match rows.last_mut() {
            Some(row) => attach_row(row, marks),
            None => attach_row(head, marks),
        },
        Block::Footnote { content, .. } => attach_last(content, marks),
        Block::Rule | Block::Html(_) => {}
    }
}

/// As [`attach`], to an item.
pub(super) fn attach_item(item: &mut Item, marks: &Marks) {
    attach_last(&mut item.blocks, marks);
}

/// As [`attach`], to the last cell of a row.
pub(super) fn attach_row(row: &mut Row, marks: &Marks) {
    if let Some(cell) = Rc::make_mut(row).last_mut() {
        push(cell, marks);
    }
}

fn attach_last(blocks: &mut Rc<[Block]>, marks: &Marks) {
    if let Some(block) = Rc::make_mut(blocks).last_mut() {
        attach(block, marks);
    }
}

fn push(content: &mut Rc<[Inline]>, marks: &Marks) {
    *content = content.iter().cloned().chain([Inline::Marks(marks.clone())]).collect();
}
