//! A message as it is kept in the tab's storage.

use super::row;
use crate::json::{self, Json};
use crate::protocol::{
    Attachment, Extra, InferenceOptions, ThreadItem, UserMessageContent, UserMessageInput, UserMessageItem,
    Wire,
};
use crate::state::turn::{Ask, Repeat};
use crate::state::{EntryStatus, ItemKey, State, settle};

/// A message that was not confirmed when the page was left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// The thread it belongs to; `None` is one that it was to begin.
    pub thread: Option<String>,
    /// Whether it was sent to make a new one.
    pub begins: bool,
    /// The key that it was sent with.
    pub idempotency_key: String,
    /// The newest item of the thread when it was written; empty in an empty one.
    after: String,
    content: Vec<UserMessageContent>,
    attachments: Vec<Attachment>,
    quoted_text: Option<String>,
    inference_options: InferenceOptions,
}

impl Kept {
    /// What is to be kept of the message in row `key`.
    pub fn of(state: &State, key: ItemKey, again: &Repeat) -> Option<Self> {
        let (_, input) = again.ask.unsent()?;
        let stored = state.items.iter().filter(|entry| entry.status == EntryStatus::Done);
        let mut before = stored.map(|entry| entry.item.id()).filter(|id| !id.is_empty());
        Some(Kept {
            thread: again.ask.thread().map(str::to_owned),
            begins: matches!(again.ask, Ask::Message { begins: true, .. }),
            idempotency_key: again.idempotency_key.clone().unwrap_or_default(),
            after: before.next_back().unwrap_or_default().to_owned(),
            content: input.content.clone(),
            attachments: row(state, key).map(|row| row.attachments.clone()).unwrap_or_default(),
            quoted_text: input.quoted_text.clone(),
            inference_options: input.inference_options.clone(),
        })
    }

    /// Its row, and what is to be sent.
    pub fn message(&self) -> (UserMessageItem, UserMessageInput) {
        let item = UserMessageItem {
            id: String::new(),
            thread_id: String::new(),
            created_at: String::new(),
            content: self.content.clone(),
            attachments: self.attachments.clone(),
            quoted_text: self.quoted_text.clone(),
            inference_options: self.inference_options.clone(),
            extra: Extra::new(),
        };
        let input = UserMessageInput {
            content: self.content.clone(),
            attachments: self.attachments.iter().map(|attachment| attachment.id().to_owned()).collect(),
            quoted_text: self.quoted_text.clone(),
            inference_options: self.inference_options.clone(),
        };
        (item, input)
    }

    /// The id of the same message in the thread on screen, written after what was there before it.
    pub fn stored_as(&self, state: &State) -> Option<String> {
        self.thread.as_ref()?;
        let (_, input) = self.message();
        let mut rows: Vec<_> = state.items.iter().collect();
        if let Some(at) = rows.iter().position(|entry| entry.item.id() == self.after) {
            rows.drain(..=at);
        }
        let same = |item: &ThreadItem| match item {
            ThreadItem::UserMessage(message) if !message.id.is_empty() => {
                settle::same_message(&input, message)
            }
            _ => false,
        };
        rows.iter().find(|entry| same(&entry.item)).map(|entry| entry.item.id().to_owned())
    }

    fn encode(&self) -> Json {
        let text = |text: &Option<String>| text.as_deref().map_or(Json::Null, Json::from);
        Json::object([
            ("thread", text(&self.thread)),
            ("begins", Json::Bool(self.begins)),
            ("key", self.idempotency_key.as_str().into()),
            ("after", self.after.as_str().into()),
            ("content", self.content.encode()),
            ("attachments", self.attachments.encode()),
            ("quote", text(&self.quoted_text)),
            ("options", self.inference_options.encode()),
        ])
    }

    fn decode(json: &Json) -> Option<Self> {
        let content: Vec<UserMessageContent> = Wire::decode(json.given("content")?).ok()?;
        let attachments: Vec<Attachment> =
            json.given("attachments").and_then(|list| Wire::decode(list).ok()).unwrap_or_default();
        let says = content.iter().any(|part| !part.as_text().trim().is_empty());
        if !says && attachments.is_empty() {
            return None;
        }
        let text = |name| json.given(name).and_then(Json::as_str).map(str::to_owned);
        Some(Kept {
            thread: text("thread"),
            begins: json.given("begins").and_then(Json::as_bool) == Some(true),
            idempotency_key: text("key").unwrap_or_default(),
            after: text("after").unwrap_or_default(),
            content,
            attachments,
            quoted_text: text("quote"),
            inference_options: json
                .given("options")
                .and_then(|options| Wire::decode(options).ok())
                .unwrap_or_default(),
        })
    }
}

/// As text.
pub(super) fn write(all: &[Kept]) -> String {
    Json::Array(all.iter().map(Kept::encode).collect()).to_string()
}

/// From text that may have been written by anybody.
pub(super) fn read(text: &str) -> Vec<Kept> {
    let json = json::read(text).unwrap_or(Json::Null);
    json.as_array().unwrap_or_default().iter().filter_map(Kept::decode).collect()
}
