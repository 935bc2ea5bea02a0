//! The conversation.

use crate::markdown::Document;
use crate::state::ItemKey;

/// One drawn row of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemView {
    /// What the reader said.
    User(UserView),
    /// What the assistant said.
    Assistant(AssistantView),
    /// An item drawn as a plain note: a widget's `copy_text`, a task's title.
    Note {
        /// Stable name.
        key: ItemKey,
        /// Plain text.
        text: String,
    },
    /// The action bar under a finished turn.
    Actions(TurnActionsView),
}

/// What the reader said.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    /// Stable name.
    pub key: ItemKey,
    /// The passage it refers to.
    pub quote: Option<String>,
    /// Plain text, never markdown; line breaks count.
    pub text: String,
    /// Names of attachments.
    pub attachments: Vec<String>,
    /// How far it got.
    pub state: UserItemState,
}

/// How far a message of the reader got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserItemState {
    /// On its way.
    Sending,
    /// Stored by the server.
    Sent,
    /// Not (certainly) stored; the banner offers Retry.
    Unsent,
}

/// What the assistant said.
#[derive(Clone, Debug, PartialEq)]
pub struct AssistantView {
    /// Stable name.
    pub key: ItemKey,
    /// One markdown document a content part; cheap to clone (settled blocks are shared).
    pub parts: Vec<Document>,
    /// Whether more is coming.
    pub streaming: bool,
    /// What it cites, without duplicates, in order of appearance.
    pub sources: Vec<SourceView>,
}

/// One cited source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// What to show.
    pub title: String,
    /// Where it leads; `None` for files and entities, or when the address is not safe.
    pub url: Option<String>,
    /// Small print: site, file name or description.
    pub detail: Option<String>,
}

/// The action bar under a finished turn.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnActionsView {
    /// Key of the row: that of the turn's last item.
    pub key: ItemKey,
    /// What Copy puts on the clipboard.
    pub copy_text: String,
    /// Where "Try again" starts: the user message (`threadItemActions.retry`).
    pub retry: Option<ItemKey>,
}
