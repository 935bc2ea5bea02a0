//! What happens to a run of inline content after the parser: neighbouring texts become one, bare addresses
//! become links, and while the text still grows, syntax that is only half there is not shown raw.

use std::rc::Rc;

use super::link::safe_href;
use super::marks::Marks;
use super::node::{Inline, Inlines, plain_text};

/// What a run of inline content is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Ordinary text.
    Text,
    /// Inside a link or an image, where no other link may be.
    Link,
}

/// Joins texts and links bare addresses.
pub(super) fn polish(content: Vec<Inline>, place: Place) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    let mut run = Run::default();
    for inline in content {
        match inline {
            Inline::Text(text) => run.text.push_str(&text),
            // Neither an address nor a word ends where something is cited.
            Inline::Marks(marks) if place == Place::Text => run.marks.push((run.text.len(), marks)),
            other => {
                run.end(place, &mut out);
                out.push(other);
            }
        }
    }
    run.end(place, &mut out);
    out
}

/// Neighbouring texts; the parser cuts text at every character that might have been syntax.
#[derive(Default)]
struct Run {
    text: String,
    /// By the bytes before them.
    marks: Vec<(usize, Marks)>,
}

impl Run {
    fn end(&mut self, place: Place, out: &mut Vec<Inline>) {
        let text = std::mem::take(&mut self.text);
        let mut whole = Vec::new();
        match place {
            _ if text.is_empty() => {}
            Place::Text => {
                let mut parts = Vec::new();
                autolink(&text.into(), &mut parts);
                for part in parts {
                    match part {
                        Inline::Text(text) => mail(&text, &mut whole),
                        link => whole.push(link),
                    }
                }
            }
            Place::Link => whole.push(Inline::Text(text.into())),
        }
        let mut marks = self.marks.drain(..).peekable();
        let mut start = 0;
        for inline in whole {
            let length = plain_text(std::slice::from_ref(&inline)).len();
            let end = start + length;
            while let Some((_, here)) = marks.next_if(|(at, _)| *at <= start) {
                out.push(Inline::Marks(here));
            }
            let mut from = start;
            if let Inline::Text(text) = &inline {
                while let Some((at, here)) = marks.next_if(|(at, _)| *at < end) {
                    out.extend(
                        text.get(from - start..at - start)
                            .filter(|t| !t.is_empty())
                            .map(|t| Inline::Text(t.into())),
                    );
                    out.push(Inline::Marks(here));
                    from = at;
                }
            }
            match &inline {
                Inline::Text(text) if from > start => {
                    out.extend(text.get(from - start..).map(|t| Inline::Text(t.into())));
                }
                _ => out.push(inline),
            }
            while let Some((_, here)) = marks.next_if(|(at, _)| *at <= end) {
                out.push(Inline::Marks(here));
            }
            start = end;
        }
        out.extend(marks.map(|(_, here)| Inline::Marks(here)));
    }
}

/// GFM's extended autolinks for `http://`, `https://` and `www.`.
fn autolink(text: &Rc<str>, out: &mut Vec<Inline>) {
    let mut rest: &str = text;
    let mut shown = 0; // bytes of `text` already in `out`
    let mut at = 0;
    while let Some(found) = find_start(rest) {
        let start = at + found;
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let candidate = text.get(start..).unwrap_or_default();
        let len = if may_precede(before) { address_len(candidate) } else { 0 };
        let address = candidate.get(..len).unwrap_or_default();
        let href = if address.starts_with("www.") {
            safe_href(&format!("http://{address}"))
        } else {
            safe_href(address)
        };
        match href {
            Some(href) if len > 0 => {
                if let Some(plain) = text.get(shown..start).filter(|p| !p.is_empty()) {
                    out.push(Inline::Text(plain.into()));
                }
                let content: Inlines = [Inline::Text(address.into())].into();
                out.push(Inline::Link { href, title: "".into(), content });
                shown = start + len;
                at = shown;
            }
            // All three beginnings are longer than three ASCII bytes: this lands on a character boundary.
            _ => at = start + 3,
        }
        rest = text.get(at..).unwrap_or_default();
    }
    if shown == 0 {
        out.push(Inline::Text(text.clone()));
    } else if let Some(plain) = text.get(shown..).filter(|p| !p.is_empty()) {
        out.push(Inline::Text(plain.into()));
    }
}

/// GFM's extended autolinks for e-mail addresses.
fn mail(text: &Rc<str>, out: &mut Vec<Inline>) {
    let mut shown = 0;
    for (at, _) in text.match_indices('@').filter(|(at, _)| *at > 0) {
        let before = text.get(shown..at).unwrap_or_default();
        let local = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c)).len();
        let after = text.get(at + 1..).unwrap_or_default();
        let end =
            after.find(|c: char| !c.is_ascii_alphanumeric() && !".-_".contains(c)).unwrap_or(after.len());
        let domain = after.get(..end).unwrap_or_default().trim_end_matches('.');
        let is_domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with(['-', '_']);
        let (begin, end) = (shown + local, at + 1 + domain.len());
        let Some(address) = text.get(begin..end).filter(|_| is_domain && begin < at) else { continue };
        let Some(href) = safe_href(&format!("mailto:{address}")) else { continue };
        out.extend(
            text.get(shown..begin).filter(|plain| !plain.is_empty()).map(|plain| Inline::Text(plain.into())),
        );
        out.push(Inline::Link { href, title: "".into(), content: [Inline::Text(address.into())].into() });
        shown = end;
    }
    match text.get(shown..) {
        Some(_) if shown == 0 => out.push(Inline::Text(text.clone())),
        Some(rest) if !rest.is_empty() => out.push(Inline::Text(rest.into())),
        _ => {}
    }
}

fn find_start(text: &str) -> Option<usize> {
    // One pass each; a text without addresses is the common case.
    ["http://", "https://", "www."].iter().filter_map(|start| text.find(start)).min()
}

fn may_precede(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('))
}

/// Length of the address at the beginning of `text`, 0 when there is none.
fn address_len(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let mut address = text.get(..end).unwrap_or_default();
    loop {
        address = without_entity(address);
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', ';']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(shorter) if trimmed.matches(')').count() > trimmed.matches('(').count() => shorter,
            _ => trimmed,
        };
        if trimmed.len() == address.len() {
            break;
        }
        address = trimmed;
    }
    let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
    let domain = after_scheme.split(['/', '?', '#', ':']).next().unwrap_or_default();
    if is_domain(domain) { address.len() } else { 0 }
}

/// What looks like an entity at the end (`&hl;`) belongs to the sentence.
fn without_entity(address: &str) -> &str {
    let named = address.strip_suffix(';').and_then(|rest| rest.rsplit_once('&'));
    match named {
        Some((before, name)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()) => before,
        _ => address,
    }
}

/// Segments of letters, digits, `-` and `_`, at least two, no `_` in the last two.
fn is_domain(domain: &str) -> bool {
    let segments: Vec<&str> = domain.split('.').collect();
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    segments.len() >= 2
        && segments.iter().all(|s| !s.is_empty() && s.chars().all(plain))
        && !segments.iter().rev().take(2).any(|s| s.contains('_'))
}

/// The end of a text that still grows, without the marks of syntax that is not complete yet.
///
/// - `[text](htt` shows `text`; `![alt](htt` shows `alt`
/// - `**bo` shows **bo**, and so do `~~`, `` ` `` and `*`; a mark with nothing after it is not shown
///
/// Only the last run of text is looked at. The guess lives until the next parse; nothing of it is settled.
pub(super) fn mend(content: Vec<Inline>) -> Vec<Inline> {
    let mut content = polish(content, Place::Link);
    // What is cited at the very end does not finish a word.
    let at_end =
        content.iter().rposition(|inline| !matches!(inline, Inline::Marks(_))).map_or(0, |last| last + 1);
    let marks = content.split_off(at_end);
    content = mended(content);
    content.extend(marks);
    content
}

fn mended(mut content: Vec<Inline>) -> Vec<Inline> {
    let Some(Inline::Text(last)) = content.last().cloned() else { return content };
    if let Some(at) = last.rfind("](") {
        let inside = last.get(at + 2..).unwrap_or_default();
        if !inside.contains([')', ' ', '\n']) && drop_bracket(&mut content, at) {
            return content;
        }
    }
    type Wrap = fn(Rc<str>) -> Inline;
    let marks: [(&str, Wrap); 4] = [
        ("**", |t| Inline::Strong([Inline::Text(t)].into())),
        ("~~", |t| Inline::Strike([Inline::Text(t)].into())),
        ("`", Inline::Code),
        ("*", |t| Inline::Emph([Inline::Text(t)].into())),
    ];
    for (mark, wrap) in marks {
        let Some((before, after)) = last.rsplit_once(mark) else { continue };
        let opens = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_whitespace);
        if !opens || before.ends_with('\\') {
            continue;
        }
        content.pop();
        if !before.is_empty() {
            content.push(Inline::Text(before.into()));
        }
        if !after.is_empty() {
            content.push(wrap(after.into()));
        }
        break;
    }
    content
}

/// Removes `](…` at `close` of the last text, and the `[` or `![` that belongs to it.
fn drop_bracket(content: &mut Vec<Inline>, close: usize) -> bool {
    let Some(Inline::Text(last)) = content.last().cloned() else { return false };
    let kept = last.get(..close).unwrap_or_default();
    let without = |text: &str, open: usize| -> Inline {
        let (before, after) = text.split_at(open);
        let before = before.strip_suffix('!').unwrap_or(before);
        Inline::Text(format!("{before}{}", after.get(1..).unwrap_or_default()).into())
    };
    if let Some(open) = kept.rfind('[') {
        let text = without(kept, open);
        content.pop();
        content.push(text);
        return true;
    }
    // The link's text holds markup, so its bracket stands in an earlier text.
    let opened =
        content.iter().rev().skip(1).position(|inline| matches!(inline, Inline::Text(t) if t.contains('[')));
    let Some(index) = opened.map(|back| content.len() - 2 - back) else { return false };
    if let Some(Inline::Text(text)) = content.get(index).cloned()
        && let Some(open) = text.rfind('[')
    {
        let text = without(&text, open);
        content.pop();
        content.push(Inline::Text(kept.into()));
        if let Some(slot) = content.get_mut(index) {
            *slot = text;
        }
        return true;
    }
    false
}
