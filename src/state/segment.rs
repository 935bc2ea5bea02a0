//! The conversation cut where action bars stand (ChatKit protocol §6.1).
//!
//! A **segment** is a message of the reader and what follows it, up to the next one or to an `end_of_turn`; what comes
//! after an `end_of_turn` is a segment without a message of its own.

use super::items::Entry;
use crate::protocol::ThreadItem;

/// One segment, by places in the list of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Its first entry.
    pub(super) start: usize,
    /// Behind its last entry.
    pub(super) end: usize,
    /// The message of the reader that it answers.
    pub(super) question: Option<usize>,
    /// The server said that it is over.
    pub(super) ended: bool,
}

/// All segments, in order; every entry is in exactly one.
pub(super) fn segments(entries: &[Entry]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut open = Segment { start: 0, end: 0, question: None, ended: false };
    for (at, entry) in entries.iter().enumerate() {
        if matches!(entry.item, ThreadItem::UserMessage(_)) {
            close(&mut segments, &mut open, at, false);
            open.question = Some(at);
        }
        if matches!(entry.item, ThreadItem::EndOfTurn(_)) {
            close(&mut segments, &mut open, at + 1, true);
        }
    }
    close(&mut segments, &mut open, entries.len(), false);
    segments
}

fn close(segments: &mut Vec<Segment>, open: &mut Segment, end: usize, ended: bool) {
    if open.start < end {
        segments.push(Segment { end, ended, ..*open });
    }
    open.start = end;
}
