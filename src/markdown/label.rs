//! Labels of link references and footnotes, and the definitions that are settled.

use std::collections::HashMap;

use unicase::UniCase;

/// A label, compared as CommonMark compares labels: white space collapsed, case folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Link(String),
    Note(String),
}

impl Label {
    pub(super) fn link(label: &str) -> Self {
        Self::Link(folded(label))
    }

    pub(super) fn note(label: &str) -> Self {
        Self::Note(folded(label))
    }
}

fn folded(label: &str) -> String {
    let collapsed = label.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    UniCase::new(collapsed).to_folded_case()
}

/// Where a link reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) dest: String,
    pub(super) title: String,
}

/// Definitions that stand in settled text; of several for one label the first holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Definitions {
    /// Label → index in `links` or `notes`, whichever the label is of.
    index: HashMap<Label, usize>,
    links: Vec<Target>,
    /// The labels of footnotes as they are written.
    notes: Vec<String>,
}

impl Definitions {
    pub(super) fn link(&self, label: &Label) -> Option<&Target> {
        matches!(label, Label::Link(_)).then(|| self.links.get(*self.index.get(label)?)).flatten()
    }

    fn note(&self, label: &Label) -> Option<&String> {
        matches!(label, Label::Note(_)).then(|| self.notes.get(*self.index.get(label)?)).flatten()
    }

    pub(super) fn has(&self, label: &Label) -> bool {
        self.index.contains_key(label)
    }

    /// True when the label is new.
    pub(super) fn define_link(&mut self, label: Label, target: Target) -> bool {
        let new = !self.index.contains_key(&label);
        if new {
            self.index.insert(label, self.links.len());
            self.links.push(target);
        }
        new
    }

    /// True when the label is new.
    pub(super) fn define_note(&mut self, label: &str) -> bool {
        let folded = Label::note(label);
        let new = !self.index.contains_key(&folded);
        if new {
            self.index.insert(folded, self.notes.len());
            self.notes.push(label.to_owned());
        }
        new
    }

    /// Source text that defines the footnotes among `labels` (each with nothing in it): the parser takes
    /// `[^label]` for a reference only when it saw a definition.
    pub(super) fn note_source<'a>(&self, labels: impl Iterator<Item = &'a Label>) -> String {
        labels.filter_map(|label| self.note(label)).map(|label| format!("[^{label}]: -\n\n")).collect()
    }

    /// Source text that defines the link references among `labels`.
    pub(super) fn link_source<'a>(&self, labels: impl Iterator<Item = &'a str>) -> String {
        let line = |label: &str| {
            let target = self.link(&Label::link(label))?;
            Some(format!("[{label}]: <{}> \"{}\"\n\n", escaped(&target.dest), escaped(&target.title)))
        };
        labels.filter_map(line).collect()
    }
}

/// Every character that could mean something, so that the parser reads back exactly this text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c if c.is_ascii_control() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Every `[^label]` that may be a footnote reference, with its offset. The parser does not say which ones it
/// looked up in vain; one too many (in code, say) costs nothing but remembering it.
pub(super) fn note_candidates(text: &str) -> Vec<(usize, Label)> {
    const LONGEST: usize = 4000; // bytes; CommonMark allows 999 characters
    let mut found = Vec::new();
    for (at, _) in text.match_indices("[^") {
        let rest = text.as_bytes().get(at + 2..).unwrap_or_default();
        let mut escaped = false;
        let end = rest.iter().take(LONGEST).position(|&byte| {
            let stop = !escaped && matches!(byte, b']' | b'[') || byte == b'\n' || byte == b'\r';
            escaped = byte == b'\\' && !escaped;
            stop
        });
        if let Some(end) = end.filter(|&end| rest.get(end) == Some(&b']'))
            && let Some(label) = text.get(at + 2..at + 2 + end)
        {
            found.push((at, Label::note(&label.replace("\\|", "|"))));
        }
    }
    found
}
