//! What messages are made of: the reader's text and tags, the assistant's text.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotation, Extra};

/// A user message on its way to the server. `content`, `attachments` and `inference_options` are always
/// encoded: the server refuses a message that lacks one of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserMessageInput {
    /// Text and tags, in the order written.
    pub content: Vec<UserMessageContent>,
    /// Ids of uploaded attachments.
    pub attachments: Vec<String>,
    /// Text the reader replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted_text: Option<String>,
    /// The reader's choice of tool and model.
    pub inference_options: InferenceOptions,
}

impl UserMessageInput {
    /// A message of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: vec![UserMessageContent::text(text)], ..Self::default() }
    }
}

/// One part of a user message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum UserMessageContent {
    /// Plain text, never markdown.
    #[serde(rename = "input_text")]
    Text(UserMessageTextContent),
    /// An entity the reader mentioned.
    #[serde(rename = "input_tag")]
    Tag(UserMessageTagContent),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
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
            Self::Unknown(value) => value.get("text").and_then(Value::as_str).unwrap_or_default(),
        }
    }
}

/// Body of [`UserMessageContent::Text`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserMessageTextContent {
    /// The words.
    pub text: String,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Body of [`UserMessageContent::Tag`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserMessageTagContent {
    /// The entity's id.
    pub id: String,
    /// What the chip shows.
    pub text: String,
    /// The entity's data. Always encoded: optional in ChatKit's TypeScript types, required by the server.
    #[serde(default)]
    pub data: Extra,
    /// The entity's group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether clicks and previews go to the integrator's callbacks.
    #[serde(default)]
    pub interactive: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The reader's choice of tool and model for one message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InferenceOptions {
    /// The tool to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// The model to use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A tool, by id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolChoice {
    /// `composer.tools[].id`.
    pub id: String,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One part of an assistant message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum AssistantMessageContent {
    /// Markdown with citations.
    #[serde(rename = "output_text")]
    OutputText(OutputText),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
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

/// Body of [`AssistantMessageContent::OutputText`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutputText {
    /// Markdown; untrusted.
    pub text: String,
    /// Citations, in the order they were added.
    #[serde(default)]
    pub annotations: Vec<Annotation>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}
