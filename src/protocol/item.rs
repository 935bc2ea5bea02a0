//! Items: what a thread consists of.

use crate::json::{Json, Number};

use super::declare::{object, tagged};
use super::{
    AssistantMessageContent, Attachment, Extra, InferenceOptions, StructuredInput, StructuredInputStatus,
    Task, UserMessageContent, Widget, Workflow, words::open_enum,
};

/// Declares the body of an item: the three fields every item has, and its own. It is shown by its content; an item
/// without an id can be shown, too.
macro_rules! item {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$fdoc:meta])* pub $field:ident: $type:ty $(= $default:ident)?,)*
    }) => {
        object! {
            $(#[$doc])*
            pub struct $name {
                /// Opaque id; not unique with every server, see the ChatKit protocol on `__fake_id__`.
                pub id: String = default,
                /// The thread it belongs to.
                pub thread_id: String = default,
                /// As the server writes it: usually its local time without a zone. Not for ordering.
                pub created_at: String = default,
                $($(#[$fdoc])* pub $field: $type $(= $default)?,)*
            }
        }
    };
}

tagged! {
    /// One item of a thread (ChatKit protocol §6.1).
    pub enum ThreadItem {
        /// What the reader wrote.
        UserMessage(UserMessageItem) = "user_message",
        /// What the assistant wrote.
        AssistantMessage(AssistantMessageItem) = "assistant_message",
        /// A function of the host page the assistant asks for.
        ClientToolCall(ClientToolCallItem) = "client_tool_call",
        /// A tree of components.
        Widget(WidgetItem) = "widget",
        /// An image the assistant made.
        GeneratedImage(GeneratedImageItem) = "generated_image",
        /// Questions that take the composer's place.
        StructuredInput(StructuredInputItem) = "structured_input",
        /// One step of work.
        Task(TaskItem) = "task",
        /// A chain of steps.
        Workflow(WorkflowItem) = "workflow",
        /// An invisible end of the assistant's turn.
        EndOfTurn(EndOfTurnItem) = "end_of_turn",
        /// Context for the model, never for the reader.
        HiddenContext(HiddenContextItem) = "hidden_context_item",
        /// Context for the model written by the SDK itself, never for the reader.
        SdkHiddenContext(HiddenContextItem) = "sdk_hidden_context",
    }
}

impl ThreadItem {
    /// The item's id; empty for an unknown item without one.
    pub fn id(&self) -> &str {
        match self {
            Self::UserMessage(item) => &item.id,
            Self::AssistantMessage(item) => &item.id,
            Self::ClientToolCall(item) => &item.id,
            Self::Widget(item) => &item.id,
            Self::GeneratedImage(item) => &item.id,
            Self::StructuredInput(item) => &item.id,
            Self::Task(item) => &item.id,
            Self::Workflow(item) => &item.id,
            Self::EndOfTurn(item) => &item.id,
            Self::HiddenContext(item) | Self::SdkHiddenContext(item) => &item.id,
            Self::Unknown(value) => value.get("id").and_then(id_of_unknown).unwrap_or_default(),
        }
    }

    /// The item's `type` as it stands in the JSON; empty for an unknown item without one.
    pub fn kind(&self) -> &str {
        match self {
            Self::UserMessage(_) => "user_message",
            Self::AssistantMessage(_) => "assistant_message",
            Self::ClientToolCall(_) => "client_tool_call",
            Self::Widget(_) => "widget",
            Self::GeneratedImage(_) => "generated_image",
            Self::StructuredInput(_) => "structured_input",
            Self::Task(_) => "task",
            Self::Workflow(_) => "workflow",
            Self::EndOfTurn(_) => "end_of_turn",
            Self::HiddenContext(_) => "hidden_context_item",
            Self::SdkHiddenContext(_) => "sdk_hidden_context",
            Self::Unknown(value) => value.get("type").and_then(Json::as_str).unwrap_or_default(),
        }
    }

    /// Whether it must never be shown, even if a server lets it through.
    pub fn is_hidden(&self) -> bool {
        match self {
            Self::HiddenContext(_) | Self::SdkHiddenContext(_) => true,
            // What is not for readers in a newer version is called so there as well.
            Self::Unknown(_) => self.kind().contains("hidden"),
            _ => false,
        }
    }

    /// The thread it says it belongs to; empty where it does not say.
    pub fn thread_id(&self) -> &str {
        match self {
            Self::UserMessage(item) => &item.thread_id,
            Self::AssistantMessage(item) => &item.thread_id,
            _ => "",
        }
    }
}

fn id_of_unknown(id: &Json) -> Option<&str> {
    id.as_str().or_else(|| id.as_number().map(Number::as_str))
}

item! {
    /// What the reader wrote.
    pub struct UserMessageItem {
        /// Text and tags, in the order written. Plain text, never markdown.
        pub content: Vec<UserMessageContent> = default,
        /// Attached files.
        pub attachments: Vec<Attachment> = default,
        /// Text the reader replied to.
        pub quoted_text: Option<String>,
        /// The reader's choice of tool and model.
        pub inference_options: InferenceOptions = default,
    }
}

item! {
    /// What the assistant wrote.
    pub struct AssistantMessageItem {
        /// Its parts, in order.
        pub content: Vec<AssistantMessageContent> = default,
    }
}

item! {
    /// A function of the host page the assistant asks for.
    pub struct ClientToolCallItem {
        /// Whether the result is in.
        pub status: ClientToolCallStatus = default,
        /// The model's id of the call.
        pub call_id: String = default,
        /// The function.
        pub name: String,
        /// Its arguments; untrusted. A function is not called with others than were meant.
        pub arguments: Extra = if_given,
        /// Its result, once completed.
        pub output: Option<Json>,
    }
}

open_enum! {
    /// Whether the result of a client tool call is in.
    #[derive(Default)]
    pub enum ClientToolCallStatus {
        /// The server waits for it.
        #[default]
        Pending = "pending",
        /// It is.
        Completed = "completed",
    }
}

item! {
    /// A tree of components.
    pub struct WidgetItem {
        /// The tree.
        pub widget: Widget,
        /// What Copy copies.
        pub copy_text: Option<String>,
    }
}

item! {
    /// An image the assistant makes or made.
    pub struct GeneratedImageItem {
        /// The image; absent until there is something to see.
        pub image: Option<GeneratedImage>,
    }
}

object! {
    /// An image the assistant made.
    pub struct GeneratedImage {
        /// Opaque id.
        pub id: String = default,
        /// Where it is, by default a `data:image/png` URL; untrusted.
        pub url: String,
    }
}

item! {
    /// Questions that take the composer's place.
    pub struct StructuredInputItem {
        /// Whether they are answered.
        pub status: StructuredInputStatus = default,
        /// The questions.
        pub inputs: Vec<StructuredInput>,
    }
}

item! {
    /// One step of work.
    pub struct TaskItem {
        /// The step.
        pub task: Task,
    }
}

item! {
    /// A chain of steps.
    pub struct WorkflowItem {
        /// The chain.
        pub workflow: Workflow,
    }
}

item! {
    /// An invisible end of the assistant's turn.
    pub struct EndOfTurnItem {}
}

item! {
    /// Context for the model, never for the reader. Its content stays in `extra`: nobody here reads it.
    pub struct HiddenContextItem {}
}
