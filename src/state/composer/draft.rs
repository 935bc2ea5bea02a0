//! Text with tags in it.

use std::ops::Range;

use crate::protocol::{UserMessageContent, UserMessageTagContent};

/// A text and the tags in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    text: String,
    /// In the order of the text; they never overlap.
    tags: Vec<Tag>,
}

/// A mentioned entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Which bytes of the text stand for it: an `@` and its title.
    pub range: Range<usize>,
    /// What is sent for it.
    pub entity: UserMessageTagContent,
}

impl Draft {
    /// A text without tags.
    pub fn plain(text: impl Into<String>) -> Self {
        Draft { text: text.into(), tags: Vec::new() }
    }

    /// The draft that [`Draft::into_content`] makes `content` of.
    pub fn from_content(content: &[UserMessageContent]) -> Self {
        let mut draft = Draft::default();
        for part in content {
            match part {
                UserMessageContent::Tag(entity) => draft.push_tag(entity.clone()),
                part => draft.text.push_str(part.as_text()),
            }
        }
        draft
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

    /// What is sent: text and tags in the order written, to the character.
    pub fn into_content(self) -> Vec<UserMessageContent> {
        let mut content = Vec::new();
        let mut at = 0;
        for Tag { range, entity } in self.tags {
            push_text(&mut content, &self.text[at..range.start]);
            at = range.end;
            content.push(UserMessageContent::Tag(entity));
        }
        push_text(&mut content, &self.text[at..]);
        content
    }

    /// Puts `before` in front, on lines of its own.
    pub(super) fn prepend(&mut self, mut before: Draft) {
        if before.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            before.text.push('\n');
        }
        let by = before.text.len();
        before.text.push_str(&self.text);
        let moved = self.tags.drain(..);
        before.tags.extend(moved.map(|tag| Tag { range: tag.range.start + by..tag.range.end + by, ..tag }));
        *self = before;
    }

    fn push_tag(&mut self, entity: UserMessageTagContent) {
        let start = self.text.len();
        self.text.push('@');
        self.text.push_str(&entity.text);
        self.tags.push(Tag { range: start..self.text.len(), entity });
    }
}

fn push_text(content: &mut Vec<UserMessageContent>, text: &str) {
    if !text.is_empty() {
        content.push(UserMessageContent::text(text));
    }
}
