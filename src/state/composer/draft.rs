//! Text with tags in it.
//!
//! The field the reader writes in knows nothing of tags: it holds a text, in which `@Title` stands for each. So every
//! change of that text is read as one [`Edit`], which moves the tags behind it and ends those it goes through.

use std::ops::Range;

use super::edit::Edit;
use super::utf16::{floor, to_byte};
use crate::protocol::{UserMessageContent, UserMessageTagContent};

/// A text and the tags in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    text: String,
    /// In the order of the text; they never overlap.
    tags: Vec<Tag>,
    /// Entities that were tags of this draft, the latest last. When their text comes back, by undoing or by pasting what was cut, so
    /// does the tag.
    gone: Vec<UserMessageTagContent>,
}

/// A mentioned entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Which bytes of the text stand for it: an `@` and its title.
    pub range: Range<usize>,
    /// What is sent for it.
    pub entity: UserMessageTagContent,
}

/// How a change of the field came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// By writing, pasting, deleting …
    Typed,
    /// By undoing or redoing, which may bring any earlier text back, bit by bit.
    History,
}

/// How many ended tags are remembered.
const GONE: usize = 32;

impl Draft {
    /// A text without tags.
    pub fn plain(text: impl Into<String>) -> Self {
        Draft { text: as_fields_write(text.into()), ..Draft::default() }
    }

    /// The draft that [`Draft::content`] makes `content` of.
    pub fn from_content(content: &[UserMessageContent]) -> Self {
        let mut draft = Draft::default();
        for part in content {
            match part {
                UserMessageContent::Tag(entity) => draft.append(Draft::tag(entity.clone())),
                part => draft.append(Draft::plain(part.as_text())),
            }
        }
        draft
    }

    /// A draft that is one tag.
    pub fn tag(entity: UserMessageTagContent) -> Self {
        let text = written(&entity);
        let tags = vec![Tag { range: 0..text.len(), entity }];
        Draft { text, tags, gone: Vec::new() }
    }

    /// The text as the field shows it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tags, in the order of the text.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Whether there is nothing to send.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Text and tags in the order written, to the character.
    pub fn content(&self) -> Vec<UserMessageContent> {
        let mut content = Vec::new();
        let mut at = 0;
        for Tag { range, entity } in &self.tags {
            push_text(&mut content, self.text.get(at..range.start));
            content.push(UserMessageContent::Tag(entity.clone()));
            at = range.end;
        }
        push_text(&mut content, self.text.get(at..));
        content
    }

    /// What is sent. Blanks alone behind the last tag are left out: one was put there so that writing can go on.
    pub fn message(&self) -> Vec<UserMessageContent> {
        let mut content = self.content();
        if !self.tags.is_empty()
            && let Some(UserMessageContent::Text(last)) = content.last()
            && last.text.trim().is_empty()
        {
            content.pop();
        }
        content
    }

    /// The field's text is now `text`, with the caret at `caret` (UTF-16). Returns where the caret belongs, in bytes,
    /// when the draft is not what the field shows: deleting a part of a tag deletes it whole.
    pub fn input(&mut self, text: String, caret: usize, kind: InputKind) -> Option<usize> {
        let edit = Edit::between(&self.text, &text, to_byte(&text, caret));
        let torn = self.end_tags(&edit);
        self.text = text;
        self.revive(&edit.new, kind);
        let torn = torn.filter(|_| kind == InputKind::Typed && edit.new.is_empty())?;
        // What is left of the torn tags, as it lies in the new text.
        let rest = torn.start.min(edit.new.start)..edit.new.end + torn.end.max(edit.old.end) - edit.old.end;
        if rest.is_empty() {
            return None;
        }
        let start = rest.start;
        self.splice(rest, Draft::default());
        Some(start)
    }

    /// A draft of nothing, in which undoing brings the tags of this one back.
    pub fn emptied(&self) -> Self {
        let mut nothing = self.clone();
        nothing.splice(0..self.text.len(), Draft::default());
        nothing
    }

    /// Puts `piece` in place of the bytes `range`. Returns the byte behind it.
    pub fn splice(&mut self, range: Range<usize>, piece: Draft) -> usize {
        let start = floor(&self.text, range.start);
        let end = floor(&self.text, range.end).max(start);
        let new_end = start + piece.text.len();
        self.end_tags(&Edit { old: start..end, new: start..new_end });
        self.text.replace_range(start..end, &piece.text);
        let moved = |tag: Tag| Tag { range: tag.range.start + start..tag.range.end + start, ..tag };
        self.tags.extend(piece.tags.into_iter().map(moved));
        self.tags.sort_by_key(|tag| tag.range.start);
        new_end
    }

    /// Puts `before` in front, on lines of its own. Returns how many bytes that are.
    pub fn prepend(&mut self, mut before: Draft) -> usize {
        if !before.text.is_empty() && !self.text.is_empty() {
            before.text.push('\n');
        }
        self.splice(0..0, before)
    }

    /// Puts `piece` where the caret is, at the bytes `range`, with a blank before it where words would run together.
    /// Returns the byte behind it.
    pub fn insert(&mut self, range: Range<usize>, piece: Draft) -> usize {
        let before = self.text.get(..floor(&self.text, range.start)).unwrap_or_default();
        let apart = before.chars().next_back().is_none_or(char::is_whitespace)
            || piece.text.chars().next().is_none_or(char::is_whitespace);
        let mut spaced = Draft::plain(if apart { "" } else { " " });
        spaced.append(piece);
        self.splice(range, spaced)
    }

    /// Puts `piece` behind.
    pub fn append(&mut self, piece: Draft) {
        let end = self.text.len();
        self.splice(end..end, piece);
    }

    /// Moves the tags behind `edit` and takes out those it goes through. Returns from where to where those were.
    fn end_tags(&mut self, edit: &Edit) -> Option<Range<usize>> {
        let mut torn: Option<Range<usize>> = None;
        let mut kept = Vec::with_capacity(self.tags.len());
        for mut tag in std::mem::take(&mut self.tags) {
            if tag.range.end <= edit.old.start {
                kept.push(tag);
            } else if tag.range.start >= edit.old.end {
                tag.range.start = tag.range.start - edit.old.end + edit.new.end;
                tag.range.end = tag.range.end - edit.old.end + edit.new.end;
                kept.push(tag);
            } else {
                let start = torn.map_or(tag.range.start, |torn| torn.start);
                torn = Some(start..tag.range.end);
                self.gone.retain(|gone| *gone != tag.entity);
                self.gone.push(tag.entity);
            }
        }
        if let Some(too_many) = self.gone.len().checked_sub(GONE) {
            self.gone.drain(..too_many);
        }
        self.tags = kept;
        torn
    }

    /// Makes tags again of what came back: within the bytes `inserted`, or by undoing around them.
    fn revive(&mut self, inserted: &Range<usize>, kind: InputKind) {
        if inserted.is_empty() || self.gone.is_empty() {
            return;
        }
        for entity in self.gone.clone().into_iter().rev() {
            let written = written(&entity);
            let around = if kind == InputKind::History { written.len() } else { 0 };
            let first = floor(&self.text, inserted.start.saturating_sub(around));
            let last = floor(&self.text, inserted.end + around);
            while let Some(range) = self.find(&written, first..last, inserted) {
                self.tags.push(Tag { range, entity: entity.clone() });
                self.tags.sort_by_key(|tag| tag.range.start);
            }
        }
    }

    /// Where `written` stands within `window` as a word of its own that `inserted` has a part in and no tag.
    fn find(&self, written: &str, window: Range<usize>, inserted: &Range<usize>) -> Option<Range<usize>> {
        let haystack = self.text.get(window.clone())?;
        haystack.match_indices(written).map(|(at, _)| window.start + at).find_map(|start| {
            let range = start..start + written.len();
            let touched = range.start < inserted.end && range.end > inserted.start;
            let free =
                self.tags.iter().all(|tag| tag.range.end <= range.start || tag.range.start >= range.end);
            let behind = self.text.get(range.end..)?.chars().next();
            (touched && free && !behind.is_some_and(char::is_alphanumeric)).then_some(range)
        })
    }
}

fn push_text(content: &mut Vec<UserMessageContent>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        content.push(UserMessageContent::text(text));
    }
}

/// What stands for an entity in the text.
fn written(entity: &UserMessageTagContent) -> String {
    // On one line: a field could not show where a tag of two lines begins and ends.
    let title = as_fields_write(entity.text.clone()).replace('\n', " ");
    format!("@{title}")
}

/// A text with the line ends of a field: it has no other, so a text that had would never be equal to the field's.
fn as_fields_write(text: String) -> String {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}
