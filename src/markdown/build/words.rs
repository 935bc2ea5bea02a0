//! Inline content, and the marks in it: where they may stand, and where those stand that may not.

use std::ops::Range;

use super::Builder;
use super::frame::Kind;
use crate::markdown::grow::{end_of, start_of};
use crate::markdown::marks::{Marks, Spot, attach, attach_item, attach_row};
use crate::markdown::node::Inline;

impl Builder<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        match self.stack.last_mut() {
            Some(frame) if matches!(frame.kind, Kind::Code(_) | Kind::Html) => {
                frame.text.push_str(&self.source.verbatim(text, &range));
            }
            _ => {
                self.mark(range.start);
                self.split(text, range.clone());
                self.mark(range.end);
            }
        }
    }

    /// Text in pieces between the marks in it. Where it is not the source itself (an entity) it stays whole.
    fn split(&mut self, text: &str, range: Range<usize>) {
        let mut begin = range.start;
        if self.links == 0 && self.source.parsed_at(&range) == text {
            while let Some(spot) = self.spots.front().filter(|spot| spot.at < range.end).cloned() {
                let part = begin..spot.at;
                self.inline(Inline::Text(
                    self.source.text(self.source.parsed_at(&part), &part).as_ref().into(),
                ));
                self.mark(spot.at);
                begin = spot.at;
            }
        }
        let rest = begin..range.end;
        let text = if begin == range.start { text } else { self.source.parsed_at(&rest) };
        self.inline(Inline::Text(self.source.text(text, &rest).as_ref().into()));
    }

    /// Content that cannot be divided: marks in it come behind it.
    pub(super) fn leaf(&mut self, inline: Inline, range: Range<usize>) {
        self.mark(range.start);
        self.inline(inline);
        self.mark(range.end);
    }

    /// A line end: marks in it come before it.
    pub(super) fn pause(&mut self, inline: Inline, range: Range<usize>) {
        self.mark(range.end);
        self.inline(inline);
    }

    /// Puts the marks up to `end` here, unless here is in a link: then they wait for its end.
    pub(super) fn mark(&mut self, end: usize) {
        while self.links == 0
            && let Some(marks) = self.next_marks(end)
        {
            self.inline(Inline::Marks(marks));
        }
    }

    /// The next mark that rests at `end` or before it.
    pub(super) fn next_marks(&mut self, end: usize) -> Option<Marks> {
        self.spots.front().filter(|spot| spot.at <= end)?;
        self.spots.pop_front().map(|spot| spot.marks)
    }

    /// Before a block begins: marks up to there belong to what stands before it, if there is anything.
    pub(super) fn leave_behind(&mut self, begin: usize) {
        if self.spots.front().is_none_or(|spot| spot.at > begin) {
            return;
        }
        let Some(frame) = self.stack.last_mut() else { return };
        // What stands between two blocks at the top (definitions) goes with the second when the text is cut.
        let begin = match (&frame.kind, self.top.last()) {
            (Kind::Root, Some(top)) if begin < self.source.parsed.len() => {
                let text = self.source.parsed.get(self.base..).unwrap_or_default();
                self.base + start_of(text, end_of(top), begin.saturating_sub(self.base))
            }
            _ => begin,
        };
        while let Some(marks) = self.next_marks(begin) {
            let Some(frame) = self.stack.last_mut() else { return };
            let block = match frame.kind {
                Kind::Root => self.top.last_mut().map(|top| &mut top.block),
                _ => frame.blocks.last_mut(),
            };
            if !frame.inlines.is_empty() {
                frame.inlines.push(Inline::Marks(marks));
            } else if let Some(item) = frame.items.last_mut() {
                attach_item(item, &marks);
            } else if let Some(cell) = frame.cells.last_mut() {
                *cell = cell.iter().cloned().chain([Inline::Marks(marks)]).collect();
            } else if let Some(row) = frame.rows.last_mut() {
                attach_row(row, &marks);
            } else if let Some(cell) = frame.head.last_mut() {
                *cell = cell.iter().cloned().chain([Inline::Marks(marks)]).collect();
            } else if let Some(block) = block {
                attach(block, &marks);
            } else {
                self.spots.push_front(Spot { at: begin, marks });
                return;
            }
        }
    }
}
