//! What is settled, parsed once more: a definition it waited for came, or a mark in it came, went or changed.

use std::rc::Rc;

use super::Document;
use crate::markdown::grow::replace;
use crate::markdown::marks::{Origin, moved, places, resting, spots};
use crate::markdown::node::Block;
use crate::markdown::parse::{Parsed, Reading, parse};
use crate::markdown::waiting::Piece;

impl Document {
    /// Gives marks their places and draws the settled pieces anew in which one came, went or changed.
    /// `complete`: no more text comes, so what lies behind its end rests there. True when any changed.
    pub(super) fn place_marks(&mut self, complete: bool) -> bool {
        let mut wanted = self.wanted.to_vec();
        for mark in wanted.iter_mut().filter(|mark| mark.rest.is_none()) {
            if complete || self.line_ends.has(mark.index) {
                mark.rest = Some(self.resting(self.line_ends.plain_offset(mark.index)));
            }
        }
        let placed = places(&wanted);
        let moved = moved(&self.placed, &placed);
        self.wanted = wanted.into();
        self.placed = placed.into();
        let settled = moved.partition_point(|at| *at <= self.before_tail && self.before_tail > 0);
        let mut last = None;
        for at in moved.iter().take(settled) {
            let Some(Origin { piece, source }) = self.origins.holding(at.saturating_sub(1)).cloned() else {
                continue;
            };
            if last.replace(piece.start) != Some(piece.start) {
                self.read_again(&piece, &source);
            }
        }
        !moved.is_empty()
    }

    /// Where a mark behind so many characters rests.
    fn resting(&self, mut at: usize) -> usize {
        loop {
            let (start, source) = if at > self.before_tail {
                (self.before_tail, self.tail.as_str())
            } else {
                match at.checked_sub(1).and_then(|last| self.origins.holding(last)) {
                    Some(origin) => (origin.piece.start, &*origin.source),
                    None => return at,
                }
            };
            let rest = resting(source, at - start);
            if rest > 0 || start == 0 {
                return start + rest;
            }
            at = start;
        }
    }

    /// At the end: every waiting piece that has something to gain.
    pub(super) fn resolve_rest(&mut self) {
        let known = self.known.clone();
        for id in self.waiting.all() {
            if self.waiting.gains(id, &known) {
                self.resolve(id);
            }
        }
        self.waiting = Rc::default();
    }

    /// Parses a waiting piece again.
    pub(super) fn resolve(&mut self, id: usize) {
        let Some((piece, source)) = Rc::make_mut(&mut self.waiting).take(id) else { return };
        let parsed = self.read_again(&piece, &source);
        let (labels, guessed) = parsed.unsettled(&(0..source.len()), &self.known);
        if !labels.is_empty() {
            Rc::make_mut(&mut self.waiting).add(piece, source, labels, guessed);
        }
    }

    /// Parses a settled piece again, with what is known and marked now.
    fn read_again(&mut self, piece: &Piece, source: &str) -> Parsed {
        let spots = spots(&self.placed, piece.start, source);
        let mut parsed = parse(&piece.lead, source, &self.known, Reading::Exact, spots);
        self.parsed_again += parsed.bytes;
        if let Some(spanned) = std::mem::take(&mut parsed.blocks).into_iter().next() {
            self.put(piece, spanned.block);
        }
        parsed
    }

    /// Puts a block, or one part of it, in the place of the settled one.
    fn put(&mut self, piece: &Piece, new: Block) {
        match &mut self.growing {
            Some(growing) if piece.key == self.settled.next_key() => {
                replace(&mut growing.block, piece.part.unwrap_or_default(), new);
            }
            _ => self.settled.put(piece, new),
        }
    }
}
