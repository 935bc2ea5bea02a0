//! The inputs of the CommonMark specification's examples: whatever its authors found worth a rule, streamed.

use std::path::Path;

use super::streaming::{assert_same, chunks, streamed};

fn examples() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/commonmark/examples.json");
    let examples: Vec<(String, String)> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    examples.into_iter().map(|(markdown, _)| markdown).collect()
}

/// The text as the content of a container: `first` opens it, `more` continues it on each further line.
fn inside(first: &str, more: &str, text: &str) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines.map(|(index, line)| format!("{}{line}", if index == 0 { first } else { more })).collect()
}

fn same_at_every_cut(name: &str, text: &str) {
    for (at, _) in text.char_indices() {
        let (head, tail) = text.split_at(at);
        assert_same(name, &format!("cut at {at}"), &streamed([head, tail]), text);
    }
    for size in 1..4 {
        assert_same(name, &format!("by {size}"), &streamed(chunks(text, size)), text);
    }
}

#[test]
fn every_example_of_the_specification_reads_the_same_at_every_cut() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for (index, text) in examples.iter().enumerate() {
        same_at_every_cut(&format!("example {}", index + 1), text);
    }
}

#[test]
fn every_example_inside_another_block_reads_the_same() {
    for (index, text) in examples().iter().enumerate() {
        for (first, more) in
            [("> ", "> "), ("- ", "  "), ("7. ", "   "), ("[^1]: ", "    "), ("[^1]: > - ", "    >   ")]
        {
            let text = format!("[^1]\n{}after\n", inside(first, more, text));
            let name = format!("example {} in {first:?}", index + 1);
            for size in [1, 7] {
                assert_same(&name, &format!("by {size}"), &streamed(chunks(&text, size)), &text);
            }
        }
    }
}

#[test]
fn two_examples_in_a_row_read_the_same() {
    let examples = examples();
    for (index, pair) in examples.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        for between in ["", "\n", "    "] {
            let text = format!("{first}{between}{second}");
            let name = format!("examples {} and {}", index + 1, index + 2);
            for size in [1, 7] {
                assert_same(&name, &format!("by {size}"), &streamed(chunks(&text, size)), &text);
            }
        }
    }
}
