//! What is made of a tag once it ends.

use std::ops::Range;

use super::frame::Kind;
use super::{Builder, Child, Spanned};
use crate::markdown::inline::{Place, mend, polish};
use crate::markdown::link::safe_href;
use crate::markdown::marks::Marks;
use crate::markdown::node::{Block, CodeText, Inline, Item, Parts, plain_text};
use crate::markdown::parse::Reading;

impl Builder<'_> {
    pub(super) fn close(&mut self) {
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

    pub(super) fn block(&mut self, block: Block, range: Range<usize>, children: Vec<Child>) {
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

    fn local_range(&self, range: Range<usize>) -> Range<usize> {
        range.start.saturating_sub(self.base)..range.end.saturating_sub(self.base)
    }
}
