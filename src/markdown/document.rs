//! The growing document; the module's own words are explained in [`super`].

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use super::grow::{Growing, cut, end_of, join, parts, replace, start_of};
use super::label::{Definitions, Label};
use super::line_end::LineEnds;
use super::marks::{Mark, Origin, Origins, Placed, Wanted, moved, places, resting, spots};
use super::math;
use super::node::Block;
use super::parse::{Parsed, Reading, parse};
use super::settled::{Entry, Settled};
use super::waiting::{Piece, Waiting};

/// A tail up to this many bytes is parsed at every append. Less would show raw syntax more often, more costs
/// that much a delta.
const SMALL: usize = 2048;
/// A longer tail is parsed when this fraction of it is new, so that all parses together cost at most this many
/// times the text.
const FRESH: usize = 16;
/// A last block longer than this many bytes is cut inside: parts get about this long. Shorter parts mean more
/// of them to walk, longer ones more to parse and draw at every append.
const LONG: usize = 1024;

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

    /// Settles what the tail's complete lines, the first `end` bytes, allow.
    fn settle_lines(&mut self, end: usize) {
        let text = self.tail.get(..end).unwrap_or_default().to_owned();
        let parsed = self.run(&text, Reading::Exact);
        let at = self.settle(&text, parsed, End::Line);
        self.before_tail += self.tail.drain(..at).as_str().chars().count();
    }

    /// Settles the tail as if it ended with its last whole line, or word.
    fn break_off(&mut self) {
        let end = self.tail.rfind('\n').or_else(|| self.tail.rfind(' ')).map_or(self.tail.len(), |at| at + 1);
        let text = self.tail.get(..end).unwrap_or_default().to_owned();
        let parsed = self.run(&text, Reading::Exact);
        self.settle(&text, parsed, End::Text);
        self.before_tail += self.tail.drain(..text.len()).as_str().chars().count();
    }

    /// Settles blocks of `text` and returns where the new tail begins.
    fn settle(&mut self, text: &str, mut parsed: Parsed, end: End) -> usize {
        let blocks = std::mem::take(&mut parsed.blocks);
        let mut starts = vec![0];
        starts.extend(blocks.windows(2).filter_map(|pair| match pair {
            [before, next] => Some(start_of(text, end_of(before), next.range.start)),
            _ => None,
        }));
        let closed = match end {
            End::Text => blocks.len(),
            End::Line => blocks.len().saturating_sub(1),
        };
        let is_last = closed + 1 == blocks.len();
        let mut last = None;
        let mut pieces = Vec::new();
        let begin = |index: usize| starts.get(index).copied().unwrap_or(text.len());
        let (mut counted, mut chars) = (0, self.before_tail);
        let mut chars_before = |at: usize| {
            chars += text.get(counted..at).unwrap_or_default().chars().count();
            counted = at;
            chars
        };
        for (index, spanned) in blocks.into_iter().enumerate() {
            if index >= closed {
                last = Some((index, spanned));
                break;
            }
            let (block, part, lead) = match self.growing.take() {
                Some(mut growing) if index == 0 => {
                    let part = parts(&growing.block);
                    if join(&mut growing.block, &spanned.block) {
                        (growing.block, Some(part), growing.lead)
                    } else {
                        self.push(growing.block);
                        (spanned.block, None, "".into())
                    }
                }
                _ => (spanned.block, None, "".into()),
            };
            let piece = Piece { key: self.settled.next_key(), part, start: chars_before(begin(index)), lead };
            pieces.push((piece, begin(index)..begin(index + 1)));
            self.push(block);
        }
        let mut at = match end {
            End::Text => text.len(),
            End::Line if last.is_some() => begin(closed),
            End::Line => 0,
        };
        if let Some(growing) = self.growing.take_if(|_| matches!(end, End::Text)) {
            self.push(growing.block);
        }
        if let Some((index, spanned)) = last
            && is_last
            && text.len() - at > LONG
        {
            let lead = if index == 0 { self.growing.as_ref().map_or("", |g| &*g.lead) } else { "" };
            if let Some(cut) = cut(text, lead, &spanned) {
                let key = self.settled.next_key();
                let start = chars_before(at);
                let piece = match &mut self.growing {
                    Some(growing) if index == 0 => {
                        let part = parts(&growing.block);
                        join(&mut growing.block, &cut.settled).then(|| Piece {
                            key,
                            part: Some(part),
                            start,
                            lead: growing.lead.clone(),
                        })
                    }
                    _ => {
                        self.growing = Some(Growing { block: cut.settled, lead: cut.lead });
                        Some(Piece { key, part: Some(0), start, lead: "".into() })
                    }
                };
                if let Some(piece) = piece {
                    pieces.push((piece, at..cut.at));
                    at = cut.at;
                }
            }
        }
        self.define(text, &parsed, at, pieces);
        at
    }

    /// Takes over the definitions that stand before `at`, and remembers which of the settled pieces wait.
    fn define(&mut self, text: &str, parsed: &Parsed, at: usize, pieces: Vec<(Piece, Range<usize>)>) {
        let mut arrived = Vec::new();
        let known = &parsed.links;
        for (_, label, target) in known.iter().filter(|(end, ..)| *end <= at) {
            if self.known.link(label).is_none()
                && Rc::make_mut(&mut self.known).define_link(label.clone(), target.clone())
            {
                arrived.push(label.clone());
            }
        }
        for (_, written) in parsed.notes.iter().filter(|(start, _)| *start < at) {
            if Rc::make_mut(&mut self.known).define_note(written) {
                arrived.push(Label::note(written));
            }
        }
        for (piece, range) in pieces {
            let (labels, guessed) = parsed.unsettled(&range, &self.known);
            let source: Rc<str> = text.get(range).unwrap_or_default().into();
            self.origins.push(Origin { piece: piece.clone(), source: source.clone() });
            if !labels.is_empty() {
                Rc::make_mut(&mut self.waiting).add(piece, source, labels, guessed);
            }
        }
        for label in arrived {
            for id in self.waiting.on(&label) {
                if self.parsed_again < self.received {
                    self.resolve(id);
                }
            }
        }
    }

    /// At the end: every waiting piece that has something to gain.
    fn resolve_rest(&mut self) {
        let known = self.known.clone();
        for id in self.waiting.all() {
            if self.waiting.gains(id, &known) {
                self.resolve(id);
            }
        }
        self.waiting = Rc::default();
    }

    /// Parses a waiting piece again.
    fn resolve(&mut self, id: usize) {
        let Some((piece, source)) = Rc::make_mut(&mut self.waiting).take(id) else { return };
        let parsed = self.read_again(&piece, &source);
        let (labels, guessed) = parsed.unsettled(&(0..source.len()), &self.known);
        if !labels.is_empty() {
            Rc::make_mut(&mut self.waiting).add(piece, source, labels, guessed);
        }
    }

    /// Parses a settled piece again, with what is known and marked now.
    fn read_again(&mut self, piece: &Piece, source: &str) -> Parsed {
        let spots = spots(&self.placed, piece.start, source);
        let mut parsed = parse(&piece.lead, source, &self.known, Reading::Exact, spots);
        self.parsed_again += parsed.bytes;
        if let Some(spanned) = std::mem::take(&mut parsed.blocks).into_iter().next() {
            self.put(piece, spanned.block);
        }
        parsed
    }

    /// Gives marks their places and draws the settled pieces anew in which one came, went or changed.
    /// `complete`: no more text comes, so what lies behind its end rests there. True when any changed.
    fn place_marks(&mut self, complete: bool) -> bool {
        let mut wanted = self.wanted.to_vec();
        for mark in wanted.iter_mut().filter(|mark| mark.rest.is_none()) {
            if complete || self.line_ends.has(mark.index) {
                mark.rest = Some(self.resting(self.line_ends.plain_offset(mark.index)));
            }
        }
        let placed = places(&wanted);
        let moved = moved(&self.placed, &placed);
        self.wanted = wanted.into();
        self.placed = placed.into();
        let settled = moved.partition_point(|at| *at <= self.before_tail && self.before_tail > 0);
        let mut last = None;
        for at in moved.iter().take(settled) {
            let Some(Origin { piece, source }) = self.origins.holding(at.saturating_sub(1)).cloned() else {
                continue;
            };
            if last.replace(piece.start) != Some(piece.start) {
                self.read_again(&piece, &source);
            }
        }
        !moved.is_empty()
    }

    /// Where a mark behind so many characters rests.
    fn resting(&self, mut at: usize) -> usize {
        loop {
            let (start, source) = if at > self.before_tail {
                (self.before_tail, self.tail.as_str())
            } else {
                match at.checked_sub(1).and_then(|last| self.origins.holding(last)) {
                    Some(origin) => (origin.piece.start, &*origin.source),
                    None => return at,
                }
            };
            let rest = resting(source, at - start);
            if rest > 0 || start == 0 {
                return start + rest;
            }
            at = start;
        }
    }

    /// Puts a block, or one part of it, in the place of the settled one.
    fn put(&mut self, piece: &Piece, new: Block) {
        match &mut self.growing {
            Some(growing) if piece.key == self.settled.next_key() => {
                replace(&mut growing.block, piece.part.unwrap_or_default(), new);
            }
            _ => self.settled.put(piece, new),
        }
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

/// What the given text is.
#[derive(Debug, Clone, Copy)]
enum End {
    /// Complete lines; more will follow.
    Line,
    /// All there is.
    Text,
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
