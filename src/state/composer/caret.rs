//! The caret and the tags: it never stands within one, and deletes one whole.
//!
//! All places are in UTF-16 units, in which the browser counts.

use std::ops::Range;

/// Where a selection belongs that reaches into one of `tags`, or `None` where it is well as it is. `was` is the
/// selection before: a caret that steps into a tag steps over it, one that is put there goes to the nearer end.
#[must_use]
pub fn snapped(tags: &[Range<usize>], was: &Range<usize>, is: &Range<usize>) -> Option<Range<usize>> {
    let within = |at: usize| tags.iter().find(|tag| tag.start < at && at < tag.end);
    let collapsed = is.is_empty();
    let edge = |was: usize, at: usize, outward: fn(&Range<usize>) -> usize| match within(at) {
        None => at,
        Some(tag) if was == tag.start => tag.end,
        Some(tag) if was == tag.end => tag.start,
        Some(tag) if !collapsed => outward(tag),
        Some(tag) if at - tag.start < tag.end - at => tag.start,
        Some(tag) => tag.end,
    };
    let start = edge(was.start, is.start, |tag| tag.start);
    let end = if collapsed { start } else { edge(was.end, is.end, |tag| tag.end).max(start) };
    (start != is.start || end != is.end).then_some(start..end)
}

/// What to select before deleting with nothing selected and the caret at `at`: the tag that would lose its end, or its
/// beginning when deleting `forward`. Then the browser deletes it in one step, which can be undone in one.
#[must_use]
pub fn to_delete(tags: &[Range<usize>], at: usize, forward: bool) -> Option<Range<usize>> {
    let loses = |tag: &&Range<usize>| match forward {
        true => tag.start <= at && at < tag.end,
        false => tag.start < at && at <= tag.end,
    };
    tags.iter().find(loses).cloned()
}
