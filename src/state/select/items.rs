//! The conversation, row by row. A row is made anew only when its entry changed.

use std::rc::Rc;

use crate::markdown::Document;
use crate::markdown::link::{SafeHref, safe_href};
use crate::protocol::{Annotation, Attachment, Source, ThreadItem, UserMessageContent};
use crate::state::{Entry, EntryStatus, ItemKey, State};
use crate::text::{ChatKey, Words};

/// One drawn row of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemView {
    /// What the reader said.
    User(UserView),
    /// What the assistant said.
    Assistant(AssistantView),
    /// An item drawn as a plain note: a widget's `copy_text`, a task's title.
    Note {
        /// Stable name.
        key: ItemKey,
        /// Plain text.
        text: String,
    },
    /// The action bar under a finished turn.
    Actions(TurnActionsView),
}

/// What the reader said.
#[derive(Clone, Debug, PartialEq)]
pub struct UserView {
    /// Stable name.
    pub key: ItemKey,
    /// The passage it refers to.
    pub quote: Option<String>,
    /// Plain text, never markdown; line breaks count.
    pub text: String,
    /// Names of attachments.
    pub attachments: Vec<String>,
    /// How far it got.
    pub state: UserItemState,
}

/// How far a message of the reader got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserItemState {
    /// On its way.
    Sending,
    /// Stored by the server.
    Sent,
    /// Not (certainly) stored; the banner offers Retry.
    Unsent,
}

/// What the assistant said.
#[derive(Clone, Debug, PartialEq)]
pub struct AssistantView {
    /// Stable name.
    pub key: ItemKey,
    /// One markdown document a content part; cheap to clone (settled blocks are shared).
    pub parts: Vec<Document>,
    /// Whether more is coming.
    pub streaming: bool,
    /// What it cites, without duplicates, in order of appearance.
    pub sources: Vec<SourceView>,
}

/// One cited source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// What to show.
    pub title: String,
    /// Where it leads; `None` for files and entities, or when the address is not safe.
    pub url: Option<String>,
    /// Small print: site, file name or description.
    pub detail: Option<String>,
}

/// The action bar under a finished turn.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnActionsView {
    /// Key of the row: that of the turn's last item.
    pub key: ItemKey,
    /// What Copy puts on the clipboard.
    pub copy_text: String,
    /// Where "Try again" starts: the user message (`threadItemActions.retry`).
    pub retry: Option<ItemKey>,
}

/// All rows, oldest first, with an action bar under every finished turn.
pub(super) fn rows(state: &mut State) -> Vec<Rc<ItemView>> {
    let active = state.turn.is_active();
    let retry = state.config.as_ref().is_some_and(|config| config.thread_item_actions.retry);
    let words = state.words;
    let mut rows = Vec::new();
    let mut entries: Vec<&mut Entry> = state.items.iter_mut().collect();
    let mut rest = entries.as_mut_slice();
    while !rest.is_empty() {
        let (turn, after) = rest.split_at_mut(turn_length(rest));
        let finished = !(active && after.is_empty());
        turn_rows(turn, finished, retry, words, &mut rows);
        rest = after;
    }
    rows
}

/// A turn: a message of the reader and everything up to the next one.
fn turn_length(entries: &[&mut Entry]) -> usize {
    let next = entries.iter().skip(1).position(|entry| matches!(entry.item, ThreadItem::UserMessage(_)));
    next.map_or(entries.len(), |at| at + 1)
}

fn turn_rows(
    turn: &mut [&mut Entry],
    finished: bool,
    retry: bool,
    words: Words,
    rows: &mut Vec<Rc<ItemView>>,
) {
    let changed = turn.iter().any(|entry| entry.view.is_none());
    for entry in turn.iter_mut() {
        if entry.view.is_none() {
            entry.view = row(entry, words).map(Rc::new);
        }
        rows.extend(entry.view.clone());
    }
    if !finished || !turn.iter().any(|entry| entry.is_answer()) {
        return;
    }
    let retry = match turn.first() {
        Some(first) if retry && matches!(first.item, ThreadItem::UserMessage(_)) => Some(first.key),
        _ => None,
    };
    let copy_text = |turn: &[&mut Entry]| {
        let texts: Vec<&str> = turn.iter().flat_map(|entry| copied(&entry.item)).collect();
        texts.join("\n\n")
    };
    let kept = turn.last().and_then(|last| last.actions.clone()).filter(|_| !changed);
    let actions =
        kept.filter(|kept| matches!(&**kept, ItemView::Actions(a) if a.retry == retry)).or_else(|| {
            let text = copy_text(turn);
            let key = turn.last()?.key;
            Some(Rc::new(ItemView::Actions(TurnActionsView { key, copy_text: text, retry })))
        });
    if let Some(last) = turn.last_mut() {
        last.actions = actions.clone();
    }
    rows.extend(actions);
}

/// What Copy takes of an item: what the assistant wrote and what widgets offer, never what the reader wrote.
fn copied(item: &ThreadItem) -> Vec<&str> {
    match item {
        ThreadItem::AssistantMessage(message) => message.content.iter().map(|part| part.text()).collect(),
        ThreadItem::Widget(widget) => widget.copy_text.as_deref().into_iter().collect(),
        _ => Vec::new(),
    }
}

fn row(entry: &Entry, words: Words) -> Option<ItemView> {
    let note = |text: String| Some(ItemView::Note { key: entry.key, text });
    let cannot_show = || words.get(ChatKey::CannotShow).to_owned();
    match &entry.item {
        ThreadItem::UserMessage(message) => Some(ItemView::User(UserView {
            key: entry.key,
            quote: message.quoted_text.clone(),
            text: message.content.iter().map(UserMessageContent::as_text).collect(),
            attachments: message.attachments.iter().map(Attachment::name).map(str::to_owned).collect(),
            state: match entry.status {
                EntryStatus::Sending => UserItemState::Sending,
                EntryStatus::Unsent => UserItemState::Unsent,
                EntryStatus::Pending | EntryStatus::Done => UserItemState::Sent,
            },
        })),
        ThreadItem::AssistantMessage(_) => Some(ItemView::Assistant(AssistantView {
            key: entry.key,
            parts: entry.parts.iter().map(|part| part.document.clone()).collect(),
            streaming: entry.status == EntryStatus::Pending,
            sources: sources(entry.parts.iter().flat_map(|part| &part.annotations)),
        })),
        ThreadItem::Widget(widget) => note(widget.copy_text.clone().unwrap_or_else(cannot_show)),
        ThreadItem::GeneratedImage(_) | ThreadItem::StructuredInput(_) => note(cannot_show()),
        ThreadItem::Task(_)
        | ThreadItem::Workflow(_)
        | ThreadItem::ClientToolCall(_)
        | ThreadItem::EndOfTurn(_)
        | ThreadItem::HiddenContext(_)
        | ThreadItem::SdkHiddenContext(_)
        | ThreadItem::Unknown(_) => None,
    }
}

fn sources<'a>(annotations: impl Iterator<Item = &'a Annotation>) -> Vec<SourceView> {
    let mut sources: Vec<SourceView> = Vec::new();
    for source in annotations.filter_map(Annotation::source).filter_map(source) {
        let known = |other: &SourceView| match &source.url {
            Some(url) => other.url.as_ref() == Some(url),
            None => *other == source,
        };
        if !sources.iter().any(known) {
            sources.push(source);
        }
    }
    sources
}

fn source(source: &Source) -> Option<SourceView> {
    let title = source.title().to_owned();
    let (url, detail) = match source {
        Source::Url(source) => {
            (web_address(&source.url), source.attribution.clone().or_else(|| source.description.clone()))
        }
        Source::File(source) => (None, Some(source.filename.clone())),
        Source::Entity(source) => (None, source.description.clone()),
        Source::Unknown(_) => return None,
    };
    Some(SourceView { title, url, detail })
}

fn web_address(url: &str) -> Option<String> {
    match safe_href(url)? {
        SafeHref::Absolute(url) | SafeHref::Relative(url) => Some(url.to_string()),
        SafeHref::Deeplink(_) => None,
    }
}
