//! What the reader is writing. Nothing throws it away but sending it.
//!
//! - The **draft** is the text in the field and the tags in it, see [`Draft`].
//! - A **tag** is an entity of the site that the reader mentioned: a piece of the text that is whole or not there.

mod draft;

pub use draft::{Draft, Tag};

use super::State;
use crate::protocol::UserMessageContent;

/// What the reader is writing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Composer {
    /// Text and tags.
    pub draft: Draft,
    /// The passage it will quote.
    pub quote: Option<String>,
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
    },
    /// The quote above the field was removed.
    ClearQuote,
}

impl Composer {
    /// Gives a message back that could not be sent, before whatever was written since.
    pub(super) fn give_back(&mut self, content: &[UserMessageContent], quote: Option<String>) {
        self.draft.prepend(Draft::from_content(content));
        self.quote = quote.or(self.quote.take());
    }
}

/// Applies what the reader does.
pub(super) fn user(state: &mut State, action: ComposerAction) {
    match action {
        ComposerAction::Input { text, caret: _ } => state.composer.draft = Draft::plain(text),
        ComposerAction::ClearQuote => state.composer.quote = None,
    }
}
