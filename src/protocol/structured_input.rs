//! Structured input: questions the assistant puts, and the reader's answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Extra, open_enum::open_enum};

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum StructuredInput {
    /// Answered by choosing, or in the reader's own words.
    #[serde(rename = "multiple_choice")]
    MultipleChoice(StructuredInputMultipleChoice),
    /// Answered in the reader's own words.
    #[serde(rename = "freeform")]
    Freeform(StructuredInputFreeform),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}

/// Body of [`StructuredInput::MultipleChoice`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StructuredInputMultipleChoice {
    /// Opaque id; keys the answer.
    pub id: String,
    /// Plain text.
    pub question: String,
    /// The answer, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<StructuredInputAnswer>,
    /// What can be chosen.
    pub options: Vec<StructuredInputOption>,
    /// Whether several can be.
    #[serde(default)]
    pub multiple: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StructuredInputOption {
    /// What is shown and submitted.
    pub value: String,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Body of [`StructuredInput::Freeform`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StructuredInputFreeform {
    /// Opaque id; keys the answer.
    pub id: String,
    /// Plain text.
    pub question: String,
    /// The answer, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<StructuredInputAnswer>,
    /// A sentence below the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The answer to one question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StructuredInputAnswer {
    /// What was chosen or written.
    #[serde(default)]
    pub values: Vec<String>,
    /// Whether the question was skipped.
    #[serde(default)]
    pub skipped: bool,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

open_enum! {
    /// Whether the questions of an item are answered.
    #[derive(Default)]
    pub enum StructuredInputStatus {
        /// The server waits for answers.
        #[default]
        Pending = "pending",
        /// They are.
        Answered = "answered",
        /// The reader skipped them.
        Skipped = "skipped",
    }
}

/// The reader's answers on their way to the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StructuredInputSubmission {
    /// Whether the reader answered or skipped the whole.
    pub status: SubmissionStatus,
    /// By id of the question.
    pub answers: BTreeMap<String, StructuredInputAnswer>,
}

/// What the reader did with the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionStatus {
    /// Answered them.
    Answered,
    /// Skipped them.
    Skipped,
}
