//! The parser may be given a bounded multiple of the text, however long a block gets.

use chatkit_widget::markdown::Document;

const LENGTH: usize = 80_000;
/// About what arrives between two frames.
const DELTA: usize = 64;

fn parsed_per_byte(text: &str) -> f64 {
    let mut document = Document::new();
    let bytes = text.as_bytes();
    assert!(text.is_ascii());
    for delta in bytes.chunks(DELTA) {
        document.append(std::str::from_utf8(delta).unwrap());
    }
    document.finish();
    document.parsed_bytes() as f64 / text.len() as f64
}

pub(super) fn repeated(head: &str, line: &str, length: usize) -> String {
    let mut text = head.to_owned();
    while text.len() < length {
        text.push_str(line);
    }
    text
}

pub(super) fn blocks() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("code", "```rust\n", "    let a = \"some code\";\n"),
        ("list", "", "- item with **words** and `code`\n"),
        ("loose list", "", "1. item with **words**\n\n   and a second paragraph\n\n"),
        ("table", "| a | b |\n|---|---|\n", "| some *cell* | another |\n"),
        ("quote", "", "> a quoted paragraph\n>\n"),
        ("quote of one paragraph", "", "> a quoted line\n"),
        ("paragraph", "", "words and *more* words\n"),
        ("one line", "", "words and *more* words "),
        ("html", "<!--\n", "a comment that does not end\n"),
        ("code in an item", "- a\n\n  ```\n", "  code code code\n"),
        ("nested list", "- a\n", "  - nested item\n"),
        ("indented code", "", "    code code\n"),
        ("definitions", "[a] [b]\n\n", "[abc]: https://example.org/abc\n"),
        ("definitions apart", "[a] [b]\n\n", "[abc]: https://example.org/abc\n\n"),
        ("blank lines", "", "\n"),
        ("footnotes", "", "a[^1] b[^2]\n\n[^1]: c\n\n[^2]: d\n\n"),
    ]
}

#[test]
fn one_giant_block_costs_its_length() {
    for (name, head, line) in blocks() {
        let cost = parsed_per_byte(&repeated(head, line, LENGTH));
        assert!(cost < 40.0, "{name}: {cost}");
    }
}

#[test]
fn twice_the_text_costs_twice_as_much() {
    for (name, head, line) in blocks() {
        let once = parsed_per_byte(&repeated(head, line, LENGTH / 4));
        let twice = parsed_per_byte(&repeated(head, line, LENGTH / 2));
        assert!(twice < once * 1.2 + 1.0, "{name}: {once} bytes a byte, then {twice}");
    }
}

#[test]
fn a_mixed_answer_costs_a_few_times_its_length() {
    let section = "## Servo motors\n\nA *servo* is a motor that **knows** where it is, see [the page](https://example.org/a).\n\n\
        - it measures\n- it compares\n- it corrects\n\n```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n\n\
        | part | does |\n|---|---|\n| motor | turns |\n| pot | measures |\n\n> Quoted from the book[^1].\n\n[^1]: Page 3.\n\n";
    let cost = parsed_per_byte(&repeated("", section, LENGTH));
    assert!(cost < 8.0, "{cost}");
}

#[test]
fn many_references_defined_at_the_end_do_not_multiply_the_work() {
    let uses: String = (0..1000).map(|i| format!("word [r{i}] [r{}] ", 999 - i)).collect();
    let definitions: String =
        (0..1000).map(|i| format!("[r{i}]: https://example.org/{i}\n\nx\n\n")).collect();
    let cost = parsed_per_byte(&format!("{uses}\n\n{definitions}"));
    assert!(cost < 60.0, "{cost}");
}
