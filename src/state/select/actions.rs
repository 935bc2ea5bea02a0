//! All rows of the conversation, and the action bar under every finished turn.

use std::rc::Rc;

use super::ItemView;
use super::items::row;
use crate::protocol::{FeedbackKind, ThreadItem};
use crate::state::feedback::{self, Opinion};
use crate::state::segment::{Segment, segments};
use crate::state::{Entry, EntryStatus, ItemKey, State};

/// The action bar under a finished turn.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnActionsView {
    /// Key of the row: that of the turn's last item.
    pub key: ItemKey,
    /// What Copy puts on the clipboard.
    pub copy_text: String,
    /// The thumbs (`threadItemActions.feedback`).
    pub feedback: Option<FeedbackView>,
    /// Another answer (`threadItemActions.retry`).
    pub retry: Option<RetryView>,
}

/// The button for another answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryView {
    /// The message of the reader that is answered anew.
    pub question: ItemKey,
    /// Whether it can be pressed now: not while something else is being answered.
    pub ready: bool,
}

/// What the reader thinks of the turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeedbackView {
    /// The pressed thumb.
    pub pressed: Option<FeedbackKind>,
    /// The last press did not reach the server, and was taken back.
    pub failed: bool,
}

/// A bar that was drawn, kept until something it was made of is another.
#[derive(Clone, Debug)]
pub struct KeptActions {
    row: Rc<ItemView>,
    offers: Offers,
    entries: usize,
}

/// What a bar offers besides Copy.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Offers {
    feedback: Option<FeedbackView>,
    retry: Option<RetryView>,
}

/// All rows, oldest first, with an action bar under every finished turn.
pub(super) fn rows(state: &mut State) -> Vec<Rc<ItemView>> {
    let segments = segments(state.items.entries());
    let mut rows = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let last = index + 1 == segments.len();
        let finished = segment.ended || !(last && state.turn.is_active());
        let offers = offers(state, segment);
        let words = state.words;
        let Some(entries) = state.items.entries_mut().get_mut(segment.start..segment.end) else { continue };
        let mut changed = false;
        for entry in entries.iter_mut() {
            if entry.take_in() || entry.view.is_none() {
                changed = true;
                entry.view = Some(row(entry, words).map(Rc::new));
            }
            rows.extend(entry.view.clone().flatten());
        }
        if finished {
            rows.extend(bar(entries, offers, changed));
        }
    }
    rows
}

fn offers(state: &State, segment: &Segment) -> Offers {
    let Some(wanted) = state.config.as_ref().map(|config| &config.thread_item_actions) else {
        return Offers { feedback: None, retry: None };
    };
    let entries = state.items.entries();
    let question = segment.question.and_then(|at| entries.get(at));
    let stored = |entry: &&Entry| entry.status == EntryStatus::Done && !entry.item.id().is_empty();
    let feedback = match state.thread.id() {
        Some(thread) if wanted.feedback => {
            let (question, last) = feedback::names(entries, segment);
            let Opinion { shown, failed, .. } = state.feedback.of(thread, question, last);
            Some(FeedbackView { pressed: shown, failed })
        }
        _ => None,
    };
    let wanted = wanted.retry && state.thread.is_writable();
    let ready = !state.turn.is_active();
    let retry = question.filter(stored).filter(|_| wanted);
    let retry = retry.map(|entry| RetryView { question: entry.key, ready });
    Offers { feedback, retry }
}

/// The bar of a turn of which the reader sees something besides the question.
fn bar(entries: &mut [Entry], offers: Offers, changed: bool) -> Option<Rc<ItemView>> {
    let answers = |entry: &Entry| {
        matches!(&entry.view, Some(Some(_))) && !matches!(entry.item, ThreadItem::UserMessage(_))
    };
    if !entries.iter().any(answers) {
        return None;
    }
    let count = entries.len();
    let kept = entries.last()?.actions.as_ref();
    if let Some(kept) = kept.filter(|kept| !changed && kept.offers == offers && kept.entries == count) {
        return Some(kept.row.clone());
    }
    let texts: Vec<&str> = entries.iter().flat_map(|entry| copied(&entry.item)).collect();
    let copy_text = texts.join("\n\n");
    let last = entries.last_mut()?;
    let Offers { feedback, retry } = offers;
    let row = Rc::new(ItemView::Actions(TurnActionsView { key: last.key, copy_text, feedback, retry }));
    last.actions = Some(KeptActions { row: row.clone(), offers, entries: count });
    Some(row)
}

/// What Copy takes of an item: what the assistant wrote and what widgets offer, never what the reader wrote.
fn copied(item: &ThreadItem) -> Vec<&str> {
    match item {
        ThreadItem::AssistantMessage(message) => {
            message.content.iter().map(|part| part.text()).filter(|text| !text.is_empty()).collect()
        }
        ThreadItem::Widget(widget) => widget.copy_text.as_deref().into_iter().collect(),
        _ => Vec::new(),
    }
}
