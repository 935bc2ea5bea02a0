//! Requests: the operations a client can ask for, and the answers that have no other home.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::wire::object;
use super::{Extra, StructuredInputSubmission, ThreadItem, UserMessageInput};

/// One operation (ChatKit protocol §5.2). Encoded by [`ClientRequest::body`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "params")]
pub enum ClientRequest {
    /// Begins a thread with a message. Streams.
    #[serde(rename = "threads.create")]
    ThreadsCreate {
        /// The message.
        input: UserMessageInput,
    },
    /// Adds a message. Streams.
    #[serde(rename = "threads.add_user_message")]
    ThreadsAddUserMessage {
        /// The thread.
        thread_id: String,
        /// The message.
        input: UserMessageInput,
    },
    /// Gives the result of the pending client tool call, which is the thread's newest item. Streams.
    #[serde(rename = "threads.add_client_tool_output")]
    ThreadsAddClientToolOutput {
        /// The thread.
        thread_id: String,
        /// Any JSON; always encoded, as the server refuses a request without it.
        result: Value,
    },
    /// Answers a pending structured input. Streams.
    #[serde(rename = "threads.add_structured_input")]
    ThreadsAddStructuredInput {
        /// The thread.
        thread_id: String,
        /// The structured input item.
        item_id: String,
        /// The answers.
        input: StructuredInputSubmission,
    },
    /// Answers a user message anew. The server deletes what came after it and does not say so. Streams.
    #[serde(rename = "threads.retry_after_item")]
    ThreadsRetryAfterItem {
        /// The thread.
        thread_id: String,
        /// The user message.
        item_id: String,
    },
    /// Runs an action of a widget or of the host page. Streams.
    #[serde(rename = "threads.custom_action")]
    ThreadsCustomAction(CustomActionParams),
    /// Runs an action and gives back one item: [`SyncCustomActionResponse`].
    #[serde(rename = "threads.sync_custom_action")]
    ThreadsSyncCustomAction(CustomActionParams),
    /// Reads a thread with its **oldest** 20 items.
    #[serde(rename = "threads.get_by_id")]
    ThreadsGetById {
        /// The thread.
        thread_id: String,
    },
    /// Lists threads, without their items: a page of threads.
    #[serde(rename = "threads.list")]
    ThreadsList(ListParams),
    /// Renames a thread: the thread without its items.
    #[serde(rename = "threads.update")]
    ThreadsUpdate {
        /// The thread.
        thread_id: String,
        /// The new title.
        title: String,
    },
    /// Deletes a thread: `{}`.
    #[serde(rename = "threads.delete")]
    ThreadsDelete {
        /// The thread.
        thread_id: String,
    },
    /// Lists items of a thread: a page of items.
    #[serde(rename = "items.list")]
    ItemsList {
        /// The thread.
        thread_id: String,
        /// Which page.
        #[serde(flatten)]
        page: ListParams,
    },
    /// Says what the reader thinks of an answer: `{}`.
    #[serde(rename = "items.feedback")]
    ItemsFeedback {
        /// The thread.
        thread_id: String,
        /// All assistant-side items of the turn.
        item_ids: Vec<String>,
        /// The verdict.
        kind: FeedbackKind,
    },
    /// Announces a file: an attachment with an upload descriptor.
    #[serde(rename = "attachments.create")]
    AttachmentsCreate {
        /// Name of the file.
        name: String,
        /// Bytes.
        size: u64,
        /// MIME type.
        mime_type: String,
    },
    /// Takes an attachment back: `{}`.
    #[serde(rename = "attachments.delete")]
    AttachmentsDelete {
        /// The attachment.
        attachment_id: String,
    },
    /// Turns speech into text: [`TranscriptionResult`].
    #[serde(rename = "input.transcribe")]
    InputTranscribe {
        /// The recording, without a data-URL prefix.
        audio_base64: String,
        /// MIME type, with codecs.
        mime_type: String,
    },
}

impl ClientRequest {
    /// The request's JSON: `{"type", "params", "metadata": {}}`.
    pub fn body(&self) -> String {
        self.body_with_metadata(&Extra::new())
    }

    /// The request's JSON with metadata for the integrator's server.
    pub fn body_with_metadata(&self, metadata: &Extra) -> String {
        #[derive(Serialize)]
        struct Envelope<'a> {
            #[serde(flatten)]
            request: &'a ClientRequest,
            metadata: &'a Extra,
        }
        // Encoding fails only for maps with keys that are not strings; there are none.
        serde_json::to_string(&Envelope { request: self, metadata }).unwrap_or_default()
    }

    /// Whether the answer is a stream of events rather than one JSON document. The operation decides, not the
    /// content type, which is the host application's choice.
    pub fn is_streaming(&self) -> bool {
        matches!(
            self,
            Self::ThreadsCreate { .. }
                | Self::ThreadsAddUserMessage { .. }
                | Self::ThreadsAddClientToolOutput { .. }
                | Self::ThreadsAddStructuredInput { .. }
                | Self::ThreadsRetryAfterItem { .. }
                | Self::ThreadsCustomAction(_)
        )
    }

    /// The operation's name, the `type` of the JSON.
    pub fn op(&self) -> &'static str {
        match self {
            Self::ThreadsCreate { .. } => "threads.create",
            Self::ThreadsAddUserMessage { .. } => "threads.add_user_message",
            Self::ThreadsAddClientToolOutput { .. } => "threads.add_client_tool_output",
            Self::ThreadsAddStructuredInput { .. } => "threads.add_structured_input",
            Self::ThreadsRetryAfterItem { .. } => "threads.retry_after_item",
            Self::ThreadsCustomAction(_) => "threads.custom_action",
            Self::ThreadsSyncCustomAction(_) => "threads.sync_custom_action",
            Self::ThreadsGetById { .. } => "threads.get_by_id",
            Self::ThreadsList(_) => "threads.list",
            Self::ThreadsUpdate { .. } => "threads.update",
            Self::ThreadsDelete { .. } => "threads.delete",
            Self::ItemsList { .. } => "items.list",
            Self::ItemsFeedback { .. } => "items.feedback",
            Self::AttachmentsCreate { .. } => "attachments.create",
            Self::AttachmentsDelete { .. } => "attachments.delete",
            Self::InputTranscribe { .. } => "input.transcribe",
        }
    }
}

/// Whose action, and which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomActionParams {
    /// The thread.
    pub thread_id: String,
    /// The widget item it was fired in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<String>,
    /// The action.
    pub action: Action,
}

/// An action of the integrator's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// Its name.
    #[serde(rename = "type")]
    pub kind: String,
    /// Any JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Value>,
}

/// Which page of a listing. Keep `limit` and `order` the same from page to page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListParams {
    /// Rows at most; the server takes 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Newest or oldest first.
    #[serde(default)]
    pub order: Order,
    /// [`super::Page::after`] of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Order of a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Oldest first.
    Asc,
    /// Newest first.
    #[default]
    Desc,
}

/// What the reader thinks of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackKind {
    /// Thumbs up.
    Positive,
    /// Thumbs down.
    Negative,
}

object! {
    /// Answer to `threads.sync_custom_action`.
    #[derive(Default)]
    pub struct SyncCustomActionResponse {
        /// The item to put in place of the one with the same id.
        pub updated_item: Option<ThreadItem>,
    }
}

object! {
    /// Answer to `input.transcribe`.
    pub struct TranscriptionResult {
        /// What was said.
        pub text: String,
    }
}
