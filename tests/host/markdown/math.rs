//! What is read as a formula, and what stays money.

use chatkit_widget::markdown::{Block, Document, Inline};

use super::streaming::{assert_same, chunks, streamed};

/// Text with `<…>` for a formula and `<<…>>` for one on a line of its own.
fn shown(text: &str) -> String {
    fn all<'a>(content: impl IntoIterator<Item = &'a Inline>, out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Math { source, display: false } => out.push_str(&format!("<{source}>")),
                Inline::Math { source, display: true } => out.push_str(&format!("<<{source}>>")),
                Inline::Code(code) => out.push_str(&format!("`{code}`")),
                Inline::Strong(content) => {
                    out.push_str("**");
                    all(content.iter(), out);
                    out.push_str("**");
                }
                Inline::Link { content, .. } => all(content.iter(), out),
                Inline::SoftBreak => out.push(' '),
                other => out.push_str(&format!("{other:?}")),
            }
        }
    }
    let mut out = Vec::new();
    for entry in Document::parse(text).entries() {
        let mut block = String::new();
        match &*entry.block {
            Block::Paragraph(content) => all(content.iter(), &mut block),
            Block::Code { text, .. } => block = format!("```{text}"),
            Block::Quote(blocks) => {
                for inner in blocks.iter() {
                    if let Block::Paragraph(content) = inner {
                        all(content.iter(), &mut block);
                    }
                }
            }
            Block::Table { rows, .. } => rows.iter().flat_map(|row| row.iter()).for_each(|cell| {
                all(cell.iter(), &mut block);
                block.push('|');
            }),
            other => block = format!("{other:?}"),
        }
        out.push(block);
    }
    out.join("\n")
}

const FORMULAS: &[(&str, &str)] = &[
    ("Energy is $E = mc^2$, always.", "Energy is <E = mc^2>, always."),
    ("Energy is \\(E = mc^2\\), always.", "Energy is <E = mc^2>, always."),
    ("Energy is \\( E = mc^2 \\), always.", "Energy is < E = mc^2 >, always."),
    ("So $$a^2$$ it is", "So <<a^2>> it is"),
    ("So \\[a^2\\] it is", "So <<a^2>> it is"),
    ("$$\na *b* c_1_\n$$", "<<\na *b* c_1_\n>>"),
    ("\\[\nx &= 1 \\\\\n- y\n+ z\n1. w\n# v\n= u\n\\]", "<<\nx &= 1 \\\\\n- y\n+ z\n1. w\n# v\n= u\n>>"),
    ("> $$\n> x\n> $$", "<<\nx\n>>"),
    ("|a|\n|-|\n|$x$ and \\(y\\)|", "<x> and <y>|"),
    ("**$x$** and **\\(y\\)**", "**<x>** and **<y>**"),
    ("($x$), \"$y$\", $z$-axis", "(<x>), \"<y>\", <z>-axis"),
    ("$\\text{if } x > 0$", "<\\text{if } x > 0>"),
    ("$2x + 3$", "<2x + 3>"),
    ("[see $x$](/y)", "see <x>"),
    ("\\(a\\) costs \\$5 or \\(b\\)", "<a> costs $5 or <b>"),
];

const NO_FORMULAS: &[(&str, &str)] = &[
    ("It costs $5 and $10.", "It costs $5 and $10."),
    ("From $5-$10, or $5/$10 or $5–$10.", "From $5-$10, or $5/$10 or $5–$10."),
    ("**$5** to **$10**", "**$5** to **$10**"),
    ("US$5 and CA$6, or 7$ and 8$", "US$5 and CA$6, or 7$ and 8$"),
    ("$5 per month (or 50$ a year)", "$5 per month (or 50$ a year)"),
    ("\\$x\\$ and \\$5", "$x$ and $5"),
    ("`$x$` and `\\(y\\)`", "`$x$` and `\\(y\\)`"),
    ("`` a`\\(y\\) `` $5", "`` a`\\(y\\) `` $5"),
    ("```sh\necho $HOME $PATH \\(x\\) $5\n$$\n- x\n$$\n```", "```echo $HOME $PATH \\(x\\) $5\n$$\n- x\n$$\n"),
    ("$HOME/$USER or $(pwd)", "$HOME/$USER or $(pwd)"),
    ("\\(not closed and \\[neither", "(not closed and [neither"),
    ("\\(\\) \\[\\]", "() []"),
    ("a \\[b](/c) d\\]", "a [b](/c) d]"),
    ("[\\[a\\]](/b) and \\[1, 2\\]", "[a] and [1, 2]"),
    ("[a](/b_\\(c\\)?d=$5&e=$6)", "a"),
    ("$$ no end\n\nafter", "$$ no end\nafter"),
    ("$ x $ and $x $ and $ x$", "$ x $ and $x $ and $ x$"),
];

#[test]
fn formulas_are_read_however_a_model_writes_them() {
    for (text, expected) in FORMULAS {
        assert_eq!(shown(text), *expected, "{text:?}");
    }
}

#[test]
fn prices_and_code_stay_what_they_are() {
    for (text, expected) in NO_FORMULAS.iter().filter(|(_, expected)| !expected.starts_with("`` ")) {
        assert_eq!(shown(text), *expected, "{text:?}");
    }
    assert_eq!(shown("`` a`\\(y\\) `` $5"), "`a`\\(y\\)` $5");
    let link = format!("{:?}", Document::parse("[a](/b_\\(c\\)?d=$5&e=$6 \"or $7\")"));
    assert!(link.contains("/b_(c)?d=$5&e=$6") && link.contains("or $7"), "{link}");
}

#[test]
fn a_formula_cut_at_any_character_reads_the_same() {
    for (text, _) in FORMULAS.iter().chain(NO_FORMULAS) {
        for around in ["", "before\n", "- before\n- ", "> "] {
            let text = format!("{around}{text}\n\nafter $x$\n");
            for (at, _) in text.char_indices() {
                let (head, tail) = text.split_at(at);
                assert_same("formula", &format!("cut at {at}"), &streamed([head, tail]), &text);
            }
            for size in 1..4 {
                assert_same("formula", &format!("by {size}"), &streamed(chunks(&text, size)), &text);
            }
        }
    }
}

#[test]
fn a_line_of_ten_thousand_dollars_does_not_end_the_page() {
    for piece in ["$", "$a", "\\(", "\\[ ", "$$ ", "\\[\n", "$$\n", "$a$", "`$", "\\(a\\)"] {
        let text = piece.repeat(20_000);
        let before = std::time::Instant::now();
        assert!(!Document::parse(&text).is_empty());
        assert!(before.elapsed().as_secs() < 5, "{piece:?}");
    }
}
