//! What a parsed text is made of. All content hangs on `Rc`, so a clone shares it and a view can tell by
//! pointer that nothing changed.

use std::rc::Rc;

use super::link::SafeHref;
use super::marks::Marks;

/// A run of inline content.
pub type Inlines = Rc<[Inline]>;

/// A sequence that grows at its end only: chunks that are settled, then the one still open.
///
/// Where the chunks were cut is an accident of streaming, so two sequences are equal when their flattened
/// elements are.
#[derive(Debug, Clone)]
pub struct Parts<T>(Vec<Rc<[T]>>);

impl<T> Parts<T> {
    /// A sequence in one chunk.
    pub fn one(items: Vec<T>) -> Self {
        if items.is_empty() { Self(Vec::new()) } else { Self(vec![items.into()]) }
    }

    /// The chunks in order. A settled chunk keeps its pointer while the sequence grows.
    pub fn chunks(&self) -> &[Rc<[T]>] {
        &self.0
    }

    /// All elements in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|chunk| chunk.iter())
    }

    /// A sequence in one chunk even if there is nothing in it, so that it can be found by number later.
    pub(super) fn chunk(items: Vec<T>) -> Self {
        Self(vec![items.into()])
    }

    pub(super) fn join(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    pub(super) fn push(&mut self, item: T)
    where
        T: Clone,
    {
        let last = self.0.pop();
        self.0.push(last.iter().flat_map(|chunk| chunk.iter()).cloned().chain([item]).collect());
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut T>
    where
        T: Clone,
    {
        Rc::make_mut(self.0.last_mut()?).last_mut()
    }

    pub(super) fn replace(&mut self, part: usize, with: Self) {
        if let (Some(slot), Some(chunk)) = (self.0.get_mut(part), with.0.into_iter().next()) {
            *slot = chunk;
        }
    }
}

impl Parts<Inline> {
    /// Text that was not parsed yet, shown as it came until the next parse.
    pub(super) fn push_plain(&mut self, text: &str) {
        const FOLD: usize = 256;
        if let Some([Inline::Text(last)]) = self.0.last().map(|chunk| &**chunk)
            && last.len() < FOLD
        {
            let joined = Inline::Text(format!("{last}{text}").into());
            self.0.pop();
            self.0.push([joined].into());
        } else {
            self.0.push([Inline::Text(text.into())].into());
        }
    }
}

impl<T: PartialEq> PartialEq for Parts<T> {
    fn eq(&self, other: &Self) -> bool {
        // What is shared need not be compared: a growing block is compared at every append.
        let shared = self.0.iter().zip(&other.0).take_while(|(a, b)| Rc::ptr_eq(a, b)).count();
        fn rest<T>(parts: &Parts<T>, from: usize) -> impl Iterator<Item = &T> {
            parts.0.iter().skip(from).flat_map(|chunk| chunk.iter())
        }
        rest(self, shared).eq(rest(other, shared))
    }
}

/// The text of a code block, in chunks of whole lines like [`Parts`].
#[derive(Debug, Clone, Default)]
pub struct CodeText(Vec<Rc<str>>);

impl CodeText {
    /// Text in one chunk.
    pub fn one(text: &str) -> Self {
        if text.is_empty() { Self(Vec::new()) } else { Self(vec![text.into()]) }
    }

    /// The chunks in order. A settled chunk keeps its pointer while the block grows.
    pub fn chunks(&self) -> &[Rc<str>] {
        &self.0
    }

    pub(super) fn join(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Text that was not parsed yet; it may begin within a line, so it joins the last chunk.
    pub(super) fn push_plain(&mut self, text: &str) {
        let last = self.0.pop().unwrap_or_default();
        self.0.push(format!("{last}{text}").into());
    }
}

impl std::fmt::Display for CodeText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|chunk| f.write_str(chunk))
    }
}

impl PartialEq for CodeText {
    fn eq(&self, other: &Self) -> bool {
        let shared = self.0.iter().zip(&other.0).take_while(|(a, b)| Rc::ptr_eq(a, b)).count();
        let rest =
            |text: &Self| text.0.iter().skip(shared).flat_map(|chunk| chunk.bytes()).collect::<Vec<_>>();
        rest(self) == rest(other)
    }
}

/// One block of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Parts<Inline>),
    /// A heading; `level` is 1 to 6 as written in the text.
    Heading {
        /// 1 to 6.
        level: u8,
        /// What the heading says.
        content: Inlines,
    },
    /// A code block, fenced or indented.
    Code {
        /// First word of a fence's info string; empty when there is none.
        lang: Rc<str>,
        /// The code, lines ending in `\n`.
        text: CodeText,
        /// What is cited in it. The marks stand behind the block: code is shown as it was written.
        marks: Parts<Marks>,
    },
    /// A block quote.
    Quote(Parts<Block>),
    /// A bulleted or numbered list.
    List {
        /// Number of the first item; `None` for bullets.
        start: Option<u64>,
        /// Items stand apart like paragraphs. Items hold paragraphs either way, so a list that becomes loose
        /// late changes this flag and none of its items.
        loose: bool,
        /// The items.
        items: Parts<Item>,
    },
    /// A table.
    Table {
        /// How each column is aligned.
        columns: Rc<[Align]>,
        /// The header cells, as many as there are columns.
        head: Rc<[Inlines]>,
        /// The body rows, each with as many cells as there are columns.
        rows: Parts<Row>,
    },
    /// A thematic break.
    Rule,
    /// Raw HTML, to be shown as the text it is.
    Html(Rc<str>),
    /// What a footnote says.
    Footnote {
        /// The label it is referred to by.
        label: Rc<str>,
        /// Its blocks.
        content: Rc<[Block]>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// A task's state; `None` for an item that is no task.
    pub task: Option<Task>,
    /// The item's blocks.
    pub blocks: Rc<[Block]>,
}

/// Whether a task is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// `[ ]`
    Open,
    /// `[x]`
    Done,
}

/// A body row of a table.
pub type Row = Rc<[Inlines]>;

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Not said.
    Default,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A piece of inline content.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(Rc<str>),
    /// Inline code.
    Code(Rc<str>),
    /// Emphasis.
    Emph(Inlines),
    /// Strong emphasis.
    Strong(Inlines),
    /// Struck out text.
    Strike(Inlines),
    /// A link whose address passed [`super::link::safe_href`]; any other is its bare content.
    Link {
        /// Where it leads.
        href: SafeHref,
        /// Its title; empty when there is none.
        title: Rc<str>,
        /// What it says.
        content: Inlines,
    },
    /// An image; whether it is shown is decided by [`super::image::policy`].
    Image {
        /// Its address as written.
        src: Rc<str>,
        /// Its description.
        alt: Rc<str>,
        /// Its title; empty when there is none.
        title: Rc<str>,
    },
    /// A line ending in the source.
    SoftBreak,
    /// A line break that is to be seen.
    HardBreak,
    /// Raw inline HTML, to be shown as the text it is.
    Html(Rc<str>),
    /// A reference to a footnote, by its label.
    FootnoteRef(Rc<str>),
    /// A formula in TeX, without the signs around it.
    Math {
        /// The TeX.
        source: Rc<str>,
        /// On a line of its own.
        display: bool,
    },
    /// What is cited here.
    Marks(Marks),
}

/// The text of inline content without any markup, as an image's description wants it.
pub fn plain_text(content: &[Inline]) -> String {
    let mut out = String::new();
    collect(content, &mut out);
    out
}

fn collect(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(s) | Inline::Code(s) | Inline::Html(s) => out.push_str(s),
            Inline::Emph(c) | Inline::Strong(c) | Inline::Strike(c) | Inline::Link { content: c, .. } => {
                collect(c, out)
            }
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Math { source, .. } => out.push_str(source),
            Inline::Marks(_) => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::FootnoteRef(label) => {
                out.push('[');
                out.push_str(label);
                out.push(']');
            }
        }
    }
}
