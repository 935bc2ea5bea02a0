//! Questions of the assistant: the form in the composer's place, and what was answered, in the conversation.

use crate::protocol::{StructuredInput, StructuredInputAnswer, StructuredInputItem, StructuredInputStatus};
use crate::state::structured::{self, Line};
use crate::state::{ItemKey, State, send};

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructuredView {
    /// Names the item: another form begins where it changes.
    pub key: ItemKey,
    /// The questions that can be drawn.
    pub questions: Vec<QuestionView>,
    /// What its Send button can do.
    pub send: SendAnswers,
    /// Whether every question is answered or skipped, so that Enter in a text sends the form.
    pub complete: bool,
    /// Whether questions can be skipped one by one; a single one is skipped with the form.
    pub skip_each: bool,
}

/// What the Send button of the form can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendAnswers {
    /// Send.
    Ready,
    /// Nothing: no answer was given yet, or the chat is not ready to take one.
    Disabled,
    /// Nothing: they are on their way.
    Sending,
}

/// One question of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Its number in [`crate::state::StructuredAction`].
    pub index: usize,
    /// Plain text.
    pub question: String,
    /// How it is answered.
    pub control: ControlView,
    /// The reader's own words.
    pub text: String,
    /// Whether it is skipped.
    pub skipped: bool,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlView {
    /// By choosing, or in the reader's own words.
    Choice {
        /// What can be chosen, and whether it is.
        options: Vec<(String, bool)>,
        /// Whether the reader's own words are chosen.
        other: bool,
        /// Whether several can be.
        multiple: bool,
    },
    /// In the reader's own words.
    Freeform {
        /// A sentence below the question.
        description: Option<String>,
    },
}

/// What was answered, for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryView {
    /// Stable name.
    pub key: ItemKey,
    /// Each question with the values it was answered with; none where it was skipped.
    pub answers: Vec<(String, Vec<String>)>,
}

/// The form, if one takes the composer's place.
pub(super) fn form(state: &State) -> Option<StructuredView> {
    let (entry, item) = structured::active(state)?;
    let lines = structured::lines(state, item);
    let answered = |(input, line): (&StructuredInput, &Line)| !line.values(input).is_empty();
    let pairs = || item.inputs.iter().zip(&lines).filter(|(input, _)| structured::id(input).is_some());
    let send = if structured::is_sending(state, &item.id) {
        SendAnswers::Sending
    } else if send::may_send(state) && pairs().any(answered) {
        SendAnswers::Ready
    } else {
        SendAnswers::Disabled
    };
    let questions: Vec<QuestionView> = item
        .inputs
        .iter()
        .zip(&lines)
        .enumerate()
        .filter_map(|(index, (input, line))| question(index, input, line))
        .collect();
    Some(StructuredView {
        key: entry.key,
        send,
        complete: structured::is_complete(state, item),
        skip_each: questions.len() > 1,
        questions,
    })
}

fn question(index: usize, input: &StructuredInput, line: &Line) -> Option<QuestionView> {
    let (question, control) = match input {
        StructuredInput::MultipleChoice(choice) => {
            let options = choice.options.iter().enumerate();
            let options = options.map(|(at, option)| (option.value.clone(), line.chosen.contains(&at)));
            let control = ControlView::Choice {
                options: options.collect(),
                other: line.other,
                multiple: choice.multiple,
            };
            (choice.question.clone(), control)
        }
        StructuredInput::Freeform(freeform) => {
            (freeform.question.clone(), ControlView::Freeform { description: freeform.description.clone() })
        }
        StructuredInput::Unknown(_) => return None,
    };
    Some(QuestionView { index, question, control, text: line.text.clone(), skipped: line.skipped })
}

/// What was answered; `None` while the questions are open, because then they are a form.
pub(super) fn summary(key: ItemKey, item: &StructuredInputItem) -> Option<SummaryView> {
    if item.status == StructuredInputStatus::Pending {
        return None;
    }
    let values = |answer: &Option<StructuredInputAnswer>| match answer {
        Some(answer) if !answer.skipped => answer.values.clone(),
        _ => Vec::new(),
    };
    let answer = |input: &StructuredInput| match input {
        StructuredInput::MultipleChoice(choice) => Some((choice.question.clone(), values(&choice.answer))),
        StructuredInput::Freeform(freeform) => Some((freeform.question.clone(), values(&freeform.answer))),
        StructuredInput::Unknown(_) => None,
    };
    Some(SummaryView { key, answers: item.inputs.iter().filter_map(answer).collect() })
}
