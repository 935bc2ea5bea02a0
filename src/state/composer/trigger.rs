//! The signs that open a menu: `@` for entities, `/` for commands.

use super::Draft;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `@`, for entities.
    Mention,
    /// `/`, for commands.
    Command,
}

impl Sign {
    fn char(self) -> char {
        match self {
            Sign::Mention => '@',
            Sign::Command => '/',
        }
    }

    /// Whether it may stand behind this character. A path or a date holds slashes, an address an `@`; scripts without
    /// blanks between words have it right behind a letter.
    fn may_follow(self, before: Option<char>) -> bool {
        match (self, before) {
            (_, None) => true,
            (Sign::Command, Some(before)) => before.is_whitespace(),
            (Sign::Mention, Some(before)) => !before.is_ascii_alphanumeric() && !"._%+-@/".contains(before),
        }
    }
}

/// A sign and what is written behind it, up to the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Which sign.
    pub sign: Sign,
    /// Its byte in the text.
    pub at: usize,
    /// What is written behind it.
    pub query: String,
}

/// Nobody writes a longer query; what is longer is text with a sign in it.
const LONGEST: usize = 64;

impl Trigger {
    /// The sign that the caret at byte `caret` stands behind, with no blank between them. The sign of a tag is a part of
    /// that tag.
    #[must_use]
    pub fn before(draft: &Draft, caret: usize) -> Option<Trigger> {
        let before = draft.text().get(..caret)?;
        let mut signs =
            before.char_indices().rev().take(LONGEST).take_while(|(_, char)| !char.is_whitespace());
        signs.find_map(|(at, char)| {
            let sign = [Sign::Mention, Sign::Command].into_iter().find(|sign| sign.char() == char)?;
            let free = draft.tags().iter().all(|tag| at < tag.range.start || tag.range.end <= at);
            let last = before.get(..at)?.chars().next_back();
            let query = before.get(at + 1..)?.to_owned();
            (free && sign.may_follow(last)).then_some(Trigger { sign, at, query })
        })
    }
}
