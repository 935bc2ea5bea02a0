//! Where citations stand in the drawn text.

use std::rc::Rc;

use chatkit_widget::markdown::{Block, Document, Entry, Face, Inline, Mark, Marks};
use proptest::prelude::*;

use super::random::{LINES, PIECES, config, line};
use super::streaming::chunks;

fn mark(number: usize) -> Rc<Mark> {
    Rc::new(Mark { number, face: Face::Number, name: format!("source {number}").into(), href: None })
}

fn marks(list: &Marks, out: &mut String) {
    let numbers: Vec<String> = list.iter().map(|mark| mark.number.to_string()).collect();
    out.push_str(&format!("‹{}›", numbers.join(",")));
}

fn inlines<'a>(content: impl IntoIterator<Item = &'a Inline>, out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Html(text) => out.push_str(text),
            Inline::Code(text) => out.push_str(&format!("`{text}`")),
            Inline::Math { source, .. } => out.push_str(&format!("${source}$")),
            Inline::Emph(content) | Inline::Strong(content) | Inline::Strike(content) => {
                out.push('*');
                inlines(content.iter(), out);
                out.push('*');
            }
            Inline::Link { content, .. } => {
                out.push('[');
                inlines(content.iter(), out);
                out.push(']');
            }
            Inline::Image { alt, .. } => out.push_str(&format!("!{alt}!")),
            Inline::SoftBreak => out.push(' '),
            Inline::HardBreak => out.push('/'),
            Inline::FootnoteRef(label) => out.push_str(&format!("^{label}")),
            Inline::Marks(list) => marks(list, out),
        }
    }
}

fn blocks<'a>(content: impl IntoIterator<Item = &'a Block>, out: &mut String) {
    for block in content {
        match block {
            Block::Paragraph(content) => inlines(content.iter(), out),
            Block::Heading { content, .. } => inlines(content.iter(), out),
            Block::Code { text, marks: all, .. } => {
                out.push_str(&text.to_string());
                all.iter().for_each(|list| marks(list, out));
            }
            Block::Quote(inner) => blocks(inner.iter(), out),
            Block::List { items, .. } => items.iter().for_each(|item| {
                out.push('-');
                blocks(item.blocks.iter(), out);
            }),
            Block::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows.iter()) {
                    row.iter().for_each(|cell| {
                        inlines(cell.iter(), out);
                        out.push('|');
                    });
                }
            }
            Block::Rule => out.push_str("---"),
            Block::Html(html) => out.push_str(html),
            Block::Footnote { content, .. } => blocks(content.iter(), out),
        }
        out.push(';');
    }
}

fn shown(document: &Document) -> String {
    let mut out = String::new();
    blocks(document.entries().map(|entry| &*entry.block), &mut out);
    out
}

/// The text without its `‹›`, which say where marks are asked for.
fn asked(text: &str) -> (String, Vec<(usize, Rc<Mark>)>) {
    let (mut plain, mut marks) = (String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '‹' => marks.push((plain.chars().count(), mark(marks.len() + 1))),
            c => plain.push(c),
        }
    }
    (plain, marks)
}

#[track_caller]
fn expect(text: &str, expected: &str) {
    let (plain, marks) = asked(text);
    assert_eq!(shown(&Document::parse_marked(&plain, &marks)), expected, "{text:?}");
    for size in [1, 3, 1000] {
        let mut document = Document::new();
        document.set_marks(marks.clone());
        chunks(&plain, size).into_iter().for_each(|delta| document.append(delta));
        document.finish();
        assert_eq!(shown(&document), expected, "{text:?}, marks first, by {size}");

        let mut document = Document::new();
        chunks(&plain, size).into_iter().for_each(|delta| document.append(delta));
        document.finish();
        document.set_marks(marks.clone());
        assert_eq!(shown(&document), expected, "{text:?}, marks last, by {size}");
    }
}

#[test]
fn a_citation_stands_behind_the_words_it_is_for() {
    expect("Robots‹ move.‹", "Robots‹1› move.‹2›;");
    expect("Robots ‹move.", "Robots‹1› move.;");
    expect("One‹‹ two", "One‹1,2› two;");
    expect("‹One", "‹1›One;");
    expect("One.\n\n‹Two.‹\n", "One.‹1›;Two.‹2›;");
    expect("One.\n‹\nTwo.", "One.‹1›;Two.;");
    expect("🙂🙂‹ ünï‹ x", "🙂🙂‹1› ünï‹2› x;");
    expect("a\r\nb‹ c\r\n\r\nd‹ e", "a b‹1› c;d‹2› e;");
    expect("One‹, two\\*‹ &amp;‹ three", "One‹1›, two*‹2› &‹3› three;");
}

#[test]
fn markup_around_a_citation_stays_whole() {
    expect("A **bo‹ld** word", "A *bo‹1›ld* word;");
    expect("A **bold‹** word", "A *bold‹1›* word;");
    expect("A **bold**‹ word", "A *bold*‹1› word;");
    expect("A **bold*‹* word", "A *bold*‹1› word;");
    expect("See [the ‹page](https://a.example)‹.", "See [the page]‹1›‹2›.;");
    expect("See [the page](https://a.exa‹mple) now", "See [the page]‹1› now;");
    expect("See https://a.exa‹mple/x now", "See [https://a.example/x]‹1› now;");
    expect("See ![an ‹image](/x.png) now", "See !an image!‹1› now;");
    expect("Run `ls ‹-l` now", "Run `ls -l`‹1› now;");
    expect("So $E = ‹mc^2$ now", "So $E = mc^2$‹1› now;");
    expect("So \\(E = ‹mc^2\\) now", "So $E = mc^2$‹1› now;");
    expect("a  ‹\nb", "a‹1›/b;");
}

#[test]
fn every_kind_of_block_can_be_cited_in() {
    expect("# Head‹\ntext‹\n", "Head‹1›;text‹2›;");
    expect("# Head #‹\n", "Head‹1›;");
    expect("- one‹\n- two‹\n\n‹after", "-one‹1›;-two‹2,3›;;after;");
    expect("- one\n-‹ two", "-one;-‹1›two;;");
    expect("- one\n\n  more‹\n- two", "-one;more‹1›;-two;;");
    expect("> quo‹ted\n> ‹\n> more‹", "quo‹1›ted‹2›;more‹3›;;");
    expect("| a‹ | b |\n|--|--|‹\n| c‹ | d |‹\n", "a‹1›|b‹2›|c‹3›|d‹4›|;");
    expect("```rs\nlet a‹ = 1;\n```\n‹after", "let a = 1;\n‹1›‹2›;after;");
    expect("    code‹\n\nafter", "code\n‹1›;after;");
    expect("a[^1]\n\n[^1]: note‹\n", "a^1;note‹1›;;");
    expect("one\n\n---‹\n\ntwo", "one;---;two;");
}

#[test]
fn a_citation_beyond_the_end_stands_at_the_end() {
    let mut document = Document::new();
    document.set_marks(vec![(100, mark(1))]);
    document.append("Short.");
    assert_eq!(shown(&document), "Short.;", "it may still grow");
    document.finish();
    assert_eq!(shown(&document), "Short.‹1›;");
}

#[test]
fn a_new_citation_draws_only_the_block_it_is_in() {
    let mut document = Document::new();
    let text: String = (0..60).map(|i| format!("Paragraph {i} of the answer.\n\n")).collect();
    document.append(&text);
    let before: Vec<Entry> = document.entries().cloned().collect();
    let at = text.find("Paragraph 7 ").unwrap() + "Paragraph 7".len();
    document.set_marks(vec![(at, mark(1))]);
    for (old, new) in before.iter().zip(document.entries()) {
        assert_eq!(old.key, new.key);
        assert_eq!(Rc::ptr_eq(&old.block, &new.block), old.key != 7, "block {}", old.key);
    }
    assert!(shown(&document).contains("Paragraph 7‹1› of"));
    document.set_marks(Vec::new());
    assert!(!shown(&document).contains('‹'));
}

#[test]
fn a_citation_inside_a_long_block_draws_only_its_part() {
    let mut document = Document::new();
    let text: String = (0..400).map(|i| format!("- item number {i} with words\n")).collect();
    chunks(&text, 300).into_iter().for_each(|delta| document.append(delta));
    let parts = |document: &Document| match document.entries().next().map(|entry| &*entry.block) {
        Some(Block::List { items, .. }) => items.chunks().to_vec(),
        other => panic!("{other:?}"),
    };
    let before = parts(&document);
    assert!(before.len() > 4);
    let at = text.find("number 3 ").unwrap();
    document.set_marks(vec![(at, mark(1))]);
    let after = parts(&document);
    let same = before.iter().zip(&after).filter(|(a, b)| Rc::ptr_eq(a, b)).count();
    assert_eq!(same, before.len() - 2, "the part with the mark, and the open one");
    assert!(shown(&document).contains("item‹1› number 3 "));
}

#[test]
fn streamed_citations_cost_the_blocks_they_are_in() {
    let mut document = Document::new();
    let mut all = Vec::new();
    let mut length = 0;
    for i in 0..500 {
        let text = format!("Paragraph {i} of an answer that cites something.\n\n");
        length += text.chars().count();
        document.append(&text);
        all.push((length - 2, mark(i + 1)));
        document.set_marks(all.clone());
    }
    document.finish();
    let cost = document.parsed_bytes() as f64 / length as f64;
    assert!(cost < 10.0, "{cost}");
}

/// Marks come at any moment of the stream, some twice, some to go again.
fn marked_while_streaming(text: &str, size: usize, indexes: &[prop::sample::Index]) -> (Document, Document) {
    let length = text.chars().count();
    let all: Vec<(usize, Rc<Mark>)> =
        indexes.iter().enumerate().map(|(n, index)| (index.index(length + 2), mark(n + 1))).collect();
    let mut document = Document::new();
    let deltas = chunks(text, size);
    for (n, delta) in deltas.iter().enumerate() {
        document.append(delta);
        let some = all.iter().skip(n % 3).take(1 + n * all.len() / deltas.len()).cloned().collect();
        document.set_marks(some);
    }
    document.set_marks(all.clone());
    document.finish();
    (document, Document::parse_marked(text, &all))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn citations_stand_where_they_stand_however_the_text_was_cut(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..50),
        size in 1usize..12,
        indexes in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let text = pieces.concat();
        let (streamed, whole) = marked_while_streaming(&text, size, &indexes);
        prop_assert_eq!(shown(&streamed), shown(&whole), "{:?}", text);
    }

    #[test]
    fn citations_stand_where_they_stand_in_any_nesting(
        lines in prop::collection::vec(line(), 1..14),
        size in 1usize..12,
        indexes in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let text = lines.concat();
        let (streamed, whole) = marked_while_streaming(&text, size, &indexes);
        prop_assert_eq!(shown(&streamed), shown(&whole), "{:?}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: config().cases / 8, ..config() })]

    #[test]
    fn citations_stand_where_they_stand_in_a_long_text(
        lines in prop::collection::vec(prop::sample::select(LINES), 60..160),
        size in 1usize..200,
        indexes in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let text = lines.concat();
        let (streamed, whole) = marked_while_streaming(&text, size, &indexes);
        prop_assert_eq!(shown(&streamed), shown(&whole), "{:?}", text);
    }
}
