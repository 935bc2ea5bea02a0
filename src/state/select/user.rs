//! What the reader said.

use super::SourceView;
use crate::protocol::{Attachment, UserMessageContent, UserMessageItem, UserMessageTagContent};
use crate::state::{Entry, EntryStatus, ItemKey};

/// What the reader said.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    /// Stable name.
    pub key: ItemKey,
    /// The passage it refers to.
    pub quote: Option<String>,
    /// What was written, in order. Plain text, never markdown; spaces and line breaks count.
    pub content: Vec<Piece>,
    /// Files that were sent along.
    pub attachments: Vec<AttachmentView>,
    /// How far it got.
    pub state: UserItemState,
}

impl UserView {
    /// The entity with that number among the pieces, if it can be pressed.
    #[must_use]
    pub fn mentioned(&self, piece: usize) -> Option<SourceView> {
        match self.content.get(piece)? {
            Piece::Tag(tag) => SourceView::mentioned(tag),
            Piece::Text(_) => None,
        }
    }

    /// What was written, tags by their titles.
    #[must_use]
    pub fn text(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Tag(tag) => tag.text.clone(),
        };
        self.content.iter().map(text).collect()
    }
}

/// One piece of what was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Characters, as typed.
    Text(String),
    /// An entity that was mentioned.
    Tag(UserMessageTagContent),
}

impl Piece {
    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Piece::Text(text) if text.is_empty())
    }
}

/// A file that was sent along.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentView {
    /// Its name.
    pub name: String,
    /// Where its thumbnail is, if it is an image; untrusted.
    pub preview: Option<String>,
}

/// How far a message of the reader got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserItemState {
    /// On its way.
    Sending,
    /// Stored by the server.
    Sent,
    /// Not sent; the banner offers Retry.
    Unsent,
    /// Nobody knows whether the server has it; the banner offers Retry.
    Unconfirmed,
    /// Not confirmed, and the turn is about something else by now: its row offers Retry.
    Aside,
}

pub(super) fn view(entry: &Entry, message: &UserMessageItem) -> UserView {
    UserView {
        key: entry.key,
        quote: message.quoted_text.clone(),
        content: message.content.iter().map(piece).collect(),
        attachments: message.attachments.iter().map(attachment).collect(),
        state: match entry.status {
            EntryStatus::Sending => UserItemState::Sending,
            EntryStatus::Unsent => UserItemState::Unsent,
            EntryStatus::Unconfirmed => UserItemState::Unconfirmed,
            EntryStatus::Aside => UserItemState::Aside,
            EntryStatus::Pending | EntryStatus::Done => UserItemState::Sent,
        },
    }
}

fn piece(content: &UserMessageContent) -> Piece {
    match content {
        UserMessageContent::Tag(tag) => Piece::Tag(tag.clone()),
        other => Piece::Text(other.as_text().to_owned()),
    }
}

fn attachment(attachment: &Attachment) -> AttachmentView {
    let preview = match attachment {
        Attachment::Image(image) => image.preview_url.clone(),
        Attachment::File(_) | Attachment::Unknown(_) => None,
    };
    AttachmentView { name: attachment.name().to_owned(), preview }
}
