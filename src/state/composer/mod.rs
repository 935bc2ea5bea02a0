//! What the reader is writing. Nothing throws it away but sending it.
//!
//! - The **draft** is the text in the field and the tags in it, see [`Draft`].
//! - A **tag** is an entity of the site that the reader mentioned: a piece of the text that is whole or not there.
//! - The **field** is where the browser lets the reader write. It has a text of its own, which the draft follows; when
//!   the draft changes otherwise, the field is told ([`Effect::WriteField`]).

mod caret;
mod draft;
mod edit;
pub mod utf16;

use std::ops::Range;

pub use caret::{snapped, to_delete};
pub use draft::{Draft, InputKind, Tag};
pub use edit::Edit;

use super::{Effect, State};
use crate::protocol::UserMessageContent;

/// What the reader is writing.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    draft: Draft,
    /// The passage it will quote.
    pub quote: Option<String>,
    /// What is selected in the field, in UTF-16 units; empty where the caret is.
    selection: Range<usize>,
    /// Where the caret belongs, in bytes, while the field does not show the draft yet.
    unshown: Option<usize>,
}

/// What the reader does in the composer.
#[derive(Clone, Debug, PartialEq)]
pub enum ComposerAction {
    /// The field's text is now this.
    Input {
        /// All of it.
        text: String,
        /// Where the caret is now, in UTF-16 units as the browser counts.
        caret: usize,
        /// How it came about.
        kind: InputKind,
    },
    /// What is selected in the field is now this, in UTF-16 units; nothing, where the caret is.
    Select(Range<usize>),
    /// The quote above the field was removed.
    ClearQuote,
}

impl Composer {
    /// Text and tags.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Writes something else instead.
    pub(super) fn write(&mut self, draft: Draft) {
        self.show(draft.text().len());
        self.draft = draft;
    }

    /// Puts `piece` where the caret is, in place of what is selected.
    pub(super) fn insert(&mut self, piece: Draft) {
        let at = |units| utf16::to_byte(self.draft.text(), units);
        let range = at(self.selection.start)..at(self.selection.end);
        let caret = self.draft.insert(range, piece);
        self.show(caret);
    }

    /// Takes what was written, to send it.
    pub(super) fn take(&mut self) -> (Draft, Option<String>) {
        self.show(0);
        (std::mem::take(&mut self.draft), self.quote.take())
    }

    /// Gives a message back that could not be sent, before whatever was written since.
    pub(super) fn give_back(&mut self, content: &[UserMessageContent], quote: Option<String>) {
        let caret = utf16::to_byte(self.draft.text(), self.selection.end);
        let before = self.draft.prepend(Draft::from_content(content));
        self.show(before + caret);
        self.quote = quote.or(self.quote.take());
    }

    /// The field is to show the draft, with the caret at this byte.
    fn show(&mut self, caret: usize) {
        self.unshown = Some(caret);
    }
}

/// Applies what the reader does.
pub(super) fn user(state: &mut State, action: ComposerAction) {
    let composer = &mut state.composer;
    match action {
        ComposerAction::Input { text, caret, kind } => {
            composer.selection = caret..caret;
            if let Some(caret) = composer.draft.input(text, caret, kind) {
                composer.show(caret);
            }
        }
        ComposerAction::Select(selection) => composer.selection = selection,
        ComposerAction::ClearQuote => composer.quote = None,
    }
}

/// Puts words where the caret is, such as dictated ones.
pub(super) fn insert(state: &mut State, words: &str) {
    state.composer.insert(Draft::plain(words));
}

/// What follows of whatever just happened.
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    let composer = &mut state.composer;
    if let Some(caret) = composer.unshown.take() {
        let text = composer.draft.text().to_owned();
        let caret = utf16::from_byte(&text, caret);
        composer.selection = caret..caret;
        out.push(Effect::WriteField { text, caret });
    }
}
