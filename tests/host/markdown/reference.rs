//! Every example of CommonMark and of GitHub's extensions has the structure of the reference's HTML.
//!
//! Left out is what is decided otherwise here: raw HTML is text, addresses that could run or hide something are no links,
//! bare addresses become links in all of them, and a footnote stands where it is written. Attributes are looked at where
//! they are structure: a list's first number, an image's description.

use std::path::Path;

use chatkit_widget::markdown::link::safe_href;
use chatkit_widget::markdown::{Block, Document, Inline, Item, Task};

fn fixture<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Tags and texts. White space counts inside `pre`, elsewhere a run of it is one space.
#[derive(Default)]
struct Shape {
    parts: Vec<String>,
    text: String,
    in_pre: bool,
    has_html: bool,
}

const BLOCKS: [&str; 21] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "hr",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "section",
];

impl Shape {
    fn tag(&mut self, tag: &str) {
        self.end_text(tag);
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        if name == "pre" {
            self.in_pre = !tag.starts_with('/');
        }
        self.parts.push(format!("<{tag}>"));
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn end_text(&mut self, tag: &str) {
        let text = std::mem::take(&mut self.text);
        if self.in_pre {
            return self.parts.extend((!text.is_empty()).then_some(text));
        }
        let is_block =
            |tag: &str| BLOCKS.contains(&tag.trim_matches(['<', '>', '/']).split(' ').next().unwrap());
        let mut text = text.split_inclusive(char::is_whitespace).collect::<String>();
        while let Some(at) = text.find("  ").or_else(|| text.find('\n')) {
            let end = text[at..].find(|c: char| c != ' ' && c != '\n').map_or(text.len(), |more| at + more);
            text.replace_range(at..end, " ");
        }
        let begins = self.parts.last().is_none_or(|last| last.starts_with('<') && is_block(last));
        let text = if begins { text.trim_start_matches(' ') } else { &text };
        let text = if is_block(tag) || tag.is_empty() { text.trim_end_matches(' ') } else { text };
        if !text.is_empty() {
            self.parts.push(text.to_owned());
        }
    }

    fn done(mut self) -> Vec<String> {
        self.end_text("");
        self.parts
    }

    fn within(&mut self, tag: &str, then: impl FnOnce(&mut Self)) {
        self.tag(tag);
        then(self);
        self.tag(&format!("/{}", tag.split(' ').next().unwrap()));
    }

    fn blocks<'a>(&mut self, blocks: impl IntoIterator<Item = &'a Block>, tight: bool) {
        for block in blocks {
            match block {
                Block::Paragraph(content) if tight => {
                    self.text("\n");
                    self.inlines(content.iter());
                    self.text("\n");
                }
                Block::Paragraph(content) => self.within("p", |shape| shape.inlines(content.iter())),
                Block::Heading { level, content } => {
                    self.within(&format!("h{level}"), |shape| shape.inlines(content.iter()));
                }
                Block::Code { text, .. } => self.within("pre", |shape| {
                    shape.within("code", |shape| shape.text(&text.to_string()));
                }),
                Block::Quote(inner) => self.within("blockquote", |shape| shape.blocks(inner.iter(), false)),
                Block::List { start, loose, items } => {
                    let tag = match start {
                        None => "ul".to_owned(),
                        Some(1) => "ol".to_owned(),
                        Some(start) => format!("ol start={start}"),
                    };
                    self.within(&tag, |shape| items.iter().for_each(|item| shape.item(item, !loose)));
                }
                Block::Table { head, rows, .. } => self.within("table", |shape| {
                    shape.within("thead", |shape| {
                        shape.within("tr", |shape| {
                            head.iter()
                                .for_each(|cell| shape.within("th", |shape| shape.inlines(cell.iter())));
                        });
                    });
                    if rows.iter().next().is_none() {
                        return;
                    }
                    shape.within("tbody", |shape| {
                        for row in rows.iter() {
                            shape.within("tr", |shape| {
                                row.iter()
                                    .for_each(|cell| shape.within("td", |shape| shape.inlines(cell.iter())));
                            });
                        }
                    });
                }),
                Block::Rule => self.tag("hr"),
                Block::Html(_) => self.has_html = true,
                Block::Footnote { label, content } => {
                    self.within(&format!("note {label}"), |shape| shape.blocks(content.iter(), false));
                }
            }
        }
    }

    fn item(&mut self, item: &Item, tight: bool) {
        self.within("li", |shape| {
            match item.task {
                Some(Task::Done) => shape.tag("input checked"),
                Some(Task::Open) => shape.tag("input"),
                None => {}
            }
            shape.blocks(item.blocks.iter(), tight);
        });
    }

    fn inlines<'a>(&mut self, content: impl IntoIterator<Item = &'a Inline>) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(text) => self.within("code", |shape| shape.text(text)),
                Inline::Emph(content) => self.within("em", |shape| shape.inlines(content.iter())),
                Inline::Strong(content) => self.within("strong", |shape| shape.inlines(content.iter())),
                Inline::Strike(content) => self.within("del", |shape| shape.inlines(content.iter())),
                Inline::Link { content, .. } => self.within("a", |shape| shape.inlines(content.iter())),
                Inline::Image { alt, .. } => self.tag(&format!("img {alt}")),
                Inline::SoftBreak => self.text("\n"),
                Inline::HardBreak => self.tag("br"),
                Inline::Html(_) => self.has_html = true,
                Inline::FootnoteRef(label) => self.tag(&format!("ref {label}")),
                Inline::Math { source, .. } => self.text(&format!("a formula: {source}")),
                Inline::Marks(_) => {}
            }
        }
    }
}

/// What we make of a text; `None` where there is raw HTML in it.
fn ours(markdown: &str) -> Option<Vec<String>> {
    let document = Document::parse(markdown);
    let mut shape = Shape::default();
    shape.blocks(document.entries().map(|entry| &*entry.block), false);
    (!shape.has_html).then(|| shape.done())
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(unescaped)
}

/// What the reference makes of it, from its HTML.
fn reference(html: &str) -> Vec<String> {
    let mut shape = Shape::default();
    // For each open link whether we would show it.
    let mut links = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        shape.text(&unescaped(text));
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        let name = tag.trim_end_matches('/').split([' ', '\n']).next().unwrap();
        match name {
            "a" => {
                let shown = safe_href(&attribute(tag, "href").unwrap().replace("%5C", "\\")).is_some();
                links.push(shown);
                if shown {
                    shape.tag("a");
                }
            }
            "/a" => {
                if links.pop().unwrap() {
                    shape.tag("/a");
                }
            }
            "img" => shape.tag(&format!("img {}", attribute(tag, "alt").unwrap())),
            "input" => shape.tag(if tag.contains("checked") { "input checked" } else { "input" }),
            "ol" => match attribute(tag, "start") {
                Some(start) => shape.tag(&format!("ol start={start}")),
                None => shape.tag("ol"),
            },
            name => shape.tag(name),
        }
    }
    shape.text(&unescaped(rest));
    shape.done()
}

/// CommonMark leaves bare addresses as text.
const DECIDED_OTHERWISE: &[usize] = &[606, 608, 611, 612];

#[test]
fn every_commonmark_example_has_the_structure_of_the_reference() {
    let examples: Vec<(String, String)> = fixture("commonmark/examples.json");
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    let mut with_html = 0;
    for (number, (markdown, html)) in (1..).zip(&examples) {
        match ours(markdown) {
            None => with_html += 1,
            Some(shape) if shape != reference(html) && !DECIDED_OTHERWISE.contains(&number) => {
                wrong.push(format!(
                    "{number}: {markdown:?}\n  ours {shape:?}\n  reference {:?}",
                    reference(html)
                ));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}\n{} differ", wrong.join("\n"), wrong.len());
    assert!(with_html < 80, "{with_html} hold raw HTML");
}

#[test]
fn every_example_of_githubs_extensions_has_the_structure_of_the_reference() {
    let examples: Vec<(String, String, String)> = fixture("gfm/examples.json");
    for (extension, markdown, html) in &examples {
        if extension == "footnotes" {
            footnotes(markdown, html);
            continue;
        }
        let Some(shape) = ours(markdown) else {
            assert_eq!(extension, "tagfilter", "{markdown:?}");
            continue;
        };
        assert_eq!(shape, reference(html), "{extension}: {markdown:?}");
    }
}

/// GitHub numbers notes and lists those that are referred to at the end, in that order; here they keep their labels and
/// their places. So each note is looked for by its label.
fn footnotes(markdown: &str, html: &str) {
    let Some(ours) = ours(markdown) else { return };
    let (text, notes) = html.split_once("<section").unwrap();
    let references = ours.iter().filter(|part| part.starts_with("<ref ")).count();
    assert_eq!(references, text.matches("id=\"fnref-").count(), "{markdown:?}");
    for note in notes.split("<li id=\"fn-").skip(1) {
        let (label, content) = note.split_once("\">").unwrap();
        let label = label.replace("%22", "\"").replace("%3E", ">").replace("%3C", "<");
        let (content, _) = content.split_once("</li>").unwrap();
        let (content, _) =
            content.split_once(" <a href=").or_else(|| content.split_once("<a href=")).unwrap();
        let expected = reference(content);
        let begin = ours.iter().position(|part| *part == format!("<note {label}>")).unwrap();
        let end = ours.iter().skip(begin).position(|part| part == "</note>").unwrap() + begin;
        let note: Vec<&String> = ours[begin + 1..end].iter().collect();
        assert!(
            note.iter().zip(&expected).all(|(a, b)| *a == b),
            "{label}: {note:?}, reference {expected:?}"
        );
        assert!(note.len().abs_diff(expected.len()) <= 1, "the last paragraph ends behind the way back");
    }
}
