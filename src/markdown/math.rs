//! Mathematics as models write it: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`.
//!
//! The parser knows the first two. The others, and the many `$` that are prices, are **masked** before it sees the text:
//! characters are replaced by others of the same length, so that every offset stays what it was, and what the parser
//! reports is taken from the text as it is **written** ([`Source`]).
//!
//! - `\(…\)` and `\[…\]` become `$$…$$`. Which signs a formula had is read off the written text afterwards.
//! - A `$` is mathematics when it hugs what it encloses and nothing that is a word or a number hugs it from outside, on
//!   one line: `$x$`, but not `$5 and $10`, `US$5–$10` or `**$5** to **$10**`. Every other lone one is masked.
//! - A **block** begins with a line that opens with `$$` or `\[` and does not close it, and ends at the line that does,
//!   before any blank line. Its lines are no lists or headings, whatever they begin with. Until its end has come nobody
//!   can tell that it is one, so nothing of it settles ([`decided`]).

use std::borrow::Cow;
use std::ops::Range;

use super::parse::Reading;

/// Stands for a `$` that is no mathematics: punctuation like it, so that `**` beside it means the same, and without a
/// meaning of its own.
const PRICE: u8 = b'%';
/// Stands at the beginning of a block's line for what would begin another block there.
const PLAIN: u8 = b'x';

/// The text as the parser is to see it, byte for byte as long.
pub(super) fn masked(text: &str, reading: Reading) -> Cow<'_, str> {
    if !text.contains('$') && !text.contains("\\(") && !text.contains("\\[") {
        return Cow::Borrowed(text);
    }
    let mut mask = Mask { text, out: text.as_bytes().to_vec(), unclosed: [0; 2] };
    let mut at = 0;
    for line in Lines(text, 0) {
        if line.start < at {
            continue;
        }
        match block(text, &line) {
            Some(Block::Closed { close, end }) => {
                mask.block(line.start..close);
                mask.line(close + 2..end);
                at = end;
            }
            Some(Block::Open) if reading == Reading::Preview => {
                mask.block(line.start..text.len());
                break;
            }
            Some(Block::Open) | None => mask.line(line),
        }
    }
    match String::from_utf8(mask.out) {
        Ok(masked) if masked != text => Cow::Owned(masked),
        // Only ASCII was put in place of ASCII: there is no error.
        _ => Cow::Borrowed(text),
    }
}

/// Up to where it is certain what the lines of a growing text are: before a block of mathematics that is still open.
pub(super) fn decided(text: &str) -> usize {
    if !text.contains("$$") && !text.contains("\\[") {
        return text.len();
    }
    let mut at = 0;
    for line in Lines(text, 0) {
        match (line.start >= at).then(|| block(text, &line)).flatten() {
            Some(Block::Closed { end, .. }) => at = end,
            Some(Block::Open) => return line.start,
            None => {}
        }
    }
    text.len()
}

struct Lines<'a>(&'a str, usize);

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.1;
        let rest = self.0.get(start..).filter(|rest| !rest.is_empty())?;
        self.1 += rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        Some(start..self.1)
    }
}

enum Block {
    /// Where it is closed, and where the line ends on which it is.
    Closed { close: usize, end: usize },
    /// The text ends before one can tell.
    Open,
}

/// What begins on this line, if it is a block of mathematics.
fn block(text: &str, line: &Range<usize>) -> Option<Block> {
    let first = text.get(line.clone())?;
    let indented = first.len() - first.trim_start_matches(' ').len();
    let first = first.get(indented..).filter(|_| indented < 4)?; // else it is code
    let (open, close, rest) = match first.strip_prefix("$$") {
        Some(rest) => ("$$", "$$", rest),
        None => ("\\[", "\\]", first.strip_prefix("\\[")?),
    };
    if rest.contains(close) || rest.contains(['`', '$', '<', '>']) {
        return None;
    }
    for line in Lines(text, line.end) {
        let content = text.get(line.clone())?;
        let trimmed = content.trim();
        // A blank line ends every paragraph, and the lines of a fence are code. Where an item or raw HTML may end on the
        // way, this is none of a paragraph's lines, and what comes behind is a block of its own.
        let is_fence = ["```", "~~~"].iter().any(|fence| trimmed.starts_with(fence));
        let leaves = content.len() - content.trim_start_matches(' ').len() < indented;
        let ends_html = ["-->", "?>", "]]>", "</"].iter().any(|end| content.contains(end));
        if trimmed.is_empty() || is_fence || leaves || ends_html {
            return None;
        }
        if let Some(close) = content.find(close) {
            return Some(Block::Closed { close: line.start + close, end: line.end });
        }
        if content.contains(open) {
            return None; // formulas do not nest
        }
    }
    Some(Block::Open)
}

struct Mask<'a> {
    text: &'a str,
    out: Vec<u8>,
    /// Up to here nothing closes a `\(`, or a `\[`: a line of ten thousand of them is looked through once.
    unclosed: [usize; 2],
}

impl Mask<'_> {
    fn put(&mut self, at: usize, byte: u8) {
        if let Some(slot) = self.out.get_mut(at) {
            *slot = byte;
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn put_display(&mut self, at: usize) {
        self.put(at, b'$');
        self.put(at + 1, b'$');
    }

    /// A block from the beginning of its first line up to what closes it.
    fn block(&mut self, range: Range<usize>) {
        let text = self.text;
        let Some(inside) = text.get(range.clone()) else { return };
        let open = range.start + inside.len() - inside.trim_start_matches(' ').len();
        self.put_display(open);
        if range.end < text.len() {
            self.put_display(range.end);
        }
        for line in Lines(inside, 0).skip(1) {
            let Some(content) = inside.get(line.clone()) else { continue };
            let begin = line.end - content.trim_start().len();
            let numbers = content.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            let first = content.trim_start().chars().next();
            let is_marker = first.is_some_and(|c| c.is_ascii_punctuation() && c != '\\')
                || numbers.starts_with(['.', ')']) && begin + numbers.len() < line.end;
            if is_marker {
                self.put(range.start + begin, PLAIN);
            }
        }
        for (at, _) in inside.match_indices('$').filter(|(at, _)| range.start + at > open + 1) {
            self.put(range.start + at, PRICE);
        }
    }

    fn line(&mut self, line: Range<usize>) {
        let text = self.text;
        let Some(content) = text.get(line.clone()) else { return };
        // An address keeps its characters: nothing would put them back where it is used.
        let trimmed = content.trim_start();
        if trimmed.starts_with('[') && !trimmed.starts_with("[^") && content.contains("]:") {
            return;
        }
        let mut at = line.start;
        while at < line.end {
            at = match self.byte(at) {
                Some(b'\\') => self.escape(at, line.end),
                Some(b'$') => self.dollar(at, line.end),
                Some(b'`') => code_end(text, at, line.end),
                _ => at + 1,
            };
        }
    }

    /// At a backslash. Returns where to go on.
    fn escape(&mut self, at: usize, end: usize) -> usize {
        let (close, unclosed) = match self.byte(at + 1) {
            Some(b'(') => ("\\)", &mut self.unclosed[0]),
            Some(b'[') => ("\\]", &mut self.unclosed[1]),
            _ => return at + 2,
        };
        if at < *unclosed {
            return at + 2;
        }
        let rest = self.text.get(at + 2..end).unwrap_or_default();
        let Some(length) = unescaped(rest, close) else {
            *unclosed = end;
            return at + 2;
        };
        let inside = rest.get(..length).unwrap_or_default();
        let close = at + 2 + length;
        let says_nothing = !inside.contains(char::is_alphanumeric);
        if says_nothing || self.is_bracketed(at, inside, close) || in_address(self.text, at) {
            return at + 2;
        }
        self.put_display(at);
        self.put_display(close);
        for (dollar, _) in inside.match_indices('$') {
            self.put(at + 2 + dollar, PRICE);
        }
        close + 2
    }

    /// Brackets that are meant to be seen: `\[1, 2\]`, `[\[a\]](/b)`, `\[a](/b) c\]`.
    fn is_bracketed(&self, open: usize, inside: &str, close: usize) -> bool {
        let number = |c: char| c.is_ascii_digit() || " ,-–".contains(c);
        let in_link = open > 0 && self.byte(open - 1) == Some(b'[') && self.byte(close + 2) == Some(b']');
        self.byte(open + 1) == Some(b'[') && (in_link || inside.chars().all(number)) || inside.contains("](")
    }

    /// At a `$`. Returns where to go on.
    fn dollar(&mut self, at: usize, end: usize) -> usize {
        let rest = self.text.get(at..end).unwrap_or_default();
        let run = rest.len() - rest.trim_start_matches('$').len();
        if run > 1 {
            // What `$$` encloses on this line is mathematics whatever it looks like.
            let inside = rest.get(run..).unwrap_or_default();
            return match unescaped(inside, "$$").filter(|_| run == 2) {
                Some(length) => at + run + length + 2,
                None => at + run,
            };
        }
        if in_address(self.text, at) {
            return at + 1;
        }
        match self.formula_end(at, end) {
            Some(close) => close + 1,
            None => {
                self.put(at, PRICE);
                at + 1
            }
        }
    }

    /// Where the `$` is that closes the one at `at`.
    fn formula_end(&self, at: usize, end: usize) -> Option<usize> {
        let before = self.text.get(..at)?.chars().next_back();
        let inside = self.text.get(at + 1..end)?;
        let length = unescaped(inside, "$")?;
        let (inside, after) = inside.split_at_checked(length)?;
        let after = after.get(1..)?.chars().next();
        let hugs = !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '$');
        let is_formula = !inside.is_empty() && hugs && apart(before) && apart(after) && !is_prose(inside);
        is_formula.then_some(at + 1 + length)
    }
}

/// A sum of money and words after it: `5 to 10 euros, or 4 US`.
fn is_prose(inside: &str) -> bool {
    let word = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
    inside.starts_with(|c: char| c.is_ascii_digit()) && inside.split_ascii_whitespace().any(word)
}

/// Whether a place is in the address of a link, or in a bare one.
fn in_address(text: &str, at: usize) -> bool {
    const LONGEST: usize = 256;
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let length = before.iter().rev().take(LONGEST).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let word = text.get(at - length..at).unwrap_or_default();
    word.contains("](") || word.contains("://") || word.contains("www.") || word.starts_with('<')
}

/// Where `what` stands first with no backslash that belongs to it in front.
fn unescaped(text: &str, what: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(what) {
            return Some(at);
        }
        let mut chars = rest.chars();
        at += match chars.next()? {
            '\\' => 1 + chars.next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
    }
}

/// Behind the code that a run of backticks at `at` opens on this line; behind the run when it opens none.
fn code_end(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    let run = rest.len() - rest.trim_start_matches('`').len();
    let mut from = run;
    while let Some(found) = rest.get(from..).and_then(|rest| rest.find('`')) {
        let close = from + found;
        let length = rest.get(close..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len());
        from = close + length;
        if length == run {
            return at + from;
        }
    }
    at + run
}

/// A text as it was written and as the parser saw it, byte for byte as long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) written: &'a str,
    pub(super) parsed: &'a str,
}

impl<'a> Source<'a> {
    pub(super) fn parsed_at(&self, range: &Range<usize>) -> &'a str {
        self.parsed.get(range.clone()).unwrap_or_default()
    }

    /// What was written there, where it was masked.
    fn masked_at(&self, range: &Range<usize>) -> Option<&'a str> {
        let written = self.written.get(range.clone())?;
        (!std::ptr::eq(self.written, self.parsed) && written != self.parsed_at(range)).then_some(written)
    }

    /// Text of the parser, from there, as it was written.
    pub(super) fn verbatim<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str>
    where
        'a: 't,
    {
        match self.masked_at(range) {
            Some(written) if self.parsed_at(range) == text => Cow::Borrowed(written),
            _ => Cow::Borrowed(text),
        }
    }

    /// The same outside code: of an escaped bracket the backslash is not shown.
    pub(super) fn text<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str>
    where
        'a: 't,
    {
        let parsed = self.parsed_at(range);
        match self.masked_at(range).filter(|_| parsed == text) {
            Some(written) => {
                let kept = written
                    .char_indices()
                    .filter(|(at, c)| *c != '\\' || parsed.as_bytes().get(*at) != Some(&b'$'));
                Cow::Owned(kept.map(|(_, c)| c).collect())
            }
            None => Cow::Borrowed(text),
        }
    }

    /// Code, of which the parser leaves out the signs around it and what begins its lines.
    pub(super) fn inside<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
        let Some(written) = self.masked_at(range) else { return Cow::Borrowed(text) };
        let signs = |c: char| c == '`';
        let parsed = self.parsed_at(range);
        let skip = parsed.len() - parsed.trim_start_matches(signs).len();
        Cow::Owned(aligned(text, parsed, written, skip))
    }

    /// A formula's TeX, and whether it is to stand on a line of its own; `None` when its signs do not belong together.
    pub(super) fn formula<'t>(&self, tex: &'t str, range: &Range<usize>) -> Option<(Cow<'t, str>, bool)> {
        let written = self.written.get(range.clone())?;
        let signs = [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)];
        let (open, _, display) = signs.into_iter().find(|(open, close, _)| {
            written.len() > open.len() + close.len() && written.starts_with(open) && written.ends_with(close)
        })?;
        let tex = match self.masked_at(range) {
            Some(written) => Cow::Owned(aligned(tex, self.parsed_at(range), written, open.len())),
            None => Cow::Borrowed(tex),
        };
        (!tex.trim().is_empty()).then_some((tex, display))
    }

    /// An address or a title that stands somewhere in there.
    pub(super) fn part<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str>
    where
        'a: 't,
    {
        let found = self.masked_at(range).and_then(|written| {
            let at = self.parsed_at(range).rfind(text)?;
            written.get(at..at + text.len())
        });
        Cow::Borrowed(found.unwrap_or(text))
    }
}

/// `text`, which is `parsed` from `skip` on without some of its characters and with spaces for line ends, in the
/// characters of `written`.
fn aligned(text: &str, parsed: &str, written: &str, skip: usize) -> String {
    let mut pairs = parsed.char_indices().zip(written.chars()).skip_while(|((at, _), _)| *at < skip);
    let alike = |a: char, b: char| a == b || a == ' ' && b == '\n';
    let one = |c: char| {
        let found = pairs.by_ref().find(|((_, parsed), _)| alike(c, *parsed));
        found.map_or(c, |((_, parsed), written)| if parsed == written { c } else { written })
    };
    text.chars().map(one).collect()
}
