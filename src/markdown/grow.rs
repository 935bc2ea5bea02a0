//! Where a piece of text may be cut: between blocks, and inside the last block when that has grown long.

use std::rc::Rc;

use super::build::{Child, Spanned};
use super::node::{Block, CodeText, Parts};

/// A block of which parts are settled while more of it arrives.
#[derive(Debug, Clone)]
pub(super) struct Growing {
    /// The block with its settled parts.
    pub(super) block: Block,
    /// Source that makes the tail continue the block; empty for quotes and lists, whose every line or item
    /// brings its own marker.
    pub(super) lead: Rc<str>,
}

/// A last block cut in two.
pub(super) struct Cut {
    /// The block with only what is settled, in one part.
    pub(super) settled: Block,
    /// Offset in the source where the rest begins.
    pub(super) at: usize,
    /// What the rest needs in front.
    pub(super) lead: Rc<str>,
}

/// Where the top block that begins at `next` can be cut off from the one before it, which ends at `previous`.
///
/// A footnote definition may stand on another one's lines (`[^1]: [^2]: b`, or indented like the other's
/// content) and ends it there. What is in front of it on its line belongs to the other: with that indentation
/// it would read as code by itself.
pub(super) fn start_of(text: &str, previous: usize, next: usize) -> usize {
    first_line_of(text, previous, next, is_blank).max(previous.min(next))
}

/// The line on which the block that begins at `next` begins, or an earlier one where link definitions stand
/// right in front of it. They leave no block, and a definition's title may follow on the next lines; if it
/// never closes, those lines are the paragraph we see. No definition reaches over a blank line.
fn first_line_of(text: &str, previous: usize, next: usize, blank: fn(&str) -> bool) -> usize {
    let mut at = line_start(text, next);
    while at > 0 {
        let before = line_start(text, at - 1);
        let line = text.get(before..at).unwrap_or_default();
        if before < previous || blank(line) {
            break;
        }
        at = before;
    }
    at
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|b| b.is_ascii_whitespace())
}

/// Blank behind the marker of the quote it is in. A second `>` may be an address: `[a]:` and then `    >`.
fn is_blank_in_quote(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    is_blank(line.strip_prefix('>').unwrap_or(line))
}

fn line_before(text: &str, at: usize) -> &str {
    at.checked_sub(1).and_then(|end| text.get(line_start(text, end)..end)).unwrap_or_default()
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// Where a block's own lines end. A list's range reaches to the next block, over link definitions between them.
pub(super) fn end_of(block: &Spanned) -> usize {
    match (&block.block, block.children.last()) {
        (Block::List { .. }, Some(item)) => item.range.end.min(block.range.end),
        _ => block.range.end,
    }
}

/// Cuts the piece's last block, if it is of a kind that can be. `text` ends with a line end; `lead` is what
/// the block continues, empty when it begins in this piece.
pub(super) fn cut(text: &str, lead: &str, last: &Spanned) -> Option<Cut> {
    match &last.block {
        Block::Quote(blocks) => cut_quote(text, blocks, &last.children),
        Block::List { .. } => cut_list(text, &last.block, &last.children),
        Block::Table { .. } => cut_table(text, lead, last),
        Block::Code { .. } => cut_code(text, lead, last),
        _ => None,
    }
}

/// Before the last block of a quote. Its line carries the quote's marker, as only a paragraph can go on
/// without one.
fn cut_quote(text: &str, blocks: &Parts<Block>, children: &[Child]) -> Option<Cut> {
    let [.., previous, last] = children else { return None };
    let at = first_line_of(text, previous.range.end, last.range.start, is_blank_in_quote);
    let line = text.get(at..)?.trim_start_matches(' ');
    // The parser's offsets shift where a tab stands behind the marker; and a list's end is not to be trusted
    // (see `end_of`).
    let after_list = matches!(blocks.iter().nth(children.len() - 2), Some(Block::List { .. }));
    if !line.starts_with('>')
        || at < previous.range.end
        || after_list && !is_blank_in_quote(line_before(text, at))
    {
        return None;
    }
    let settled: Vec<Block> = blocks.iter().take(children.len() - 1).cloned().collect();
    Some(Cut { settled: Block::Quote(Parts::one(settled)), at, lead: "".into() })
}

/// Before an item that holds a paragraph and is itself followed by an item.
///
/// Whether a list is loose shows only in its paragraphs, and one blank line decides it for all. With such an
/// item at the head of every later piece, each pair of neighbours is seen together and seen to be loose or not.
fn cut_list(text: &str, list: &Block, children: &[Child]) -> Option<Cut> {
    let Block::List { start, loose, items } = list else { return None };
    let (index, item) = children
        .iter()
        .enumerate()
        .take(children.len().checked_sub(1)?)
        .skip(1)
        .rfind(|(_, item)| item.has_paragraph)?;
    let at = line_start(text, item.range.start);
    let settled: Vec<_> = items.iter().take(index).cloned().collect();
    let settled = Block::List { start: *start, loose: *loose, items: Parts::one(settled) };
    Some(Cut { settled, at, lead: "".into() })
}

/// Before the last row, with the table's first two lines as the lead.
fn cut_table(text: &str, lead: &str, table: &Spanned) -> Option<Cut> {
    let Block::Table { columns, head, rows } = &table.block else { return None };
    let [.., last] = table.children.as_slice() else { return None };
    let settled: Vec<_> = rows.iter().take(table.children.len() - 1).cloned().collect();
    if settled.is_empty() {
        return None;
    }
    let lead = lead_of(text, lead, table, 2)?;
    let settled = Block::Table { columns: columns.clone(), head: head.clone(), rows: Parts::one(settled) };
    Some(Cut { settled, at: line_start(text, last.range.start), lead })
}

/// After the last line of a fence that is still open, with the opening line as the lead.
fn cut_code(text: &str, lead: &str, code: &Spanned) -> Option<Cut> {
    let Block::Code { lang, text: content, marks } = &code.block else { return None };
    let reopened = lead_of(text, lead, code, 1)?;
    if !reopened.trim_start_matches(' ').starts_with(['`', '~']) {
        return None; // indented code drops blank lines at its end, so its lines are not final
    }
    let body =
        if lead.is_empty() { text.get(line_start(text, code.range.start) + reopened.len()..)? } else { text };
    let content = content.to_string();
    // Every line of an open fence is a line of code; a closing fence is one that is not.
    if content.is_empty() || lines(body) != lines(&content) {
        return None;
    }
    let settled = Block::Code { lang: lang.clone(), text: CodeText::one(&content), marks: marks.clone() };
    Some(Cut { settled, at: text.len(), lead: reopened })
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

/// The block's first lines: those it was parsed with, or those it begins with.
fn lead_of(text: &str, lead: &str, block: &Spanned, lines: usize) -> Option<Rc<str>> {
    if !lead.is_empty() {
        return Some(lead.into());
    }
    let from = text.get(line_start(text, block.range.start)..)?;
    let end: usize = from.split_inclusive('\n').take(lines).map(str::len).sum();
    from.get(..end).map(Rc::from)
}

/// How many parts a block has.
pub(super) fn parts(block: &Block) -> usize {
    match block {
        Block::Quote(blocks) => blocks.chunks().len(),
        Block::List { items, .. } => items.chunks().len(),
        Block::Table { rows, .. } => rows.chunks().len(),
        // The last lines of a block may be its closing fence alone, which is no text.
        Block::Code { marks, .. } => marks.chunks().len(),
        _ => 0,
    }
}

/// Adds `more` to what is settled of the block; false when they are not of one kind, which leaves it alone.
pub(super) fn join(settled: &mut Block, more: &Block) -> bool {
    match (settled, more) {
        (Block::Quote(blocks), Block::Quote(more)) => blocks.join(more.clone()),
        (Block::List { loose, items, .. }, Block::List { loose: more_loose, items: more, .. }) => {
            *loose |= more_loose;
            items.join(more.clone());
        }
        (Block::Table { rows, .. }, Block::Table { rows: more, .. }) => rows.join(more.clone()),
        (Block::Code { text, marks, .. }, Block::Code { text: more, marks: more_marks, .. }) => {
            text.join(more.clone());
            marks.join(more_marks.clone());
        }
        _ => return false,
    }
    true
}

/// Puts the only part of `with` in the place of one settled part.
pub(super) fn replace(block: &mut Block, part: usize, with: Block) {
    match (block, with) {
        (Block::Quote(blocks), Block::Quote(with)) => blocks.replace(part, with),
        (Block::List { items, .. }, Block::List { items: with, .. }) => items.replace(part, with),
        (Block::Table { head, rows, .. }, Block::Table { head: new_head, rows: with, .. }) => {
            // The head stands in the first part's source; the others have it in their lead.
            if part == 0 {
                *head = new_head;
            }
            rows.replace(part, with);
        }
        (Block::Code { marks, .. }, Block::Code { marks: with, .. }) => marks.replace(part, with),
        _ => {}
    }
}
