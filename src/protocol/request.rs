//! Requests: the operations a client can ask for, and the answers that have no other home.

use super::declare::{object, serde_through_wire};
use super::wire::{Body, Field, Misfits, Wire, fields};
use super::{
    CustomActionParams, Extra, FeedbackKind, ListParams, StructuredInputSubmission, ThreadItem,
    UserMessageInput,
};
use crate::json::Json;

/// One operation (ChatKit protocol §5.2). Encoded by [`ClientRequest::body`].
#[derive(Clone, Debug, PartialEq)]
pub enum ClientRequest {
    /// Begins a thread with a message. Streams.
    ThreadsCreate {
        /// The message.
        input: UserMessageInput,
    },
    /// Adds a message. Streams.
    ThreadsAddUserMessage {
        /// The thread.
        thread_id: String,
        /// The message.
        input: UserMessageInput,
    },
    /// Gives the result of the pending client tool call, which is the thread's newest item. Streams.
    ThreadsAddClientToolOutput {
        /// The thread.
        thread_id: String,
        /// Any JSON; always encoded, as the server refuses a request without it.
        result: Json,
    },
    /// Answers a pending structured input. Streams.
    ThreadsAddStructuredInput {
        /// The thread.
        thread_id: String,
        /// The structured input item.
        item_id: String,
        /// The answers.
        input: StructuredInputSubmission,
    },
    /// Answers a user message anew. The server deletes what came after it and does not say so. Streams.
    ThreadsRetryAfterItem {
        /// The thread.
        thread_id: String,
        /// The user message.
        item_id: String,
    },
    /// Runs an action of a widget or of the host page. Streams.
    ThreadsCustomAction(CustomActionParams),
    /// Runs an action and gives back one item: [`SyncCustomActionResponse`].
    ThreadsSyncCustomAction(CustomActionParams),
    /// Reads a thread with its **oldest** 20 items.
    ThreadsGetById {
        /// The thread.
        thread_id: String,
    },
    /// Lists threads, without their items: a page of threads.
    ThreadsList(ListParams),
    /// Renames a thread: the thread without its items.
    ThreadsUpdate {
        /// The thread.
        thread_id: String,
        /// The new title.
        title: String,
    },
    /// Deletes a thread: `{}`.
    ThreadsDelete {
        /// The thread.
        thread_id: String,
    },
    /// Lists items of a thread: a page of items.
    ItemsList {
        /// The thread.
        thread_id: String,
        /// Which page; its fields stand beside `thread_id`.
        page: ListParams,
    },
    /// Says what the reader thinks of an answer: `{}`.
    ItemsFeedback {
        /// The thread.
        thread_id: String,
        /// All assistant-side items of the turn.
        item_ids: Vec<String>,
        /// The verdict.
        kind: FeedbackKind,
    },
    /// Announces a file: an attachment with an upload descriptor.
    AttachmentsCreate {
        /// Name of the file.
        name: String,
        /// Bytes.
        size: u64,
        /// MIME type.
        mime_type: String,
    },
    /// Takes an attachment back: `{}`.
    AttachmentsDelete {
        /// The attachment.
        attachment_id: String,
    },
    /// Turns speech into text: [`TranscriptionResult`].
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
        let mut body = self.envelope();
        metadata.put(&mut body, "metadata");
        Json::Object(body).to_string()
    }

    fn envelope(&self) -> Extra {
        let mut params = Extra::new();
        self.write_params(&mut params);
        Extra::from_iter([("type".to_owned(), self.op().into()), ("params".to_owned(), Json::Object(params))])
    }

    fn write_params(&self, params: &mut Extra) {
        match self {
            Self::ThreadsCreate { input } => input.put(params, "input"),
            Self::ThreadsAddUserMessage { thread_id, input } => {
                thread_id.put(params, "thread_id");
                input.put(params, "input");
            }
            Self::ThreadsAddClientToolOutput { thread_id, result } => {
                thread_id.put(params, "thread_id");
                result.put(params, "result");
            }
            Self::ThreadsAddStructuredInput { thread_id, item_id, input } => {
                thread_id.put(params, "thread_id");
                item_id.put(params, "item_id");
                input.put(params, "input");
            }
            Self::ThreadsRetryAfterItem { thread_id, item_id } => {
                thread_id.put(params, "thread_id");
                item_id.put(params, "item_id");
            }
            Self::ThreadsCustomAction(action) | Self::ThreadsSyncCustomAction(action) => {
                action.write_fields(params);
            }
            Self::ThreadsGetById { thread_id } | Self::ThreadsDelete { thread_id } => {
                thread_id.put(params, "thread_id");
            }
            Self::ThreadsList(page) => page.write_fields(params),
            Self::ThreadsUpdate { thread_id, title } => {
                thread_id.put(params, "thread_id");
                title.put(params, "title");
            }
            Self::ItemsList { thread_id, page } => {
                thread_id.put(params, "thread_id");
                page.write_fields(params);
            }
            Self::ItemsFeedback { thread_id, item_ids, kind } => {
                thread_id.put(params, "thread_id");
                item_ids.put(params, "item_ids");
                kind.put(params, "kind");
            }
            Self::AttachmentsCreate { name, size, mime_type } => {
                name.put(params, "name");
                size.put(params, "size");
                mime_type.put(params, "mime_type");
            }
            Self::AttachmentsDelete { attachment_id } => attachment_id.put(params, "attachment_id"),
            Self::InputTranscribe { audio_base64, mime_type } => {
                audio_base64.put(params, "audio_base64");
                mime_type.put(params, "mime_type");
            }
        }
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

impl Wire for ClientRequest {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let op = value.get("type").and_then(Json::as_str).unwrap_or_default();
        let params = fields(value.get("params").unwrap_or(&Json::Null), misfits);
        /// A field that is part of the operation.
        macro_rules! take {
            ($key:literal) => {
                Field::take(params, $key, misfits)
            };
        }
        match op {
            "threads.create" => Self::ThreadsCreate { input: take!("input") },
            "threads.add_user_message" => {
                Self::ThreadsAddUserMessage { thread_id: take!("thread_id"), input: take!("input") }
            }
            "threads.add_client_tool_output" => {
                Self::ThreadsAddClientToolOutput { thread_id: take!("thread_id"), result: take!("result") }
            }
            "threads.add_structured_input" => Self::ThreadsAddStructuredInput {
                thread_id: take!("thread_id"),
                item_id: take!("item_id"),
                input: take!("input"),
            },
            "threads.retry_after_item" => {
                Self::ThreadsRetryAfterItem { thread_id: take!("thread_id"), item_id: take!("item_id") }
            }
            "threads.custom_action" => Self::ThreadsCustomAction(Body::read_fields(params, false, misfits)),
            "threads.sync_custom_action" => {
                Self::ThreadsSyncCustomAction(Body::read_fields(params, false, misfits))
            }
            "threads.get_by_id" => Self::ThreadsGetById { thread_id: take!("thread_id") },
            "threads.list" => Self::ThreadsList(Body::read_fields(params, false, misfits)),
            "threads.update" => Self::ThreadsUpdate { thread_id: take!("thread_id"), title: take!("title") },
            "threads.delete" => Self::ThreadsDelete { thread_id: take!("thread_id") },
            "items.list" => Self::ItemsList {
                thread_id: take!("thread_id"),
                page: Body::read_fields(params, false, misfits),
            },
            "items.feedback" => Self::ItemsFeedback {
                thread_id: take!("thread_id"),
                item_ids: take!("item_ids"),
                kind: take!("kind"),
            },
            "attachments.create" => Self::AttachmentsCreate {
                name: take!("name"),
                size: take!("size"),
                mime_type: take!("mime_type"),
            },
            "attachments.delete" => Self::AttachmentsDelete { attachment_id: take!("attachment_id") },
            "input.transcribe" => {
                Self::InputTranscribe { audio_base64: take!("audio_base64"), mime_type: take!("mime_type") }
            }
            _ => {
                misfits.note(value, "an operation of ChatKit as `type`");
                Self::ThreadsList(ListParams::default())
            }
        }
    }

    fn encode(&self) -> Json {
        Json::Object(self.envelope())
    }
}

serde_through_wire!(ClientRequest);

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
