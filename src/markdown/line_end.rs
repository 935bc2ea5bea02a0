//! Line ends: CommonMark knows `\n`, `\r\n` and `\r`; everything behind this sees `\n` alone.
//!
//! The parser reads all three, but loses a line of text behind a lone `\r` that follows indented code, and a
//! `\r\n` may arrive in two halves.

use std::borrow::Cow;
use std::rc::Rc;

/// Where in a growing text's line ends we are.
#[derive(Debug, Clone, Default)]
pub(super) struct LineEnds {
    /// The text so far ends with a `\r`, so a `\n` that comes next belongs to the same line end.
    after_return: bool,
    /// Characters so far, as they came.
    received: usize,
    /// Which of them were left out, in order.
    dropped: Rc<Vec<usize>>,
}

impl LineEnds {
    /// The next text with `\n` for every line end, and U+FFFD for every U+0000.
    pub(super) fn plain<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if text.is_empty() {
            return Cow::Borrowed(text);
        }
        let before = self.received;
        self.received += text.chars().count();
        let rest = if self.after_return { text.strip_prefix('\n').unwrap_or(text) } else { text };
        if rest.len() < text.len() {
            Rc::make_mut(&mut self.dropped).push(before);
        }
        self.after_return = text.ends_with('\r');
        if !rest.contains('\r') && !rest.contains('\0') {
            return Cow::Borrowed(rest);
        }
        let (mut plain, mut last) = (String::with_capacity(rest.len()), ' ');
        for (at, c) in (before + usize::from(rest.len() < text.len())..).zip(rest.chars()) {
            match c {
                '\n' if last == '\r' => Rc::make_mut(&mut self.dropped).push(at),
                '\r' => plain.push('\n'),
                // CommonMark §2.3. The parser does so only where it takes a text apart, not where it passes one on.
                '\0' => plain.push(char::REPLACEMENT_CHARACTER),
                c => plain.push(c),
            }
            last = c;
        }
        Cow::Owned(plain)
    }

    /// The text is complete: what comes next begins on its own.
    pub(super) fn end(&mut self) {
        self.after_return = false;
    }

    /// Whether that many characters have come.
    pub(super) fn has(&self, characters: usize) -> bool {
        characters <= self.received
    }

    /// How many characters are left of the first `offset` that came, or of all if that many did not.
    pub(super) fn plain_offset(&self, offset: usize) -> usize {
        let offset = offset.min(self.received);
        offset - self.dropped.partition_point(|dropped| *dropped < offset)
    }
}
