//! Line ends: CommonMark knows `\n`, `\r\n` and `\r`; everything behind this sees `\n` alone.
//!
//! The parser reads all three, but loses a line of text behind a lone `\r` that follows indented code, and a
//! `\r\n` may arrive in two halves.

use std::borrow::Cow;

/// Where in a growing text's line ends we are.
#[derive(Debug, Clone, Default)]
pub(super) struct LineEnds {
    /// The text so far ends with a `\r`, so a `\n` that comes next belongs to the same line end.
    after_return: bool,
}

impl LineEnds {
    /// The next text with `\n` for every line end.
    pub(super) fn plain<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if text.is_empty() {
            return Cow::Borrowed(text);
        }
        let rest = if self.after_return { text.strip_prefix('\n').unwrap_or(text) } else { text };
        self.after_return = text.ends_with('\r');
        if rest.contains('\r') {
            Cow::Owned(rest.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(rest)
        }
    }
}
