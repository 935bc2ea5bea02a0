//! What messages are made of: the reader's text and tags, the assistant's text.

use crate::json::Json;

use super::declare::{object, params, tagged};
use super::{Annotation, Extra};

params! {
    /// A user message on its way to the server. `content`, `attachments` and `inference_options` are always
    /// encoded: the server refuses a message that lacks one of them.
    #[derive(Default)]
    pub struct UserMessageInput {
        /// Text and tags, in the order written.
        pub content: Vec<UserMessageContent>,
        /// Ids of uploaded attachments.
        pub attachments: Vec<String>,
        /// Text the reader replies to.
        pub quoted_text: Option<String>,
        /// The reader's choice of tool and model.
        pub inference_options: InferenceOptions,
    }
}

impl UserMessageInput {
    /// A message of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: vec![UserMessageContent::text(text)], ..Self::default() }
    }
}

tagged! {
    /// One part of a user message.
    pub enum UserMessageContent text "input_text" {
        /// Plain text, never markdown.
        Text(UserMessageTextContent) = "input_text" | "text",
        /// An entity the reader mentioned.
        Tag(UserMessageTagContent) = "input_tag",
    }
}

impl UserMessageContent {
    /// A part of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(UserMessageTextContent { text: text.into(), extra: Extra::new() })
    }

    /// The words a reader sees; empty for an unknown part without any.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(part) => &part.text,
            Self::Tag(part) => &part.text,
            Self::Unknown(value) => value.get("text").and_then(Json::as_str).unwrap_or_default(),
        }
    }
}

object! {
    /// Body of [`UserMessageContent::Text`].
    pub struct UserMessageTextContent {
        /// The words.
        pub text: String,
    }
}

object! {
    /// Body of [`UserMessageContent::Tag`].
    pub struct UserMessageTagContent {
        /// The entity's id.
        pub id: String = default,
        /// What the chip shows.
        pub text: String,
        /// The entity's data. Always encoded: optional in ChatKit's TypeScript types, required by the server.
        pub data: Extra = default,
        /// The entity's group.
        pub group: Option<String>,
        /// Whether clicks and previews go to the integrator's callbacks.
        pub interactive: bool = default,
    }
}

object! {
    /// The reader's choice of tool and model for one message.
    #[derive(Default)]
    pub struct InferenceOptions {
        /// The tool to use.
        pub tool_choice: Option<ToolChoice>,
        /// The model to use.
        pub model: Option<String>,
    }
}

object! {
    /// A tool, by id.
    pub struct ToolChoice {
        /// `composer.tools[].id`.
        pub id: String,
    }
}

tagged! {
    /// One part of an assistant message.
    pub enum AssistantMessageContent text "output_text" {
        /// Markdown with citations.
        OutputText(OutputText) = "output_text" | "text",
    }
}

impl AssistantMessageContent {
    /// A part of text without citations.
    pub fn output_text(text: impl Into<String>) -> Self {
        Self::OutputText(OutputText { text: text.into(), ..OutputText::default() })
    }

    /// The markdown; empty for an unknown part.
    pub fn text(&self) -> &str {
        match self {
            Self::OutputText(part) => &part.text,
            Self::Unknown(_) => "",
        }
    }

    /// The citations; none for an unknown part.
    pub fn annotations(&self) -> &[Annotation] {
        match self {
            Self::OutputText(part) => &part.annotations,
            Self::Unknown(_) => &[],
        }
    }

    /// The part to change while it streams; `None` for an unknown part.
    pub fn as_output_text_mut(&mut self) -> Option<&mut OutputText> {
        match self {
            Self::OutputText(part) => Some(part),
            Self::Unknown(_) => None,
        }
    }
}

/// The empty text part that fills a gap when an update names a later part first.
impl Default for AssistantMessageContent {
    fn default() -> Self {
        Self::OutputText(OutputText::default())
    }
}

object! {
    /// Body of [`AssistantMessageContent::OutputText`].
    #[derive(Default)]
    pub struct OutputText {
        /// Markdown; untrusted.
        pub text: String,
        /// Citations, in the order they were added.
        pub annotations: Vec<Annotation> = default,
    }
}
