//! The typed blocks say what pulldown-cmark says about the whole text, checked without our own builder.

use chatkit_widget::markdown::{Block, Document, Inline, Item, options};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::fixtures;

/// Tags and texts as the parser reports them. Paragraph tags are left out: a tight list has none.
fn reported(text: &str) -> String {
    let mut out = String::new();
    let mut images: Vec<String> = Vec::new();
    for event in Parser::new_ext(text, options()) {
        let mut say = |s: &str| out.push_str(s);
        match event {
            Event::Start(Tag::Image { .. }) => images.push(String::new()),
            Event::End(TagEnd::Image) => {
                let alt = images.pop().unwrap();
                match images.last_mut() {
                    Some(outer) => outer.push_str(&alt),
                    None => say(&format!("<img {alt}>")),
                }
            }
            Event::Text(t) | Event::Code(t) | Event::InlineHtml(t) if !images.is_empty() => {
                images.last_mut().unwrap().push_str(&t);
            }
            Event::SoftBreak | Event::HardBreak if !images.is_empty() => images.last_mut().unwrap().push(' '),
            Event::FootnoteReference(l) if !images.is_empty() => {
                images.last_mut().unwrap().push_str(&format!("[{l}]"));
            }
            _ if !images.is_empty() => {}
            Event::Start(Tag::Heading { level, .. }) => say(&format!("<h{}>", level as u8)),
            Event::Start(Tag::BlockQuote(_)) => say("<quote>"),
            Event::Start(Tag::CodeBlock(_)) => say("<pre>"),
            Event::Start(Tag::HtmlBlock) => say("<html>"),
            Event::Start(Tag::List(start)) => say(&format!("<list {start:?}>")),
            Event::Start(Tag::Item) => say("<item>"),
            Event::Start(Tag::Table(_)) => say("<table>"),
            Event::Start(Tag::TableRow) => say("<row>"),
            Event::Start(Tag::TableCell) => say("<cell>"),
            Event::Start(Tag::FootnoteDefinition(label)) => say(&format!("<note {label}>")),
            Event::Start(Tag::Emphasis) => say("<em>"),
            Event::Start(Tag::Strong) => say("<strong>"),
            Event::Start(Tag::Strikethrough) => say("<del>"),
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::Table
                | TagEnd::FootnoteDefinition
                | TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough,
            ) => say("</>"),
            Event::Text(t) | Event::Html(t) | Event::InlineHtml(t) => say(&t),
            Event::Code(t) => say(&format!("<code {t}>")),
            Event::FootnoteReference(label) => say(&format!("<ref {label}>")),
            Event::SoftBreak => say("<soft>"),
            Event::HardBreak => say("<br>"),
            Event::Rule => say("<hr>"),
            Event::InlineMath(tex) => say(&format!("<math false {tex}>")),
            Event::DisplayMath(tex) => say(&format!("<math true {tex}>")),
            Event::TaskListMarker(done) => say(&format!("<task {done}>")),
            _ => {}
        }
    }
    out
}

fn typed<'a>(blocks: impl IntoIterator<Item = &'a Block>, out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(content) => inlines(content.iter(), out),
            Block::Heading { level, content } => {
                out.push_str(&format!("<h{level}>"));
                inlines(content.iter(), out);
                out.push_str("</>");
            }
            Block::Code { text, .. } => out.push_str(&format!("<pre>{text}</>")),
            Block::Quote(blocks) => {
                out.push_str("<quote>");
                typed(blocks.iter(), out);
                out.push_str("</>");
            }
            Block::List { start, items, .. } => {
                out.push_str(&format!("<list {start:?}>"));
                for Item { task, blocks } in items.iter() {
                    out.push_str("<item>");
                    if let Some(task) = task {
                        out.push_str(&format!("<task {}>", *task == chatkit_widget::markdown::Task::Done));
                    }
                    typed(blocks.iter(), out);
                    out.push_str("</>");
                }
                out.push_str("</>");
            }
            Block::Table { head, rows, .. } => {
                out.push_str("<table>");
                head.iter().for_each(|cell| cells(cell, out));
                for row in rows.iter() {
                    out.push_str("<row>");
                    row.iter().for_each(|cell| cells(cell, out));
                }
                out.push_str("</>");
            }
            Block::Rule => out.push_str("<hr>"),
            Block::Html(html) => out.push_str(&format!("<html>{html}</>")),
            Block::Footnote { label, content } => {
                out.push_str(&format!("<note {label}>"));
                typed(content.iter(), out);
                out.push_str("</>");
            }
        }
    }
}

fn cells(cell: &[Inline], out: &mut String) {
    out.push_str("<cell>");
    inlines(cell, out);
}

fn inlines<'a>(content: impl IntoIterator<Item = &'a Inline>, out: &mut String) {
    let wrapped = |tag: &str, content: &[Inline], out: &mut String| {
        out.push_str(tag);
        inlines(content, out);
        out.push_str("</>");
    };
    for inline in content {
        match inline {
            Inline::Text(t) | Inline::Html(t) => out.push_str(t),
            Inline::Code(t) => out.push_str(&format!("<code {t}>")),
            Inline::Emph(c) => wrapped("<em>", c, out),
            Inline::Strong(c) => wrapped("<strong>", c, out),
            Inline::Strike(c) => wrapped("<del>", c, out),
            Inline::Link { content, .. } => inlines(content.iter(), out),
            Inline::Image { alt, .. } => out.push_str(&format!("<img {alt}>")),
            Inline::SoftBreak => out.push_str("<soft>"),
            Inline::HardBreak => out.push_str("<br>"),
            Inline::FootnoteRef(label) => out.push_str(&format!("<ref {label}>")),
            Inline::Math { source, display } => out.push_str(&format!("<math {display} {source}>")),
            Inline::Marks(marks) => {
                marks.iter().for_each(|mark| out.push_str(&format!("<mark {}>", mark.number)))
            }
        }
    }
}

#[test]
fn the_whole_text_reads_as_the_parser_reports_it() {
    let long = fixtures::LONG.iter().map(|kind| (*kind, fixtures::long(kind)));
    let all = fixtures::ALL.iter().map(|(name, text)| (*name, (*text).to_owned())).chain(long);
    for (name, text) in all {
        let mut document = Document::new();
        document.append(&text);
        document.finish();
        let mut got = String::new();
        typed(document.entries().map(|entry| &*entry.block), &mut got);
        assert_eq!(got, reported(&text), "{name}");
    }
}

#[test]
fn a_line_of_ten_thousand_markers_does_not_end_the_page() {
    for text in
        [">".repeat(10_000) + " a", "*a _b ".repeat(10_000), "- ".repeat(5_000), "![".repeat(10_000) + "a"]
    {
        let mut document = Document::parse(&text);
        assert!(!document.is_empty());
        document.append(&text);
        document.finish();
        assert_eq!(document.clone(), document);
    }
}
