//! Texts nobody would write, cut where nobody would cut them. `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look elsewhere.

use chatkit_widget::markdown::Document;
use proptest::prelude::*;

use super::streaming::{assert_same, chunks, streamed};

/// `PROPTEST_CASES` may ask for more.
pub(super) fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig { cases: given.cases.max(400), failure_persistence: None, ..given }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn random_markdown_cut_at_random_reads_the_same(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..60),
        sizes in prop::collection::vec(1usize..12, 1..8),
    ) {
        let text = pieces.concat();
        let mut document = Document::new();
        let mut rest = text.as_str();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let at = rest.char_indices().nth(*size).map_or(rest.len(), |(at, _)| at);
            let (head, tail) = rest.split_at(at);
            document.append(head);
            rest = tail;
        }
        document.finish();
        assert_same("random", &format!("{sizes:?}"), &document, &text);
    }

    #[test]
    fn random_long_blocks_cut_at_random_read_the_same(
        lines in prop::collection::vec(prop::sample::select(LINES), 60..160),
        size in 1usize..200,
    ) {
        let text = lines.concat();
        assert_same("random lines", &format!("by {size}"), &streamed(chunks(&text, size)), &text);
    }

    #[test]
    fn random_nesting_cut_at_random_reads_the_same(
        lines in prop::collection::vec(line(), 1..14),
        size in 1usize..12,
        cut in any::<prop::sample::Index>(),
    ) {
        let text = lines.concat();
        assert_same("random nesting", &format!("by {size}"), &streamed(chunks(&text, size)), &text);
        let at = cut.index(text.chars().count() + 1);
        let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
        let (head, tail) = text.split_at(at);
        assert_same("random nesting", &format!("cut at {at}"), &streamed([head, tail]), &text);
    }
}

proptest! {
    // Long texts: a few of them take as long as all others together.
    #![proptest_config(ProptestConfig { cases: config().cases / 8, ..config() })]

    #[test]
    fn random_nesting_in_a_long_block_reads_the_same(
        (first, more) in prop::sample::select(CONTAINERS),
        lines in prop::collection::vec(line(), 100..250),
        size in 1usize..100,
    ) {
        let mut text = String::from(first);
        for line in lines {
            text.push_str(&line);
            text.push_str(more);
        }
        assert_same("random nesting, long", &format!("by {size}"), &streamed(chunks(&text, size)), &text);
    }
}

/// What a long block begins with, and what stands between its lines.
const CONTAINERS: &[(&str, &str)] =
    &[("> ", "> "), ("- ", "  "), ("- ", "- a\n  "), ("1. a\n", "3. "), ("[^1]: ", "    "), ("> - ", ">   ")];

/// One line: indented somehow, in some containers, with the beginning or the end of some block.
pub(super) fn line() -> impl Strategy<Value = String> {
    let markers = prop::collection::vec(prop::sample::select(MARKERS), 0..3);
    let parts =
        (prop::sample::select(INDENTS), markers, prop::sample::select(CONTENTS), prop::sample::select(ENDS));
    parts.prop_map(|(indent, markers, content, end)| format!("{indent}{}{content}{end}", markers.concat()))
}

const INDENTS: &[&str] =
    &["", "", "", " ", "  ", "   ", "    ", "    ", "     ", "      ", "        ", "\t", "\t\t", " \t"];

const MARKERS: &[&str] = &[
    "> ",
    ">",
    ">\t",
    "- ",
    "-\t",
    "-   ",
    "-",
    "* ",
    "1. ",
    "2. ",
    "2) ",
    "- [ ] ",
    "[^1]: ",
    "[^2]:",
    "[^1]:\t",
    "[^3]:     ",
];

const CONTENTS: &[&str] = &[
    "",
    "",
    "",
    "a",
    "é [a]",
    "b [^1]",
    "c [^2] [b]",
    "```",
    "```rs",
    "~~~",
    "# h",
    "---",
    "===",
    "***",
    "| a | b |",
    "|--|--|",
    "| [a] |",
    "[a]: /u",
    "[a]: /v 't'",
    "[a]:",
    "/w",
    "'t",
    "t'",
    "\"t",
    "[b]: <",
    ">",
    "[b",
    "]: /u",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<pre>",
    "</pre>",
    "<b>",
    "<?",
    "a\\",
    "`",
    "**",
    "[",
    "](/u",
    "\\",
    "+",
    "$$",
    "$$ a",
    "$",
    "\\[",
    "\\] $5",
    "+ x = \\(b\\)",
    "\\( [a]: /u \\)",
];

const ENDS: &[&str] = &["\n", "\n", "\n", "\n", "\n", "\n", "\n\n", "  \n", "\n  \n", "\r\n", "\r", "", " "];

pub(super) const PIECES: &[&str] = &[
    "a",
    "b ",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "- ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    "> ",
    ">",
    "# ",
    "## ",
    "```",
    "~~~",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[a]",
    "[b]",
    "[a]: /u",
    "[b]: /v 't'",
    "\n[a]: /w\n",
    "'t",
    "'",
    "\"",
    "[^1]",
    "[^1]: ",
    "|",
    "| a | b |\n",
    "|--|--|\n",
    "---",
    "===",
    "\\",
    "<b>",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "https://x.example/a_b",
    "[ ] ",
    "[x] ",
    "é",
    "🙂",
    "\r\n",
    "&amp;",
    "![",
    "](/u)",
    ":",
    "!",
    "$",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "$5 and $x$",
    "\n$$\n",
];

pub(super) const LINES: &[&str] = &[
    "- a item with some words to be long enough\n",
    "- b item with [a] and [^1] in it, long enough\n",
    "- c\n",
    "  more of the item above, indented by two\n",
    "\n",
    "  - nested item with a few words\n",
    "-\n",
    "- # heading\n",
    "> quoted line with some words and [a]\n",
    ">\n",
    "> - list in a quote\n",
    "> > deeper\n",
    "> [a]: /in-quote\n",
    "> 'ti\n",
    "> tle'\n",
    "| a | b |\n",
    "|---|---|\n",
    "| row [a] | with **words** in it |\n",
    "```\n",
    "code line, quite a bit of it **here**\n",
    "    indented\n",
    "[a]: /u\n",
    "'title'\n",
    "[^1]: note\n",
    "1. one\n",
    "2. two and more words for it\n",
    "~~~\n",
    "***\n",
    "lazy words\n",
    "> ```\n",
    "---\n",
    "  \n",
    "- [a]: /in-item\n",
    "$$\n",
    "\\[\n",
    "\\]\n",
    "$x_1$ costs \\(5\\) to $7\n",
];
