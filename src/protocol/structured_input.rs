//! Structured input: questions the assistant puts, and the reader's answers.

use super::declare::{object, params, tagged};
use super::wire::{Misfits, Wire, fields};
use super::words::{closed_enum, open_enum};
use crate::json::Json;

tagged! {
    /// One question.
    pub enum StructuredInput kind "freeform" {
        /// Answered by choosing, or in the reader's own words.
        MultipleChoice(StructuredInputMultipleChoice) = "multiple_choice",
        /// Answered in the reader's own words.
        Freeform(StructuredInputFreeform) = "freeform",
    }
}

object! {
    /// Body of [`StructuredInput::MultipleChoice`].
    pub struct StructuredInputMultipleChoice {
        /// Opaque id; keys the answer.
        pub id: String,
        /// Plain text.
        pub question: String,
        /// The answer, once given.
        pub answer: Option<StructuredInputAnswer>,
        /// What can be chosen.
        pub options: Vec<StructuredInputOption> = default,
        /// Whether several can be.
        pub multiple: bool = default,
    }
}

object! {
    /// Something that can be chosen.
    pub struct StructuredInputOption {
        /// What is shown and submitted.
        pub value: String,
    }
}

object! {
    /// Body of [`StructuredInput::Freeform`].
    pub struct StructuredInputFreeform {
        /// Opaque id; keys the answer.
        pub id: String,
        /// Plain text.
        pub question: String,
        /// The answer, once given.
        pub answer: Option<StructuredInputAnswer>,
        /// A sentence below the question.
        pub description: Option<String>,
    }
}

object! {
    /// The answer to one question.
    #[derive(Default)]
    pub struct StructuredInputAnswer {
        /// What was chosen or written.
        pub values: Vec<String> = default,
        /// Whether the question was skipped.
        pub skipped: bool = default,
    }
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

params! {
    /// The reader's answers on their way to the server.
    pub struct StructuredInputSubmission {
        /// Whether the reader answered or skipped the whole.
        pub status: SubmissionStatus,
        /// The answers.
        pub answers: AnswersById,
    }
}

/// Answers by id of the question; an object in JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswersById(pub Vec<(String, StructuredInputAnswer)>);

impl Wire for AnswersById {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let answers = fields(value, misfits).iter();
        Self(answers.map(|(id, value)| (id.to_owned(), Wire::read(value, misfits))).collect())
    }

    fn encode(&self) -> Json {
        Json::Object(self.0.iter().map(|(id, answer)| (id.clone(), answer.encode())).collect())
    }
}

closed_enum! {
    /// What the reader did with the questions.
    pub enum SubmissionStatus {
        /// Answered them.
        Answered = "answered",
        /// Skipped them.
        Skipped = "skipped",
    }
}
