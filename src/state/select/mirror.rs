//! The draft as the mirror behind the field shows it, see [`MirrorPiece`].

use std::ops::Range;

use crate::state::{Draft, Tag, utf16};

/// A piece of the draft; all of them together are what lies behind the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MirrorPiece {
    /// Written.
    Text(String),
    /// A tag, painted.
    Tag(String),
}

/// Behind the last tag of a draft longer than this, only the rest of its line is mirrored: laying out a megabyte twice
/// would be felt at every key. A shorter one is mirrored whole, so that its direction is that of the field.
const SHORT: usize = 20_000;

/// The pieces; none where there is no tag.
pub(super) fn mirror(draft: &Draft) -> Vec<MirrorPiece> {
    let text = draft.text();
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let mut pieces = Vec::new();
    let mut at = 0;
    for Tag { range, .. } in draft.tags() {
        if at < range.start {
            pieces.push(MirrorPiece::Text(slice(at..range.start)));
        }
        pieces.push(MirrorPiece::Tag(slice(range.clone())));
        at = range.end;
    }
    if at > 0 {
        let rest = text.get(at..).unwrap_or_default();
        let end = if text.len() < SHORT { rest.len() } else { rest.find('\n').unwrap_or(rest.len()) };
        pieces.push(MirrorPiece::Text(slice(at..at + end)));
    }
    pieces
}

/// Where the tags are, in UTF-16 units.
pub(super) fn tags(draft: &Draft) -> Vec<Range<usize>> {
    let units = |byte: usize| utf16::from_byte(draft.text(), byte);
    draft.tags().iter().map(|tag| units(tag.range.start)..units(tag.range.end)).collect()
}
