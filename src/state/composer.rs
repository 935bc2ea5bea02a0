//! What the reader is writing. A draft is never thrown away by anything but sending it.

use super::State;

/// The draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composer {
    /// Its text, to the character as typed.
    pub text: String,
    /// The passage it will quote.
    pub quote: Option<String>,
}

impl Composer {
    /// Gives text back that could not be sent, before whatever was written since.
    pub(super) fn give_back(&mut self, text: String, quote: Option<String>) {
        if self.text.is_empty() {
            self.text = text;
        } else if !text.is_empty() {
            self.text = format!("{text}\n{}", self.text);
        }
        self.quote = quote.or(self.quote.take());
    }
}

pub(super) fn draft(state: &mut State, text: String) {
    state.composer.text = text;
}

pub(super) fn clear_quote(state: &mut State) {
    state.composer.quote = None;
}
