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

/// A draft of more bytes than this is long. Browsers look through all of a text for its direction (`dir="auto"`) and
/// that of its lines, which takes Chrome ten seconds for a megabyte; and laying it out twice would be felt at every key.
pub const LONG: usize = 20_000;

/// The direction of a field with this text: the browser finds it out, but for long ones.
#[must_use]
pub fn direction(text: &str) -> &'static str {
    if text.len() <= LONG {
        return "auto";
    }
    let right_to_left = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    match text.chars().find(|letter| letter.is_alphabetic()) {
        Some(letter) if right_to_left(letter) => "rtl",
        _ => "ltr",
    }
}

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
        // Of a long one, the rest of the line that the last tag is in.
        let end = if text.len() > LONG { rest.find('\n').unwrap_or(rest.len()) } else { rest.len() };
        pieces.push(MirrorPiece::Text(slice(at..at + end)));
    }
    pieces
}

/// Where the tags are, in UTF-16 units.
pub(super) fn tags(draft: &Draft) -> Vec<Range<usize>> {
    let units = |byte: usize| utf16::from_byte(draft.text(), byte);
    draft.tags().iter().map(|tag| units(tag.range.start)..units(tag.range.end)).collect()
}
