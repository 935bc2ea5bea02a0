//! What the reader thinks of an answer: a thumb up or down under a turn (`threadItemActions.feedback`).
//!
//! A press is shown at once and sent; if sending fails it is taken back, and the bar says so. The protocol has no way to
//! read ratings, so they are kept for as long as the element is on the page, also over changes of the thread.

use super::calls::{self, Purpose};
use super::few::Few;
use super::items::Entry;
use super::segment::{Segment, segments};
use super::{Effect, Failure, HostEvent, ItemKey, State, turn};
use crate::protocol::{ClientRequest, FeedbackKind, ThreadItem};

/// Which turn a rating is about. Not by the ids of its answers alone: with some models every answer has the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rated {
    thread: String,
    question: String,
    last: String,
}

/// One rating on its way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rating {
    of: Rated,
    kind: FeedbackKind,
}

/// What the reader thinks of one turn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Opinion {
    /// The thumb that is drawn pressed.
    pub(super) shown: Option<FeedbackKind>,
    /// The one the server has.
    stored: Option<FeedbackKind>,
    /// The last press did not reach the server.
    pub(super) failed: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Feedback(Few<Rated, Opinion>);

impl Feedback {
    /// What the reader thinks of a turn, see [`names`].
    pub(super) fn of(&self, thread: &str, question: &str, last: &str) -> Opinion {
        self.0.get(&(thread, question, last)).copied().unwrap_or_default()
    }
}

impl PartialEq<(&str, &str, &str)> for Rated {
    fn eq(&self, (thread, question, last): &(&str, &str, &str)) -> bool {
        self.thread == *thread && self.question == *question && self.last == *last
    }
}

/// The ids by which a turn is known: that of its question, empty without one, and of its last item.
pub(super) fn names<'a>(entries: &'a [Entry], segment: &Segment) -> (&'a str, &'a str) {
    let id = |at: usize| entries.get(at).map_or("", |entry| entry.item.id());
    (segment.question.map_or("", id), segment.end.checked_sub(1).map_or("", id))
}

/// A thumb was pressed.
pub(super) fn press(state: &mut State, key: ItemKey, kind: FeedbackKind, out: &mut Vec<Effect>) {
    let Some(thread) = state.thread.id().map(str::to_owned) else { return };
    let entries = state.items.entries();
    let Some(at) = entries.iter().position(|entry| entry.key == key) else { return };
    let Some(segment) = segments(entries).into_iter().find(|segment| at < segment.end) else { return };
    let (question, last) = names(entries, &segment);
    let of = Rated { thread: thread.clone(), question: question.to_owned(), last: last.to_owned() };
    let item_ids: Vec<String> = entries
        .get(segment.start..segment.end)
        .unwrap_or_default()
        .iter()
        .filter(|entry| !matches!(entry.item, ThreadItem::UserMessage(_) | ThreadItem::EndOfTurn(_)))
        .map(|entry| entry.item.id().to_owned())
        .filter(|id| !id.is_empty())
        .collect();
    let opinion = state.feedback.0.get(&of).copied().unwrap_or_default();
    if item_ids.is_empty() || opinion.shown == Some(kind) {
        return; // There is no request that takes a rating back.
    }
    state.feedback.0.insert(of.clone(), Opinion { shown: Some(kind), failed: false, ..opinion });
    let request = ClientRequest::ItemsFeedback { thread_id: thread, item_ids, kind };
    calls::start(state, request, Purpose::Feedback(Rating { of, kind }), out);
}

/// The server has a rating, or will never have it.
pub(super) fn answered(
    state: &mut State,
    rating: Rating,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) {
    let Some(mut opinion) = state.feedback.0.get(&rating.of).copied() else { return };
    match answer {
        Ok(_) => opinion.stored = Some(rating.kind),
        Err(failure) => {
            // Pressed otherwise since: that press has an answer of its own.
            if opinion.shown == Some(rating.kind) {
                opinion.shown = opinion.stored;
                opinion.failed = true;
            }
            let message = failure.problem(turn::at(state)).detail();
            out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message }));
        }
    }
    state.feedback.0.insert(rating.of, opinion);
}
