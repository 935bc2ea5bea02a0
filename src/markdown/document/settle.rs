//! What of the tail no later text can change, and what its definitions change before it.

use std::ops::Range;
use std::rc::Rc;

use super::Document;
use crate::markdown::grow::{Growing, cut, end_of, join, parts, start_of};
use crate::markdown::label::Label;
use crate::markdown::marks::Origin;
use crate::markdown::parse::{Parsed, Reading};
use crate::markdown::waiting::Piece;

/// A last block longer than this many bytes is cut inside: parts get about this long. Shorter parts mean more
/// of them to walk, longer ones more to parse and draw at every append.
const LONG: usize = 1024;

/// What the given text is.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// Complete lines; more will follow.
    Line,
    /// All there is.
    Text,
}

impl Document {
    /// Settles what the tail's complete lines, the first `end` bytes, allow.
    pub(super) fn settle_lines(&mut self, end: usize) {
        let text = self.tail.get(..end).unwrap_or_default().to_owned();
        let parsed = self.run(&text, Reading::Exact);
        let at = self.settle(&text, parsed, End::Line);
        self.before_tail += self.tail.drain(..at).as_str().chars().count();
    }

    /// Settles the tail as if it ended with its last whole line, or word.
    pub(super) fn break_off(&mut self) {
        let end = self.tail.rfind('\n').or_else(|| self.tail.rfind(' ')).map_or(self.tail.len(), |at| at + 1);
        let text = self.tail.get(..end).unwrap_or_default().to_owned();
        let parsed = self.run(&text, Reading::Exact);
        self.settle(&text, parsed, End::Text);
        self.before_tail += self.tail.drain(..text.len()).as_str().chars().count();
    }

    /// Settles blocks of `text` and returns where the new tail begins.
    pub(super) fn settle(&mut self, text: &str, mut parsed: Parsed, end: End) -> usize {
        let blocks = std::mem::take(&mut parsed.blocks);
        let mut starts = vec![0];
        starts.extend(blocks.windows(2).filter_map(|pair| match pair {
            [before, next] => Some(start_of(text, end_of(before), next.range.start)),
            _ => None,
        }));
        let closed = match end {
            End::Text => blocks.len(),
            End::Line => blocks.len().saturating_sub(1),
        };
        let is_last = closed + 1 == blocks.len();
        let mut last = None;
        let mut pieces = Vec::new();
        let begin = |index: usize| starts.get(index).copied().unwrap_or(text.len());
        let (mut counted, mut chars) = (0, self.before_tail);
        let mut chars_before = |at: usize| {
            chars += text.get(counted..at).unwrap_or_default().chars().count();
            counted = at;
            chars
        };
        for (index, spanned) in blocks.into_iter().enumerate() {
            if index >= closed {
                last = Some((index, spanned));
                break;
            }
            let (block, part, lead) = match self.growing.take() {
                Some(mut growing) if index == 0 => {
                    let part = parts(&growing.block);
                    if join(&mut growing.block, &spanned.block) {
                        (growing.block, Some(part), growing.lead)
                    } else {
                        self.push(growing.block);
                        (spanned.block, None, "".into())
                    }
                }
                _ => (spanned.block, None, "".into()),
            };
            let piece = Piece { key: self.settled.next_key(), part, start: chars_before(begin(index)), lead };
            pieces.push((piece, begin(index)..begin(index + 1)));
            self.push(block);
        }
        let mut at = match end {
            End::Text => text.len(),
            End::Line if last.is_some() => begin(closed),
            End::Line => 0,
        };
        if let Some(growing) = self.growing.take_if(|_| matches!(end, End::Text)) {
            self.push(growing.block);
        }
        if let Some((index, spanned)) = last
            && is_last
            && text.len() - at > LONG
        {
            let lead = if index == 0 { self.growing.as_ref().map_or("", |g| &*g.lead) } else { "" };
            if let Some(cut) = cut(text, lead, &spanned) {
                let key = self.settled.next_key();
                let start = chars_before(at);
                let piece = match &mut self.growing {
                    Some(growing) if index == 0 => {
                        let part = parts(&growing.block);
                        join(&mut growing.block, &cut.settled).then(|| Piece {
                            key,
                            part: Some(part),
                            start,
                            lead: growing.lead.clone(),
                        })
                    }
                    _ => {
                        self.growing = Some(Growing { block: cut.settled, lead: cut.lead });
                        Some(Piece { key, part: Some(0), start, lead: "".into() })
                    }
                };
                if let Some(piece) = piece {
                    pieces.push((piece, at..cut.at));
                    at = cut.at;
                }
            }
        }
        self.define(text, &parsed, at, pieces);
        at
    }

    /// Takes over the definitions that stand before `at`, and remembers which of the settled pieces wait.
    fn define(&mut self, text: &str, parsed: &Parsed, at: usize, pieces: Vec<(Piece, Range<usize>)>) {
        let mut arrived = Vec::new();
        let known = &parsed.links;
        for (_, label, target) in known.iter().filter(|(end, ..)| *end <= at) {
            if self.known.link(label).is_none()
                && Rc::make_mut(&mut self.known).define_link(label.clone(), target.clone())
            {
                arrived.push(label.clone());
            }
        }
        for (_, written) in parsed.notes.iter().filter(|(start, _)| *start < at) {
            if Rc::make_mut(&mut self.known).define_note(written) {
                arrived.push(Label::note(written));
            }
        }
        for (piece, range) in pieces {
            let (labels, guessed) = parsed.unsettled(&range, &self.known);
            let source: Rc<str> = text.get(range).unwrap_or_default().into();
            self.origins.push(Origin { piece: piece.clone(), source: source.clone() });
            if !labels.is_empty() {
                Rc::make_mut(&mut self.waiting).add(piece, source, labels, guessed);
            }
        }
        for label in arrived {
            for id in self.waiting.on(&label) {
                if self.parsed_again < self.received {
                    self.resolve(id);
                }
            }
        }
    }
}
