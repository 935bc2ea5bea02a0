//! The shown items of the open thread, oldest first, as ChatKit protocol §5.3–5.4 builds them up.

use std::rc::Rc;

use super::ItemKey;
use super::select::{ItemView, KeptActions, SourceView};
use super::work;
use crate::markdown::Arriving;
use crate::protocol::{Annotation, AssistantMessageContent, ThreadItem};

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryStatus {
    /// The reader's message, on its way.
    Sending,
    /// The reader's message, not sent.
    Unsent,
    /// The reader's message, of which nobody knows whether the server has it.
    Unconfirmed,
    /// A message of the reader that is not confirmed, and not the turn's any more.
    Aside,
    /// Being streamed; the server has not stored it yet.
    Pending,
    /// Stored.
    Done,
}

/// One content part of an assistant message, or the text of one task of a workflow, parsed as far as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The markdown.
    pub document: Arriving,
    /// What it cites.
    pub annotations: Vec<Annotation>,
}

/// One shown item.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stable while shown.
    pub key: ItemKey,
    /// The item. The text of a streaming assistant message is here as well as, parsed, in `parts`.
    pub item: ThreadItem,
    /// How far it is.
    pub status: EntryStatus,
    /// The parsed parts of an assistant message or the texts of a workflow's tasks; empty for other items.
    pub parts: Vec<Part>,
    /// Percent of a generated image that is there, while it is being made.
    pub progress: Option<u8>,
    /// Whether the reader opened or closed it; `None` leaves that to the server.
    pub(super) opened: Option<bool>,
    /// What it cites, as far as that is known and marked in its parts.
    pub(super) sources: Option<Rc<[SourceView]>>,
    /// The drawn form, made on demand and dropped by every change; `Some(None)` for what is not drawn.
    pub(super) view: Option<Option<Rc<ItemView>>>,
    /// The action bar under it, when it ends a turn.
    pub(super) actions: Option<KeptActions>,
}

impl Entry {
    fn new(key: ItemKey, item: ThreadItem, status: EntryStatus) -> Self {
        let mut entry = Entry {
            key,
            item,
            status,
            parts: Vec::new(),
            progress: None,
            opened: None,
            sources: None,
            view: None,
            actions: None,
        };
        entry.parse_all();
        entry
    }

    /// Puts the authoritative item in place of whatever was streamed.
    fn replace(&mut self, item: ThreadItem, status: EntryStatus) {
        if self.item == item && self.status == status {
            return;
        }
        let streamed_whole = match (&self.item, &item) {
            (ThreadItem::AssistantMessage(old), ThreadItem::AssistantMessage(new)) => {
                self.parts.len() == new.content.len()
                    && old.content.iter().zip(&new.content).all(|(old, new)| old.text() == new.text())
            }
            _ => false,
        };
        let old = std::mem::replace(&mut self.item, item);
        self.status = status;
        self.progress = None;
        self.sources = None;
        self.view = None;
        if let (Some(old), Some(new)) = (work::tasks_of(&old), work::tasks_of(&self.item).map(<[_]>::to_vec))
        {
            self.update_tasks(old, &new);
        } else if streamed_whole {
            // The text is the one that was streamed, so its blocks (and the reader's selection in them) stay.
            self.finish_parts();
        } else {
            self.parse_all();
        }
    }

    fn parse_all(&mut self) {
        self.sources = None;
        self.parts = match &self.item {
            ThreadItem::AssistantMessage(message) => message.content.iter().map(part).collect(),
            item => work::tasks_of(item)
                .map(|tasks| tasks.iter().map(|task| part_of(work::task_text(task))).collect())
                .unwrap_or_default(),
        };
        if self.status == EntryStatus::Done {
            self.finish_parts();
        }
    }

    /// Brings the parsed texts a slice forward, before they are drawn. `false` when nothing has changed by that.
    pub(super) fn take_in(&mut self) -> bool {
        let mut taken = false;
        // All of them, so not `any`, which stops at the first.
        for part in &mut self.parts {
            taken |= part.document.take_in();
        }
        taken
    }

    /// Whether there is more text than is drawn.
    pub(super) fn is_behind(&self) -> bool {
        self.parts.iter().any(|part| part.document.is_behind())
    }

    /// Nothing more is coming.
    pub(super) fn finish(&mut self) {
        for part in &mut self.parts {
            part.document.finish();
        }
        self.view = None;
    }

    fn finish_parts(&mut self) {
        self.finish();
        if let ThreadItem::AssistantMessage(message) = &self.item {
            for (part, content) in self.parts.iter_mut().zip(&message.content) {
                part.annotations = content.annotations().to_vec();
            }
        }
    }

    /// The content part with this index, padded with empty ones up to it: a delta may come before its
    /// `content_part.added` (ChatKit protocol §5.4). `None` for other items and absurd indices.
    fn part_mut(&mut self, index: usize) -> Option<(&mut AssistantMessageContent, &mut Part)> {
        let ThreadItem::AssistantMessage(message) = &mut self.item else { return None };
        if index > message.content.len() + MAX_PADDING {
            return None;
        }
        while message.content.len() <= index {
            message.content.push(AssistantMessageContent::default());
        }
        while self.parts.len() <= index {
            self.parts.push(Part { document: Arriving::default(), annotations: Vec::new() });
        }
        self.view = None;
        Some((message.content.get_mut(index)?, self.parts.get_mut(index)?))
    }

    /// `content_part.added` and `content_part.done`.
    pub(super) fn set_part(&mut self, index: usize, content: AssistantMessageContent) -> bool {
        let Some((old, part)) = self.part_mut(index) else { return false };
        if matches!(content, AssistantMessageContent::Unknown(_)) && !old.text().is_empty() {
            // Words on screen stay when the end of their part cannot be read.
            return true;
        }
        let annotations = content.annotations().to_vec();
        if old.text() != content.text() {
            part.document = Arriving::new(content.text());
        }
        // `content_part.done` says `annotations: []` even when some were streamed: those stay until the item
        // itself is done.
        if !annotations.is_empty() {
            part.annotations = annotations;
        }
        *old = content;
        self.sources = None;
        true
    }

    /// `content_part.text_delta`
    pub(super) fn append(&mut self, index: usize, delta: &str) -> bool {
        let Some((content, part)) = self.part_mut(index) else { return false };
        if matches!(content, AssistantMessageContent::Unknown(_)) {
            // Of whatever type it was to be: it is text.
            *content = AssistantMessageContent::default();
        }
        let Some(text) = content.as_output_text_mut() else { return false };
        text.text.push_str(delta);
        part.document.append(delta);
        true
    }

    /// `content_part.annotation_added`
    pub(super) fn annotate(&mut self, index: usize, at: Option<usize>, annotation: Annotation) -> bool {
        let Some((_, part)) = self.part_mut(index) else { return false };
        let at = at.unwrap_or(usize::MAX).min(part.annotations.len());
        part.annotations.insert(at, annotation);
        self.sources = None;
        true
    }

    /// Whether it takes the place of the progress line (ChatKit protocol §5.3); steps of work go on below one.
    pub(super) fn ends_progress(&self) -> bool {
        let work = matches!(
            self.item,
            ThreadItem::Workflow(_) | ThreadItem::Task(_) | ThreadItem::ClientToolCall(_)
        );
        self.is_answer() && !work
    }

    /// Whether the reader sees an answer in it.
    pub(super) fn is_answer(&self) -> bool {
        match &self.item {
            ThreadItem::AssistantMessage(message) => message.content.iter().any(|c| !c.text().is_empty()),
            ThreadItem::UserMessage(_) | ThreadItem::ClientToolCall(_) | ThreadItem::EndOfTurn(_) => false,
            // A sentence stands for one that cannot be shown.
            _ => true,
        }
    }
}

/// How many empty parts one event may add: more is not an answer but a mistake or an attack.
const MAX_PADDING: usize = 64;

fn part(content: &AssistantMessageContent) -> Part {
    Part { document: Arriving::new(content.text()), annotations: content.annotations().to_vec() }
}

/// A part of a text without citations.
pub(super) fn part_of(text: &str) -> Part {
    Part { document: Arriving::new(text), annotations: Vec::new() }
}

/// The shown items.
#[derive(Clone, Debug, Default)]
pub struct Items {
    list: Vec<Entry>,
}

impl Items {
    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.list.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Entry> {
        self.list.iter_mut()
    }

    /// Oldest first.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.list
    }

    pub(super) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.list
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The entry of that name.
    pub fn get(&self, key: ItemKey) -> Option<&Entry> {
        self.list.iter().rev().find(|entry| entry.key == key)
    }

    pub(super) fn get_mut(&mut self, key: ItemKey) -> Option<&mut Entry> {
        self.list.iter_mut().rev().find(|entry| entry.key == key)
    }

    /// The newest entry with the server's id. Searched from the end: a stream speaks of the newest.
    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        if id.is_empty() {
            return None;
        }
        self.list.iter().rev().find(|entry| entry.item.id() == id)
    }

    pub(super) fn push(&mut self, key: ItemKey, item: ThreadItem, status: EntryStatus) {
        self.list.push(Entry::new(key, item, status));
    }

    pub(super) fn replace(&mut self, key: ItemKey, item: ThreadItem, status: EntryStatus) {
        if let Some(entry) = self.get_mut(key) {
            entry.replace(item, status);
        }
    }

    pub(super) fn set_status(&mut self, key: ItemKey, status: EntryStatus) {
        if let Some(entry) = self.get_mut(key) {
            entry.status = status;
            entry.view = None;
        }
    }

    pub(super) fn remove(&mut self, key: ItemKey) -> Option<Entry> {
        let at = self.list.iter().position(|entry| entry.key == key)?;
        Some(self.list.remove(at))
    }

    /// Takes out everything after an entry.
    pub(super) fn split_after(&mut self, key: ItemKey) -> Vec<Entry> {
        match self.list.iter().position(|entry| entry.key == key) {
            Some(at) => self.list.split_off(at + 1),
            None => Vec::new(),
        }
    }

    /// Puts entries at the end.
    pub(super) fn append(&mut self, mut entries: Vec<Entry>) {
        self.list.append(&mut entries);
    }

    /// Puts an older page (oldest first) above; rows already shown are skipped, because a server's cursor may
    /// overlap (ChatKit protocol §6.3).
    pub(super) fn prepend(&mut self, page: Vec<(ItemKey, ThreadItem)>) {
        let mut fresh: Vec<Entry> = page
            .into_iter()
            .filter(|(_, item)| self.by_id(item.id()).is_none())
            .map(|(key, item)| Entry::new(key, item, EntryStatus::Done))
            .collect();
        fresh.append(&mut self.list);
        self.list = fresh;
    }

    /// Takes over the answers that are longer in `page` than here, where they were cut off.
    pub(super) fn complete(&mut self, page: Vec<ThreadItem>) {
        let length = |item: &ThreadItem| match item {
            ThreadItem::AssistantMessage(message) => {
                message.content.iter().map(|part| part.text().len()).sum::<usize>()
            }
            _ => 0,
        };
        for item in page {
            let shown = self.list.iter_mut().rev().find(|entry| entry.item.id() == item.id());
            if let Some(entry) = shown.filter(|entry| length(&entry.item) < length(&item)) {
                entry.replace(item, EntryStatus::Done);
            }
        }
    }

    /// Makes the end of the list equal to the newest page (oldest first). Rows that did not change keep their
    /// entry. Returns false when page and list do not meet, so that everything was replaced.
    pub(super) fn refresh(&mut self, page: Vec<(ItemKey, ThreadItem)>) -> bool {
        let meets = page.first().and_then(|(_, first)| {
            self.list.iter().position(|entry| !first.id().is_empty() && entry.item.id() == first.id())
        });
        let mut old: Vec<Entry> = self.list.split_off(meets.unwrap_or(0));
        for (key, item) in page {
            let known = old.iter().position(|entry| !item.id().is_empty() && entry.item.id() == item.id());
            match known {
                Some(at) => {
                    let mut entry = old.remove(at);
                    entry.replace(item, EntryStatus::Done);
                    self.list.push(entry);
                }
                None => self.list.push(Entry::new(key, item, EntryStatus::Done)),
            }
        }
        // What was never stored is not in any page and must not vanish with it.
        self.list.extend(old.into_iter().filter(|e| {
            matches!(
                e.status,
                EntryStatus::Sending | EntryStatus::Unsent | EntryStatus::Unconfirmed | EntryStatus::Aside
            )
        }));
        meets.is_some()
    }
}
