//! What is open around an event of the parser.

use std::ops::Range;
use std::rc::Rc;

use super::Child;
use crate::markdown::node::{Align, Block, Inline, Inlines, Item, Row, Task};

pub(super) enum Kind {
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
    pub(super) fn is_block_of_words(&self) -> bool {
        matches!(self, Kind::Paragraph | Kind::Heading(_) | Kind::Cell)
    }

    /// Holds blocks, items, rows or cells.
    pub(super) fn is_around_blocks(&self) -> bool {
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

    pub(super) fn is_inline(&self) -> bool {
        matches!(self, Kind::Emph | Kind::Strong | Kind::Strike | Kind::Link { .. } | Kind::Image { .. })
    }
}

pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) children: Vec<Child>,
    pub(super) inlines: Vec<Inline>,
    pub(super) items: Vec<Item>,
    pub(super) rows: Vec<Row>,
    pub(super) head: Vec<Inlines>,
    pub(super) cells: Vec<Inlines>,
    pub(super) text: String,
    pub(super) task: Option<Task>,
    pub(super) loose: bool,
    pub(super) has_paragraph: bool,
}

impl Frame {
    pub(super) fn new(kind: Kind, range: Range<usize>) -> Self {
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
