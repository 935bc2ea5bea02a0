//! Turns the parser's events into typed blocks. No recursion: nesting is the author's to choose, the stack is
//! not.

mod close;
mod frame;
mod words;

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use frame::{Frame, Kind};

use super::label::Label;
use super::marks::Spot;
use super::math::Source;
use super::node::{Align, Block, Inline, Task};
use super::parse::Reading;

/// Containers nested deeper than this are shown without their own box: comparing, dropping and rendering
/// blocks recurse, and a line of ten thousand `>` must not end the page.
const DEEPEST: usize = 48;

/// A block at the top of a piece.
#[derive(Debug)]
pub(super) struct Spanned {
    pub(super) block: Block,
    pub(super) range: Range<usize>,
    /// Of a quote its blocks, of a list its items, of a table its rows.
    pub(super) children: Vec<Child>,
}

/// A part of a block that grows.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) range: Range<usize>,
    /// For an item: whether it holds a paragraph of its own, which is all that shows if a list is loose.
    pub(super) has_paragraph: bool,
}

#[derive(Debug)]
pub(super) struct Built {
    pub(super) blocks: Vec<Spanned>,
    pub(super) local: Vec<(usize, Label)>,
    pub(super) notes: Vec<(usize, String)>,
}

pub(super) struct Builder<'a> {
    stack: Vec<Frame>,
    top: Vec<Spanned>,
    local: Vec<(usize, Label)>,
    notes: Vec<(usize, String)>,
    /// Blocks that begin before this offset of the input are none of the piece's.
    skipped: usize,
    /// Where the piece begins in the input.
    base: usize,
    source: Source<'a>,
    /// Marks that are not placed yet, by their offset in the input.
    spots: VecDeque<Spot>,
    reading: Reading,
    /// How many links and images are open around the current event.
    links: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        skipped: usize,
        base: usize,
        source: Source<'a>,
        reading: Reading,
        spots: Vec<Spot>,
    ) -> Self {
        let stack = vec![Frame::new(Kind::Root, 0..source.parsed.len())];
        let spots = spots.into_iter().map(|spot| Spot { at: spot.at + base, ..spot }).collect();
        Self {
            stack,
            top: Vec::new(),
            local: Vec::new(),
            notes: Vec::new(),
            skipped,
            base,
            source,
            spots,
            reading,
            links: 0,
        }
    }

    pub(super) fn finish(mut self) -> Built {
        while self.stack.len() > 1 {
            self.close();
        }
        self.leave_behind(usize::MAX);
        Built { blocks: self.top, local: self.local, notes: self.notes }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(_) => self.close(),
            Event::Text(text) | Event::Html(text) => self.text(&text, range),
            Event::Code(code) => {
                let code = self.source.inside(&code, &range);
                self.leaf(Inline::Code(code.as_ref().into()), range);
            }
            Event::InlineHtml(html) => {
                let html = self.source.verbatim(&html, &range);
                self.leaf(Inline::Html(html.as_ref().into()), range);
            }
            Event::InlineMath(tex) | Event::DisplayMath(tex) => match self.source.formula(&tex, &range) {
                Some((source, display)) => {
                    self.leaf(Inline::Math { source: source.as_ref().into(), display }, range);
                }
                None => {
                    let text = self.source.text(self.source.parsed_at(&range), &range).into_owned();
                    self.leaf(Inline::Text(text.into()), range);
                }
            },
            // A mark never rests behind white space, but behind the backslash of a break it may.
            Event::SoftBreak => self.pause(Inline::SoftBreak, range),
            Event::HardBreak => self.pause(Inline::HardBreak, range),
            Event::Rule => {
                self.leave_behind(range.start);
                self.block(Block::Rule, range, Vec::new());
            }
            Event::FootnoteReference(label) => {
                self.used(range.start, Label::note(&label));
                self.leaf(Inline::FootnoteRef(label.as_ref().into()), range);
            }
            Event::TaskListMarker(done) => {
                let task = if done { Task::Done } else { Task::Open };
                if let Some(item) = self.stack.iter_mut().rev().find(|f| matches!(f.kind, Kind::Item)) {
                    item.task = Some(task);
                }
            }
        }
    }

    fn used(&mut self, at: usize, label: Label) {
        if let Some(at) = at.checked_sub(self.base) {
            self.local.push((at, label));
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if is_inline(&tag) {
            self.mark(range.start);
        } else {
            self.leave_behind(range.start);
        }
        let kind = match tag {
            Tag::Paragraph => {
                if let Some(item) = self.stack.last_mut().filter(|f| matches!(f.kind, Kind::Item)) {
                    item.loose = true;
                    item.has_paragraph = true;
                }
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => Kind::Code(match kind {
                CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',']).next().unwrap_or_default().into(),
                CodeBlockKind::Indented => "".into(),
            }),
            Tag::HtmlBlock => Kind::Html,
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Item,
            Tag::Table(columns) => Kind::Table(columns.into_iter().map(align).collect()),
            Tag::TableHead => Kind::Head,
            Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::FootnoteDefinition(label) => {
                if let Some(at) = range.start.checked_sub(self.base) {
                    self.notes.push((at, label.to_string()));
                }
                Kind::Footnote(label.as_ref().into())
            }
            Tag::Emphasis => Kind::Emph,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link { link_type, dest_url, title, id } => {
                self.used_link(link_type, &id, range.start);
                let href = self.source.part(&dest_url, &range).into_owned();
                Kind::Link { href, title: self.source.part(&title, &range).as_ref().into() }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.used_link(link_type, &id, range.start);
                let src = self.source.part(&dest_url, &range).as_ref().into();
                Kind::Image { src, title: self.source.part(&title, &range).as_ref().into() }
            }
            _ => Kind::Through,
        };
        let nests = matches!(
            kind,
            Kind::Quote | Kind::List(_) | Kind::Footnote(_) | Kind::Emph | Kind::Strong | Kind::Strike
        );
        let kind = if nests && self.stack.len() > DEEPEST { Kind::Through } else { kind };
        self.links += usize::from(matches!(kind, Kind::Link { .. } | Kind::Image { .. }));
        self.stack.push(Frame::new(kind, range));
    }

    /// Only a reference that the piece's own definitions answered keeps its type; ours come back as "unknown".
    fn used_link(&mut self, link_type: LinkType, label: &str, at: usize) {
        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
            self.used(at, Label::link(label));
        }
    }

    fn inline(&mut self, inline: Inline) {
        if let Some(frame) = self.stack.last_mut() {
            // The paragraphs of a tight list come without their tag.
            frame.has_paragraph |= matches!(frame.kind, Kind::Item);
            frame.inlines.push(inline);
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Default,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
