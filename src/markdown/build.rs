//! Turns the parser's events into typed blocks. No recursion: nesting is the author's to choose, the stack is
//! not.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use super::grow::{end_of, start_of};
use super::inline::{Place, mend, polish};
use super::label::Label;
use super::link::safe_href;
use super::marks::{Marks, Spot, attach, attach_item, attach_row};
use super::math::Source;
use super::node::{Align, Block, CodeText, Inline, Inlines, Item, Parts, Row, Task, plain_text};
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

enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    Code(Rc<str>),
    Html,
    List(Option<u64>),
    Item,
    Table(Rc<[Align]>),
    Head,
    Row,
    Cell,
    Footnote(Rc<str>),
    Emph,
    Strong,
    Strike,
    Link {
        href: String,
        title: Rc<str>,
    },
    Image {
        src: Rc<str>,
        title: Rc<str>,
    },
    /// Too deep, or nothing we asked for: its content joins the parent's.
    Through,
}

impl Kind {
    /// Holds words and no blocks.
    fn is_block_of_words(&self) -> bool {
        matches!(self, Kind::Paragraph | Kind::Heading(_) | Kind::Cell)
    }

    /// Holds blocks, items, rows or cells.
    fn is_around_blocks(&self) -> bool {
        matches!(
            self,
            Kind::Quote
                | Kind::List(_)
                | Kind::Item
                | Kind::Table(_)
                | Kind::Head
                | Kind::Row
                | Kind::Footnote(_)
        )
    }

    fn is_inline(&self) -> bool {
        matches!(self, Kind::Emph | Kind::Strong | Kind::Strike | Kind::Link { .. } | Kind::Image { .. })
    }
}

struct Frame {
    kind: Kind,
    range: Range<usize>,
    blocks: Vec<Block>,
    children: Vec<Child>,
    inlines: Vec<Inline>,
    items: Vec<Item>,
    rows: Vec<Row>,
    head: Vec<Inlines>,
    cells: Vec<Inlines>,
    text: String,
    task: Option<Task>,
    loose: bool,
    has_paragraph: bool,
}

impl Frame {
    fn new(kind: Kind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            blocks: Vec::new(),
            children: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            head: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
            task: None,
            loose: false,
            has_paragraph: false,
        }
    }
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

    fn text(&mut self, text: &str, range: Range<usize>) {
        match self.stack.last_mut() {
            Some(frame) if matches!(frame.kind, Kind::Code(_) | Kind::Html) => {
                frame.text.push_str(&self.source.verbatim(text, &range));
            }
            _ => {
                self.mark(range.start);
                self.split(text, range.clone());
                self.mark(range.end);
            }
        }
    }

    /// Text in pieces between the marks in it. Where it is not the source itself (an entity) it stays whole.
    fn split(&mut self, text: &str, range: Range<usize>) {
        let mut begin = range.start;
        if self.links == 0 && self.source.parsed_at(&range) == text {
            while let Some(spot) = self.spots.front().filter(|spot| spot.at < range.end).cloned() {
                let part = begin..spot.at;
                self.inline(Inline::Text(
                    self.source.text(self.source.parsed_at(&part), &part).as_ref().into(),
                ));
                self.mark(spot.at);
                begin = spot.at;
            }
        }
        let rest = begin..range.end;
        let text = if begin == range.start { text } else { self.source.parsed_at(&rest) };
        self.inline(Inline::Text(self.source.text(text, &rest).as_ref().into()));
    }

    /// Content that cannot be divided: marks in it come behind it.
    fn leaf(&mut self, inline: Inline, range: Range<usize>) {
        self.mark(range.start);
        self.inline(inline);
        self.mark(range.end);
    }

    /// A line end: marks in it come before it.
    fn pause(&mut self, inline: Inline, range: Range<usize>) {
        self.mark(range.end);
        self.inline(inline);
    }

    fn inline(&mut self, inline: Inline) {
        if let Some(frame) = self.stack.last_mut() {
            // The paragraphs of a tight list come without their tag.
            frame.has_paragraph |= matches!(frame.kind, Kind::Item);
            frame.inlines.push(inline);
        }
    }

    /// The next mark that rests at `end` or before it.
    fn next_marks(&mut self, end: usize) -> Option<Marks> {
        self.spots.front().filter(|spot| spot.at <= end)?;
        self.spots.pop_front().map(|spot| spot.marks)
    }

    /// Puts the marks up to `end` here, unless here is in a link: then they wait for its end.
    fn mark(&mut self, end: usize) {
        while self.links == 0
            && let Some(marks) = self.next_marks(end)
        {
            self.inline(Inline::Marks(marks));
        }
    }

    /// Before a block begins: marks up to there belong to what stands before it, if there is anything.
    fn leave_behind(&mut self, begin: usize) {
        if self.spots.front().is_none_or(|spot| spot.at > begin) {
            return;
        }
        let Some(frame) = self.stack.last_mut() else { return };
        // What stands between two blocks at the top (definitions) goes with the second when the text is cut.
        let begin = match (&frame.kind, self.top.last()) {
            (Kind::Root, Some(top)) if begin < self.source.parsed.len() => {
                let text = self.source.parsed.get(self.base..).unwrap_or_default();
                self.base + start_of(text, end_of(top), begin.saturating_sub(self.base))
            }
            _ => begin,
        };
        while let Some(marks) = self.next_marks(begin) {
            let Some(frame) = self.stack.last_mut() else { return };
            let block = match frame.kind {
                Kind::Root => self.top.last_mut().map(|top| &mut top.block),
                _ => frame.blocks.last_mut(),
            };
            if !frame.inlines.is_empty() {
                frame.inlines.push(Inline::Marks(marks));
            } else if let Some(item) = frame.items.last_mut() {
                attach_item(item, &marks);
            } else if let Some(cell) = frame.cells.last_mut() {
                *cell = cell.iter().cloned().chain([Inline::Marks(marks)]).collect();
            } else if let Some(row) = frame.rows.last_mut() {
                attach_row(row, &marks);
            } else if let Some(cell) = frame.head.last_mut() {
                *cell = cell.iter().cloned().chain([Inline::Marks(marks)]).collect();
            } else if let Some(block) = block {
                attach(block, &marks);
            } else {
                self.spots.push_front(Spot { at: begin, marks });
                return;
            }
        }
    }

    fn block(&mut self, block: Block, range: Range<usize>, children: Vec<Child>) {
        self.close_bare_paragraph();
        let Some(frame) = self.stack.last_mut() else { return };
        let has_paragraph = matches!(block, Block::Paragraph(_));
        if matches!(frame.kind, Kind::Root) {
            if range.start >= self.skipped {
                let range = self.local_range(range);
                self.top.push(Spanned { block, range, children });
            }
        } else {
            frame.blocks.push(block);
            let range = self.local_range(range);
            if let Some(frame) = self.stack.last_mut() {
                frame.children.push(Child { range, has_paragraph });
            }
        }
    }

    fn local_range(&self, range: Range<usize>) -> Range<usize> {
        range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base)
    }

    fn close_bare_paragraph(&mut self) {
        let Some(frame) = self.stack.last_mut() else { return };
        if matches!(frame.kind, Kind::Item) && !frame.inlines.is_empty() {
            let content = std::mem::take(&mut frame.inlines);
            let range = frame.range.clone();
            let paragraph = Block::Paragraph(Parts::one(self.content(content, &range)));
            if let Some(frame) = self.stack.last_mut() {
                frame.blocks.push(paragraph);
            }
        }
    }

    /// Inline content of a block, finished.
    fn content(&self, content: Vec<Inline>, range: &Range<usize>) -> Vec<Inline> {
        let at_end = self.reading == Reading::Preview && range.end >= self.source.parsed.len();
        polish(if at_end { mend(content) } else { content }, Place::Text)
    }

    fn close(&mut self) {
        let Some(end) = self.stack.last().map(|frame| frame.range.end) else { return };
        if self.stack.last().is_some_and(|frame| frame.kind.is_block_of_words()) {
            self.mark(end);
        } else if let Some(frame) = self.stack.last().filter(|frame| frame.kind.is_around_blocks()) {
            // A list's range reaches to the next block, over definitions between them.
            let last = frame.children.last().filter(|_| matches!(frame.kind, Kind::List(_)));
            self.leave_behind(last.map_or(end, |item| end.min(item.range.end + self.base)));
        }
        self.close_bare_paragraph();
        let Some(mut frame) = self.stack.pop() else { return };
        let is_inline = frame.kind.is_inline();
        if matches!(frame.kind, Kind::Link { .. } | Kind::Image { .. }) {
            self.links = self.links.saturating_sub(1);
        }
        let place = if self.links > 0 { Place::Link } else { Place::Text };
        let inlines = std::mem::take(&mut frame.inlines);
        let range = frame.range.clone();
        match frame.kind {
            Kind::Root => self.stack.push(frame),
            Kind::Paragraph => {
                let content = self.content(inlines, &range);
                self.block(Block::Paragraph(Parts::one(content)), range, Vec::new());
            }
            Kind::Heading(level) => {
                let content = self.content(inlines, &range).into();
                self.block(Block::Heading { level, content }, range, Vec::new());
            }
            Kind::Quote => self.block(Block::Quote(Parts::one(frame.blocks)), range, frame.children),
            Kind::Code(lang) => {
                let marks: Vec<Marks> = std::iter::from_fn(|| self.next_marks(end)).collect();
                let block =
                    Block::Code { lang, text: CodeText::one(&frame.text), marks: Parts::chunk(marks) };
                self.block(block, range, Vec::new());
            }
            Kind::Html => self.block(Block::Html(frame.text.into()), range, Vec::new()),
            Kind::List(start) => {
                let block = Block::List { start, loose: frame.loose, items: Parts::one(frame.items) };
                self.block(block, range, frame.children);
            }
            Kind::Item => {
                let range = self.local_range(range);
                if let Some(list) = self.stack.last_mut() {
                    if matches!(list.kind, Kind::List(_)) {
                        list.loose |= frame.loose;
                        list.children.push(Child { range, has_paragraph: frame.has_paragraph });
                        list.items.push(Item { task: frame.task, blocks: frame.blocks.into() });
                    } else {
                        list.blocks.extend(frame.blocks);
                    }
                }
            }
            Kind::Table(columns) => {
                let block = Block::Table { columns, head: frame.head.into(), rows: Parts::one(frame.rows) };
                self.block(block, range, frame.children);
            }
            Kind::Head => {
                if let Some(table) = self.stack.last_mut() {
                    table.head = frame.cells;
                }
            }
            Kind::Row => {
                let range = self.local_range(range);
                if let Some(table) = self.stack.last_mut() {
                    table.rows.push(frame.cells.into());
                    table.children.push(Child { range, has_paragraph: false });
                }
            }
            Kind::Cell => {
                let content = self.content(inlines, &range).into();
                if let Some(row) = self.stack.last_mut() {
                    row.cells.push(content);
                }
            }
            Kind::Footnote(label) => {
                let block = Block::Footnote { label, content: frame.blocks.into() };
                self.block(block, range, Vec::new());
            }
            Kind::Emph => self.inline(Inline::Emph(polish(inlines, place).into())),
            Kind::Strong => self.inline(Inline::Strong(polish(inlines, place).into())),
            Kind::Strike => self.inline(Inline::Strike(polish(inlines, place).into())),
            Kind::Link { href, title } => {
                let content = polish(inlines, Place::Link);
                match safe_href(&href) {
                    Some(href) => self.inline(Inline::Link { href, title, content: content.into() }),
                    None => content.into_iter().for_each(|inline| self.inline(inline)),
                }
            }
            Kind::Image { src, title } => {
                let alt = plain_text(&inlines).into();
                self.inline(Inline::Image { src, alt, title });
            }
            Kind::Through => {
                if !frame.blocks.is_empty() {
                    self.close_bare_paragraph();
                }
                if let Some(parent) = self.stack.last_mut() {
                    parent.inlines.extend(inlines);
                    parent.blocks.extend(frame.blocks);
                }
            }
        }
        if is_inline {
            self.mark(end);
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
