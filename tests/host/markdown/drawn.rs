//! What a frame draws: blocks and parts that are not those of the frame before. It follows the new text, however long a
//! block gets. Counted, not timed: a clock would tell what else the machine does.

use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;

use chatkit_widget::markdown::{Arriving, Block};

use super::cost::{blocks, repeated};
use super::streaming::chunks;

/// What arrives between two frames when an answer comes fast.
const FRAME: usize = 200;

/// The parts of a block that are drawn one by one: where each is, and how much.
fn parts(block: &Rc<Block>) -> Vec<(usize, usize)> {
    fn of<T: Debug>(part: &Rc<[T]>) -> (usize, usize) {
        (part.as_ptr().addr(), format!("{part:?}").len())
    }
    match &**block {
        Block::Quote(blocks) => blocks.chunks().iter().map(of).collect(),
        Block::List { items, .. } => items.chunks().iter().map(of).collect(),
        Block::Table { rows, .. } => rows.chunks().iter().map(of).collect(),
        Block::Code { text, .. } => {
            text.chunks().iter().map(|lines| (lines.as_ptr().addr(), lines.len())).collect()
        }
        whole => vec![(Rc::as_ptr(block).addr(), format!("{whole:?}").len())],
    }
}

/// How much is drawn in all frames together, for each byte of the text.
fn drawn_per_byte(text: &str) -> f64 {
    let mut arriving = Arriving::default();
    // What was drawn is kept, so that nothing new can come to lie where it was.
    let mut shown: HashMap<u64, Rc<Block>> = HashMap::new();
    let mut drawn = 0;
    for fresh in chunks(text, FRAME) {
        arriving.append(fresh);
        arriving.take_in();
        for entry in arriving.document().entries() {
            let before = shown.insert(entry.key, Rc::clone(&entry.block));
            if before.as_ref().is_some_and(|before| Rc::ptr_eq(before, &entry.block)) {
                continue;
            }
            let known = before.as_ref().map(parts).unwrap_or_default();
            let new = |(index, part): &(usize, (usize, usize))| known.get(*index) != Some(part);
            drawn += parts(&entry.block)
                .into_iter()
                .enumerate()
                .filter(new)
                .map(|(_, (_, size))| size)
                .sum::<usize>();
        }
    }
    drawn as f64 / text.len() as f64
}

#[test]
fn a_giant_block_is_not_drawn_anew_with_every_word() {
    for (name, head, line) in blocks() {
        // Some are one piece to the last line, and nobody writes them long; some are nothing to be seen.
        let whole = [
            "paragraph",
            "one line",
            "html",
            "code in an item",
            "nested list",
            "indented code",
            "quote of one paragraph",
            "definitions",
            "definitions apart",
        ];
        if whole.contains(&name) {
            continue;
        }
        let once = drawn_per_byte(&repeated(head, line, 20_000));
        let four = drawn_per_byte(&repeated(head, line, 80_000));
        assert!(once < 20.0, "{name}: {once}");
        assert!(four < once * 1.1 + 1.0, "{name}: {once} bytes drawn for one, then {four}");
    }
}

#[test]
fn an_answer_of_many_blocks_costs_what_it_is_long() {
    let section = "## Servo motors\n\nA *servo* is a motor that **knows** where it is, see [the page](https://example.org/a).\n\n\
        - it measures\n- it compares\n- it corrects\n\n```rust\nfn main() {\n    println!(\"hello\");\n}\n```\n\n\
        | part | does |\n|---|---|\n| motor | turns |\n| pot | measures |\n\n> Quoted from the book.\n\n";
    let once = drawn_per_byte(&repeated("", section, 20_000));
    let four = drawn_per_byte(&repeated("", section, 80_000));
    assert!(once < 5.0 && four < once * 1.05, "{once}, {four}");
}
