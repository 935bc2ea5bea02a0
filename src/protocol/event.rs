//! Events: the frames of a streamed answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Extra, Thread, ThreadItem, ThreadItemUpdate, open_enum::open_enum};

/// One frame of a streamed answer (ChatKit protocol §5.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadStreamEvent {
    /// The thread of the first message exists now and has an id.
    #[serde(rename = "thread.created")]
    ThreadCreated {
        /// The new thread, without items.
        thread: Thread,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// Title, status or image domains changed. `thread.items` is always empty here and says nothing.
    #[serde(rename = "thread.updated")]
    ThreadUpdated {
        /// The thread's metadata.
        thread: Thread,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// An item begins; the server has not stored it yet.
    #[serde(rename = "thread.item.added")]
    ThreadItemAdded {
        /// The item as it begins.
        item: ThreadItem,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// An item that has begun changes.
    #[serde(rename = "thread.item.updated")]
    ThreadItemUpdated {
        /// Which item.
        item_id: String,
        /// The change.
        update: ThreadItemUpdate,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// An item is final. It may come without `added` before it and may replace an item of an earlier turn.
    #[serde(rename = "thread.item.done")]
    ThreadItemDone {
        /// The item as stored.
        item: ThreadItem,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// An item is gone; it may be one that was never shown.
    #[serde(rename = "thread.item.removed")]
    ThreadItemRemoved {
        /// Which item.
        item_id: String,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A stored item has a new content.
    #[serde(rename = "thread.item.replaced")]
    ThreadItemReplaced {
        /// The item as stored now.
        item: ThreadItem,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// What the reader may do with the running stream.
    #[serde(rename = "stream_options")]
    StreamOptions {
        /// The options.
        stream_options: StreamOptions,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A passing line about what the assistant does.
    #[serde(rename = "progress_update")]
    ProgressUpdate(ProgressUpdateEvent),
    /// Something for the host page to do.
    #[serde(rename = "client_effect")]
    ClientEffect(ClientEffectEvent),
    /// A failure; the stream may go on after it.
    #[serde(rename = "error")]
    Error(ErrorEvent),
    /// A message to the reader that is not stored.
    #[serde(rename = "notice")]
    Notice(NoticeEvent),
    /// A type this version does not know, or a known one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}

/// What the reader may do with the running stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamOptions {
    /// Whether to offer Stop.
    pub allow_cancel: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A passing line about what the assistant does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgressUpdateEvent {
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Plain text.
    pub text: String,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Something for the host page to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientEffectEvent {
    /// What to do.
    pub name: String,
    /// With what; untrusted.
    #[serde(default)]
    pub data: Extra,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A failure the server reports within a stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorEvent {
    /// What kind.
    #[serde(default)]
    pub code: ErrorCode,
    /// Plain text for the reader, given with [`ErrorCode::Custom`] only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether to offer a retry.
    #[serde(default)]
    pub allow_retry: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Kind of an [`ErrorEvent`]; an open set.
    #[derive(Default)]
    pub enum ErrorCode {
        /// The message is meant for the reader.
        #[default]
        Custom = "custom",
        /// Generating the answer failed.
        StreamError = "stream.error",
    }
}

/// A message to the reader that is not stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeEvent {
    /// How serious.
    pub level: NoticeLevel,
    /// Markdown; untrusted.
    pub message: String,
    /// Heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// How serious a notice is.
    pub enum NoticeLevel {
        /// Good to know.
        Info = "info",
        /// Worth attention.
        Warning = "warning",
        /// Something is wrong.
        Danger = "danger",
    }
}
