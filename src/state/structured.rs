//! Questions of the assistant that take the composer's place (ChatKit protocol §6.1), and the reader's answers until they
//! are sent.
//!
//! - The **active** item is the newest pending one; older ones and answered ones are only read.
//! - A **sheet** holds what the reader chose and wrote so far. It belongs to one item and is kept until the next one is
//!   answered, so neither new options nor a failed request nor a look at another thread costs an answer.

mod kept;

use super::few::Few;
use super::turn::{Arrival, Ask, Repeat, Reply};
use super::{Effect, Entry, EntryStatus, State, Turn, send, settle};
use crate::protocol::{
    AnswersById, StructuredInput, StructuredInputAnswer, StructuredInputItem, StructuredInputStatus,
    StructuredInputSubmission, SubmissionStatus, ThreadItem,
};

pub(super) use kept::{follow, recalled};

/// What the reader does with the questions. Questions are numbered as the item lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StructuredAction {
    /// A choice was made or taken back.
    Choose {
        /// Which question.
        question: usize,
        /// What was chosen.
        choice: Choice,
        /// Whether it is chosen now.
        on: bool,
    },
    /// Own words were written; with a choice of several they are the choice [`Choice::Other`].
    Write {
        /// Which question.
        question: usize,
        /// All of them.
        text: String,
    },
    /// One question is to be skipped, or is not any more.
    Skip {
        /// Which question.
        question: usize,
        /// Whether it is skipped now.
        skipped: bool,
    },
    /// Sends the answers; what has none is skipped.
    Submit,
    /// The same, if every question is answered or skipped; else nothing.
    SubmitComplete,
    /// Skips all of it.
    SkipAll,
}

/// One thing to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The option with this index.
    Option(usize),
    /// What the reader writes.
    Other,
}

/// What the reader has chosen and written so far, of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    item_id: String,
    lines: Few<usize, Line>,
}

/// The same of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) chosen: Vec<usize>,
    pub(super) other: bool,
    pub(super) text: String,
    pub(super) skipped: bool,
}

/// The item that takes the composer's place now. One that came in the middle of an answer waits for the answer's end;
/// one whose answers are on their way stays.
pub(super) fn active(state: &State) -> Option<(&Entry, &StructuredInputItem)> {
    if !state.thread.is_writable() || state.thread.is_loading() {
        return None;
    }
    let (entry, item) = state.items.iter().rev().find_map(|entry| match &entry.item {
        ThreadItem::StructuredInput(item)
            if item.status == StructuredInputStatus::Pending && entry.status == EntryStatus::Done =>
        {
            Some((entry, item))
        }
        _ => None,
    })?;
    (!state.turn.is_active() || is_sending(state, &item.id)).then_some((entry, item))
}

/// Whether answers to this item are on their way.
pub(super) fn is_sending(state: &State, id: &str) -> bool {
    let Turn::Active(turn) = &state.turn else { return false };
    matches!(&turn.ask, Ask::Reply { item_id, reply: Reply::Structured(_), .. } if item_id == id)
}

/// What stands on the sheet of an item, question by question.
pub(super) fn lines(state: &State, item: &StructuredInputItem) -> Vec<Line> {
    let line = |question: usize| match state.structured.item_id == item.id {
        true => state.structured.lines.get(&question).cloned().unwrap_or_default(),
        false => Line::default(),
    };
    (0..item.inputs.len()).map(line).collect()
}

/// Whether every question is answered or skipped.
pub(super) fn is_complete(state: &State, item: &StructuredInputItem) -> bool {
    let mut asked = item.inputs.iter().zip(lines(state, item)).filter(|(input, _)| id(input).is_some());
    asked.all(|(input, line)| line.skipped || !line.values(input).is_empty())
}

impl Line {
    /// The values it answers `input` with; none where it is skipped or empty.
    pub(super) fn values(&self, input: &StructuredInput) -> Vec<String> {
        let words = || Some(self.text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        match input {
            _ if self.skipped => Vec::new(),
            StructuredInput::MultipleChoice(choice) => {
                let options = choice.options.iter().enumerate();
                let chosen = options.filter(|(at, _)| self.chosen.contains(at));
                let chosen = chosen.map(|(_, option)| option.value.clone());
                chosen.chain(words().filter(|_| self.other)).collect()
            }
            StructuredInput::Freeform(_) => words().into_iter().collect(),
            StructuredInput::Unknown(_) => Vec::new(),
        }
    }

    fn choose(&mut self, choice: Choice, on: bool, multiple: bool) {
        if !multiple && on {
            self.chosen.clear();
            self.other = false;
        }
        match choice {
            Choice::Other => self.other = on,
            Choice::Option(at) => {
                self.chosen.retain(|chosen| *chosen != at);
                if on {
                    self.chosen.push(at);
                }
            }
        }
    }
}

/// Applies what the reader does.
pub(super) fn user(state: &mut State, action: StructuredAction, out: &mut Vec<Effect>) {
    match action {
        StructuredAction::Choose { question, choice, on } => {
            edit(state, question, |line, multiple| line.choose(choice, on, multiple));
        }
        StructuredAction::Write { question, text } => edit(state, question, |line, multiple| {
            if !text.trim().is_empty() {
                line.choose(Choice::Other, true, multiple);
            }
            line.text = text;
        }),
        StructuredAction::Skip { question, skipped } => {
            edit(state, question, |line, _| line.skipped = skipped)
        }
        StructuredAction::SubmitComplete
            if !active(state).is_some_and(|(_, item)| is_complete(state, item)) => {}
        StructuredAction::Submit | StructuredAction::SubmitComplete => {
            submit(state, SubmissionStatus::Answered, out);
        }
        StructuredAction::SkipAll => submit(state, SubmissionStatus::Skipped, out),
    }
}

/// Changes what stands on the sheet about one question; `change` is told whether several choices may be made.
fn edit(state: &mut State, question: usize, change: impl FnOnce(&mut Line, bool)) {
    let Some((_, item)) = active(state) else { return };
    let multiple = match item.inputs.get(question) {
        Some(StructuredInput::MultipleChoice(choice)) => choice.multiple,
        Some(_) => false,
        None => return,
    };
    if state.structured.item_id != item.id {
        state.structured = Sheet { item_id: item.id.clone(), lines: Few::default() };
    }
    let mut line = state.structured.lines.get(&question).cloned().unwrap_or_default();
    change(&mut line, multiple);
    state.structured.lines.insert(question, line);
}

fn submit(state: &mut State, status: SubmissionStatus, out: &mut Vec<Effect>) {
    let (Some((_, item)), Some(thread)) = (active(state), state.thread.id()) else { return };
    if !send::may_send(state) {
        return;
    }
    let lines = lines(state, item);
    let answer = |(input, line): (&StructuredInput, &Line)| {
        let values = match status {
            SubmissionStatus::Answered => line.values(input),
            SubmissionStatus::Skipped => Vec::new(),
        };
        let skipped = values.is_empty();
        Some((id(input)?.to_owned(), StructuredInputAnswer { values, skipped, ..Default::default() }))
    };
    let answers: Vec<_> = item.inputs.iter().zip(&lines).filter_map(answer).collect();
    if status == SubmissionStatus::Answered && answers.iter().all(|(_, answer)| answer.skipped) {
        return;
    }
    let input = StructuredInputSubmission { status, answers: AnswersById(answers) };
    let (arrival, idempotency_key) = earlier(&state.turn, &item.id);
    let ask = Ask::Reply {
        thread: thread.to_owned(),
        item_id: item.id.clone(),
        reply: Reply::Structured(input),
        arrival,
    };
    settle::by_hand(state, Repeat { ask, idempotency_key }, out);
}

/// Whether answers of an earlier try may have arrived, and the key they were sent with.
fn earlier(turn: &Turn, id: &str) -> (Arrival, Option<String>) {
    let Turn::Failed(failed) = turn else { return (Arrival::No, None) };
    match &failed.again {
        Some(Repeat { ask: Ask::Reply { item_id, arrival, .. }, idempotency_key }) if item_id == id => {
            (*arrival, idempotency_key.clone())
        }
        _ => (Arrival::No, None),
    }
}

/// What an answer is filed under.
pub(super) fn id(input: &StructuredInput) -> Option<&str> {
    match input {
        StructuredInput::MultipleChoice(choice) => Some(&choice.id),
        StructuredInput::Freeform(freeform) => Some(&freeform.id),
        StructuredInput::Unknown(_) => None,
    }
}
