//! One run of pulldown-cmark over a piece of the text.
//!
//! A *piece* is source that parses by itself as it would in its place in the whole text. What it needs from
//! elsewhere is given along: the *lead* (source that reopens the block the piece continues: a fence's opening
//! line, a table's head) and the definitions settled so far.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use super::build::{Builder, Spanned};
use super::label::{Definitions, Label, Target, note_candidates};
use super::marks::Spot;
use super::math::{self, Source};

/// GFM as far as pulldown-cmark has it, and mathematics.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
}

/// Closes whatever block the definitions in front may have left open; a rule continues nothing.
const BARRIER: &str = "***\n";

/// How a piece is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As written.
    Exact,
    /// As a text that still grows: syntax cut off at the very end is guessed at.
    Preview,
}

/// What one parse found. All offsets count bytes from the piece's beginning.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) blocks: Vec<Spanned>,
    /// Labels looked up without success, and where.
    pub(super) missing: Vec<(usize, Label)>,
    /// Labels found in a definition of the piece itself, and where they were used.
    pub(super) local: Vec<(usize, Label)>,
    /// Link definitions in the piece, and where they end.
    pub(super) links: Vec<(usize, Label, Target)>,
    /// Labels of footnotes defined in the piece, and where they begin.
    pub(super) notes: Vec<(usize, String)>,
    /// Bytes the parser was given.
    pub(super) bytes: usize,
}

/// Parses `text` as a continuation of `lead`, with marks in it.
pub(super) fn parse(
    lead: &str,
    text: &str,
    known: &Definitions,
    reading: Reading,
    spots: Vec<Spot>,
) -> Parsed {
    let first = run(lead, text, known, reading, "", spots.clone());
    // The first definition of a label holds. Where the piece defines again what is settled already, the parser
    // would prefer the piece's own: it must see the settled one first.
    let again: Vec<&str> = first.redefined.iter().map(String::as_str).collect();
    if again.is_empty() {
        return first.parsed;
    }
    let bytes = first.parsed.bytes;
    let mut second = run(lead, text, known, reading, &known.link_source(again.into_iter()), spots).parsed;
    second.bytes += bytes;
    second
}

struct Run {
    parsed: Parsed,
    redefined: Vec<String>,
}

fn run(lead: &str, text: &str, known: &Definitions, reading: Reading, links: &str, spots: Vec<Spot>) -> Run {
    let written = (lead, text);
    let (lead, text) = (math::masked(lead, Reading::Exact), math::masked(text, reading));
    let changed = matches!(lead, Cow::Owned(_)) || matches!(text, Cow::Owned(_));
    let candidates = note_candidates(&text);
    let mut front = known.note_source(candidates.iter().map(|(_, label)| label));
    front.push_str(links);
    if !front.is_empty() {
        front.push_str(BARRIER);
    }
    let skipped = front.len();
    let base = skipped + lead.len();
    let original = changed.then(|| [&front, written.0, written.1].concat());
    let joined;
    let input = if base == 0 {
        &*text
    } else {
        front.reserve(lead.len() + text.len());
        front.push_str(&lead);
        front.push_str(&text);
        joined = front;
        &joined
    };

    let missing = RefCell::new(Vec::new());
    let lookup = |broken: BrokenLink<'_>| {
        let label = Label::link(&broken.reference);
        if let Some(target) = known.link(&label) {
            return Some((CowStr::from(target.dest.clone()), CowStr::from(target.title.clone())));
        }
        if let Some(at) = broken.span.start.checked_sub(base) {
            missing.borrow_mut().push((at, label));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(input, options(), Some(lookup));
    let mut found = Vec::new();
    let mut redefined = Vec::new();
    for (written, def) in parser.reference_definitions().iter() {
        let Some(end) = def.span.end.checked_sub(base).filter(|_| def.span.start >= base) else { continue };
        let title = def.title.as_deref().unwrap_or_default().to_owned();
        let target = Target { dest: def.dest.to_string(), title };
        let label = Label::link(written);
        if known.link(&label).is_some_and(|settled| *settled != target) {
            redefined.push(written.to_owned());
        }
        found.push((end, label, target));
    }

    let source = Source { written: original.as_deref().unwrap_or(input), parsed: input };
    let mut builder = Builder::new(skipped, base, source, reading, spots);
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    let built = builder.finish();

    let mut missing = missing.into_inner();
    missing.extend(candidates.into_iter().filter(|(_, label)| !known.has(label)));
    let parsed = Parsed {
        blocks: built.blocks,
        missing,
        local: built.local,
        links: found,
        notes: built.notes,
        bytes: input.len(),
    };
    Run { parsed, redefined }
}

impl Parsed {
    /// Labels used in `range`, each time, that settled definitions do not answer; the flag tells that the piece's own
    /// definitions, which may still change, answered one of them.
    pub(super) fn unsettled(&self, range: &Range<usize>, known: &Definitions) -> (Vec<Label>, bool) {
        let open = |list: &[(usize, Label)]| -> Vec<Label> {
            list.iter()
                .filter(|(at, label)| range.contains(at) && !known.has(label))
                .map(|(_, label)| label.clone())
                .collect()
        };
        let local = open(&self.local);
        let guessed = !local.is_empty();
        let mut labels = open(&self.missing);
        labels.extend(local);
        (labels, guessed)
    }
}
