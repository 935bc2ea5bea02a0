//! The growing document; the module's own words are explained in [`super`].

mod again;
mod settle;

use std::fmt;
use std::rc::Rc;

use settle::End;

use super::grow::{Growing, join};
use super::label::Definitions;
use super::line_end::LineEnds;
use super::marks::{Mark, Origins, Placed, Wanted, places, resting, spots};
use super::math;
use super::node::Block;
use super::parse::{Parsed, Reading, parse};
use super::settled::{Entry, Settled};
use super::waiting::Waiting;

/// A tail up to this many bytes is parsed at every append. Less would show raw syntax more often, more costs
/// that much a delta.
const SMALL: usize = 2048;
/// A longer tail is parsed when this fraction of it is new, so that all parses together cost at most this many
/// times the text.
const FRESH: usize = 16;
/// A tail longer than this many bytes is one block that cannot be cut, and no block that anybody wrote to be read. It is
/// broken off: what follows begins another one. Every append parses and draws it anew, which must not stop the page.
const ENDLESS: usize = 64 * 1024;

/// A markdown text that grows at its end. Cloning shares all settled content.
#[derive(Clone, Default)]
pub struct Document {
    settled: Settled,
    /// The first block of the tail, where parts of it are settled.
    growing: Option<Growing>,
    /// The tail's blocks, the growing one included.
    open: Vec<Entry>,
    /// Source that is not settled.
    tail: String,
    /// Bytes at the tail's end that the last parse has not seen.
    unparsed: usize,
    /// The unparsed bytes complete a line.
    new_line: bool,
    /// Characters before the tail.
    before_tail: usize,
    known: Rc<Definitions>,
    waiting: Rc<Waiting>,
    origins: Origins,
    /// Marks as they were given, in the order of their places.
    wanted: Rc<[Wanted]>,
    /// Those whose place has arrived, where they rest.
    placed: Rc<[Placed]>,
    line_ends: LineEnds,
    received: usize,
    parsed: usize,
    parsed_again: usize,
}

impl Document {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// The whole of a text that does not grow.
    pub fn parse(text: &str) -> Self {
        Self::parse_marked(text, &[])
    }

    /// The whole of a text that does not grow, with marks that do not change; see [`set_marks`](Self::set_marks).
    pub fn parse_marked(text: &str, marks: &[(usize, Rc<Mark>)]) -> Self {
        let mut line_ends = LineEnds::default();
        let text = line_ends.plain(text);
        let mut wanted = Wanted::all(marks.to_vec());
        for mark in &mut wanted {
            mark.rest = Some(resting(&text, line_ends.plain_offset(mark.index)));
        }
        let placed = places(&wanted);
        let spots = spots(&placed, 0, &text);
        let parsed = parse("", &text, &Definitions::default(), Reading::Exact, spots);
        let mut document = Self { received: text.len(), parsed: parsed.bytes, ..Self::default() };
        for spanned in parsed.blocks {
            document.push(spanned.block);
        }
        document
    }

    /// Puts these marks into the text, each behind so many Unicode characters of it as they came (not of what is left
    /// of them), in the place of the marks before. One that the text has not reached yet waits for it. Only blocks
    /// whose marks are others now change their pointer.
    ///
    /// For a text that was given by [`append`](Self::append); what was parsed whole stays as it is.
    pub fn set_marks(&mut self, marks: Vec<(usize, Rc<Mark>)>) {
        let mut wanted = Wanted::all(marks);
        if self.wanted.len() == wanted.len() && self.wanted.iter().zip(&wanted).all(|(a, b)| a.same(b)) {
            return;
        }
        for mark in &mut wanted {
            // Where a mark rests depends on the text before it alone.
            let same = self.wanted.binary_search_by_key(&mark.index, |known| known.index);
            mark.rest = same.ok().and_then(|at| self.wanted.get(at)).and_then(|known| known.rest);
        }
        self.wanted = wanted.into();
        if self.place_marks(false) && self.load() <= SMALL {
            self.preview();
        }
    }

    /// Adds text at the end. Costs parsing the tail at most, however long the text before it is.
    pub fn append(&mut self, delta: &str) {
        let delta = &*self.line_ends.plain(delta);
        if delta.is_empty() {
            return;
        }
        self.received += delta.len();
        self.tail.push_str(delta);
        if self.wanted.last().is_some_and(|mark| mark.rest.is_none()) {
            self.place_marks(false);
        }
        self.unparsed += delta.len();
        self.new_line |= delta.contains('\n');
        let load = self.load();
        if load > SMALL && self.unparsed * FRESH < load {
            self.show_plain(delta);
            return;
        }
        if self.new_line
            && let Some(newline) = self.tail.rfind('\n')
        {
            // Whether a block of mathematics is one shows at its end.
            self.settle_lines(math::decided(self.tail.get(..=newline).unwrap_or_default()));
        }
        if self.tail.len() > ENDLESS {
            self.break_off();
        }
        self.preview();
        self.unparsed = 0;
        self.new_line = false;
    }

    /// Settles everything: the text is complete. Text appended afterwards begins a new block.
    pub fn finish(&mut self) {
        self.place_marks(true);
        let text = std::mem::take(&mut self.tail);
        let parsed = self.run(&text, Reading::Exact);
        self.settle(&text, parsed, End::Text);
        self.before_tail += text.chars().count();
        self.open.clear();
        self.unparsed = 0;
        self.new_line = false;
        self.line_ends.end();
        self.resolve_rest();
    }

    /// All blocks in order, in groups of [`GROUP`](super::GROUP). The pointer of a group of settled blocks stays.
    pub fn groups(&self) -> impl Iterator<Item = Rc<[Entry]>> + '_ {
        self.settled.groups(&self.open)
    }

    /// All blocks in order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.settled.entries().chain(&self.open)
    }

    /// How many blocks are settled.
    pub fn settled(&self) -> usize {
        self.settled.len()
    }

    /// Nothing to show.
    pub fn is_empty(&self) -> bool {
        self.settled() == 0 && self.open.is_empty()
    }

    /// Bytes the parser has been given so far, for tests of the promise that they stay proportional to the text.
    pub fn parsed_bytes(&self) -> usize {
        self.parsed + self.parsed_again
    }

    /// Bytes that a parse of the tail takes.
    fn load(&self) -> usize {
        self.tail.len() + self.growing.as_ref().map_or(0, |growing| growing.lead.len())
    }

    fn run(&mut self, text: &str, reading: Reading) -> Parsed {
        let lead = self.growing.as_ref().map_or("", |growing| &*growing.lead);
        let spots = spots(&self.placed, self.before_tail, text);
        let parsed = parse(lead, text, &self.known, reading, spots);
        self.parsed += parsed.bytes;
        parsed
    }

    /// Settles a block. The open one of the same key stays where it is the same, so that settling it alone
    /// changes no pointer.
    fn push(&mut self, block: Block) {
        let block = kept(&self.open, self.settled.next_key(), block);
        self.settled.push(block);
    }

    /// Shows the tail as it is now.
    fn preview(&mut self) {
        let text = shown(&self.tail).to_owned();
        let parsed = self.run(&text, Reading::Preview);
        let mut blocks: Vec<Block> = parsed.blocks.into_iter().map(|spanned| spanned.block).collect();
        if let Some(growing) = &self.growing {
            let mut whole = growing.block.clone();
            match blocks.first_mut() {
                Some(first) if join(&mut whole, first) => *first = whole,
                _ => blocks.insert(0, whole),
            }
        }
        let keep = |(key, block)| Entry { key, block: kept(&self.open, key, block) };
        self.open = (self.settled.next_key()..).zip(blocks).map(keep).collect();
    }

    /// Between two parses of a long tail, text goes as it is where text can go.
    fn show_plain(&mut self, delta: &str) {
        let Some(last) = self.open.last_mut() else { return };
        let mut block = Block::clone(&last.block);
        match &mut block {
            Block::Paragraph(content) => content.push_plain(delta),
            Block::Code { text, .. } => text.push_plain(delta),
            _ => return,
        }
        last.block = Rc::new(block);
    }
}

/// The shown block of that key, if it is the same: an equal one keeps its pointer.
fn kept(shown: &[Entry], key: u64, block: Block) -> Rc<Block> {
    match shown.iter().find(|entry| entry.key == key) {
        Some(entry) if *entry.block == block => entry.block.clone(),
        _ => Rc::new(block),
    }
}

/// The tail without a last line that is only marks so far: `-` may become a list, a rule or a heading's
/// underline, and each guess would make the text jump.
fn shown(tail: &str) -> &str {
    let start = tail.rfind('\n').map_or(0, |newline| newline + 1);
    let (before, line) = tail.split_at(start);
    let mark = |c: char| c.is_ascii_digit() || "-=+*_#>|:.)~` \t".contains(c);
    if line.chars().all(mark) { before } else { tail }
}

impl PartialEq for Document {
    /// Equal when the typed blocks are.
    fn eq(&self, other: &Self) -> bool {
        let blocks = |document: &Self| document.entries().map(|e| e.block.clone()).collect::<Vec<_>>();
        blocks(self) == blocks(other)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.entries().map(|entry| &entry.block)).finish()
    }
}
