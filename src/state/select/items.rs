//! The conversation, row by row. A row is made anew only when its entry changed.

use std::rc::Rc;

use super::{
    ImageView, SourceView, SummaryView, TaskRowView, TurnActionsView, UserView, WorkflowView, picture,
    sources, structured, user, work,
};
use crate::markdown::{Arriving, Document};
use crate::protocol::{AssistantMessageContent, ThreadItem};
use crate::state::{Entry, EntryStatus, ItemKey, Part, tree};
use crate::text::{ChatKey, Words};

/// One drawn row of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemView {
    /// What the reader said.
    User(UserView),
    /// What the assistant said.
    Assistant(AssistantView),
    /// Steps of work, foldable.
    Workflow(WorkflowView),
    /// One step of work.
    Task(TaskRowView),
    /// An image the assistant made or makes.
    Image(ImageView),
    /// An item drawn as a plain note: a widget by its `copy_text` or the texts in it, or what cannot be shown.
    Note {
        /// Stable name.
        key: ItemKey,
        /// Plain text.
        text: String,
    },
    /// Questions of the assistant and what the reader answered.
    Summary(SummaryView),
    /// The action bar under a finished turn.
    Actions(TurnActionsView),
}

impl ItemView {
    /// The row's name: of its item, or of the item it follows.
    #[must_use]
    pub fn key(&self) -> ItemKey {
        match self {
            ItemView::User(view) => view.key,
            ItemView::Assistant(view) => view.key,
            ItemView::Workflow(view) => view.key,
            ItemView::Task(view) => view.key,
            ItemView::Image(view) => view.key,
            ItemView::Summary(view) => view.key,
            ItemView::Note { key, .. } => *key,
            ItemView::Actions(view) => view.key,
        }
    }
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
    /// What it cites, without duplicates, in the order of their marks.
    pub sources: Rc<[SourceView]>,
}

/// A part of an answer, or the sentence in place of one that nobody here can read.
fn document(content: &AssistantMessageContent, part: &Part, words: Words) -> Document {
    match content {
        AssistantMessageContent::OutputText(_) => part.document.document().clone(),
        AssistantMessageContent::Unknown(_) => {
            let mut sentence = Arriving::new(words.get(ChatKey::PartMissing));
            sentence.finish();
            while sentence.take_in() {}
            sentence.document().clone()
        }
    }
}

/// The row of one item; `None` for what is not drawn.
pub(super) fn row(entry: &mut Entry, words: Words) -> Option<ItemView> {
    let sources = sources::cited(entry);
    let note = |text: String| Some(ItemView::Note { key: entry.key, text });
    let cannot_show = || words.get(ChatKey::CannotShow).to_owned();
    match &entry.item {
        ThreadItem::UserMessage(message) => Some(ItemView::User(user::view(entry, message))),
        ThreadItem::AssistantMessage(message) => Some(ItemView::Assistant(AssistantView {
            key: entry.key,
            parts: message
                .content
                .iter()
                .zip(&entry.parts)
                .map(|(c, part)| document(c, part, words))
                .collect(),
            streaming: entry.status == EntryStatus::Pending,
            sources,
        })),
        ThreadItem::Widget(item) => {
            let texts = || Some(tree::texts(&item.widget)).filter(|texts| !texts.is_empty());
            note(item.copy_text.clone().or_else(texts).unwrap_or_else(cannot_show))
        }
        ThreadItem::GeneratedImage(item) => Some(ItemView::Image(picture::view(entry, item))),
        ThreadItem::Workflow(item) => work::workflow(entry, &item.workflow).map(ItemView::Workflow),
        ThreadItem::Task(item) => work::task(entry, &item.task).map(ItemView::Task),
        ThreadItem::StructuredInput(item) => structured::summary(entry.key, item).map(ItemView::Summary),
        ThreadItem::ClientToolCall(_)
        | ThreadItem::EndOfTurn(_)
        | ThreadItem::HiddenContext(_)
        | ThreadItem::SdkHiddenContext(_) => None,
        ThreadItem::Unknown(_) => note(words.get(ChatKey::PartMissing).to_owned()),
    }
}
