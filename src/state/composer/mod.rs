//! What the reader is writing. Nothing throws it away but sending it.
//!
//! - The **draft** is the text in the field and the tags in it, see [`Draft`].
//! - A **tag** is an entity of the site that the reader mentioned: a piece of the text that is whole or not there.
//! - The **field** is where the browser lets the reader write. It has a text of its own, which the draft follows; when
//!   the draft changes otherwise, the field is told ([`Effect::WriteField`]).

mod caret;
mod choose;
mod draft;
mod edit;
mod keep;
mod menu;
mod offer;
mod trigger;
pub mod utf16;

use std::ops::Range;

pub use caret::{snapped, to_delete};
pub use draft::{Draft, InputKind, Tag};
pub use edit::Edit;
pub use menu::{Menu, MenuAction, MenuStage, WhenFound};
pub use offer::{Command, ComposerSkill, Entity, Offer};
pub use trigger::{Sign, Trigger};

pub(super) use keep::{recalled, store};
pub(super) use menu::answered as menu_answered;
pub(crate) use menu::label as offer_label;

use super::{Effect, State};
use crate::protocol::UserMessageContent;

/// What the reader is writing.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    draft: Draft,
    /// The passage it will quote.
    quote: Option<String>,
    /// What is selected in the field, in UTF-16 units; empty where the caret is.
    selection: Range<usize>,
    /// Where the caret belongs, in bytes, while the field does not show the draft yet.
    unshown: Option<usize>,
    /// How often any of it has changed.
    changes: u64,
    keeping: keep::Keeping,
    /// The open menu.
    menu: Option<Menu>,
    /// The sign whose menu the reader put away, and its place in the text.
    put_away: Option<(Sign, usize)>,
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
    /// With the menu above the field.
    Menu(MenuAction),
    /// The field lost the focus.
    Blur,
    /// The quote above the field was removed.
    ClearQuote,
    /// The page is being left, perhaps for good.
    Leave,
}

impl Composer {
    /// Text and tags.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The passage it will quote.
    pub fn quote(&self) -> Option<&str> {
        self.quote.as_deref()
    }

    /// Writes something else instead.
    pub(super) fn write(&mut self, draft: Draft) {
        self.show(draft.text().len());
        self.draft = draft;
    }

    /// Quotes a passage, or none.
    pub(super) fn reply(&mut self, quote: Option<String>) {
        self.changes += u64::from(self.quote != quote);
        self.quote = quote;
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
        let nothing = self.draft.emptied();
        (std::mem::replace(&mut self.draft, nothing), self.quote.take())
    }

    /// Gives a message back that could not be sent, before whatever was written since.
    pub(super) fn give_back(&mut self, content: &[UserMessageContent], quote: Option<String>) {
        let caret = utf16::to_byte(self.draft.text(), self.selection.end);
        let before = self.draft.prepend(Draft::from_content(content));
        self.show(before + caret);
        let quote = quote.or(self.quote.take());
        self.reply(quote);
    }

    /// The menu that is open above the field.
    pub fn menu(&self) -> Option<&Menu> {
        self.menu.as_ref()
    }

    /// The selection is where the field's caret will be.
    fn place_caret(&mut self) {
        if let Some(caret) = self.unshown {
            let caret = utf16::from_byte(self.draft.text(), caret);
            self.selection = caret..caret;
        }
    }

    /// The field is to show the draft, with the caret at this byte.
    fn show(&mut self, caret: usize) {
        self.changes += 1;
        self.unshown = Some(caret);
    }
}

/// Applies what the reader does.
pub(super) fn user(state: &mut State, action: ComposerAction, out: &mut Vec<Effect>) {
    let composer = &mut state.composer;
    match action {
        ComposerAction::Input { text, caret, kind } => {
            composer.selection = caret..caret;
            composer.changes += u64::from(composer.draft.text() != text);
            if let Some(caret) = composer.draft.input(text, caret, kind) {
                composer.show(caret);
            }
            composer.place_caret();
            menu::follow(state, kind == InputKind::Typed, out);
        }
        ComposerAction::Select(selection) => {
            composer.selection = selection;
            menu::follow(state, false, out);
        }
        ComposerAction::Menu(action) => menu::user(state, action, out),
        ComposerAction::Blur => menu::close(state),
        ComposerAction::ClearQuote => composer.reply(None),
        ComposerAction::Leave => keep::store(state, out),
    }
}

/// Puts words where the caret is, such as dictated ones.
pub(super) fn insert(state: &mut State, words: &str) {
    state.composer.insert(Draft::plain(words));
}

/// What follows of whatever just happened.
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    keep::follow(state, out);
    state.composer.place_caret();
    if state.composer.unshown.take().is_some() {
        menu::check(state);
        let text = state.composer.draft.text().to_owned();
        out.push(Effect::WriteField { text, caret: state.composer.selection.end });
    }
}
