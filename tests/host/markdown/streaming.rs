//! However a text is cut, the reader ends up with the same document; and what settled stays put.

use std::rc::Rc;

use chatkit_widget::markdown::{Block, Document, Entry};

use super::fixtures;

pub(super) fn streamed<'a>(deltas: impl IntoIterator<Item = &'a str>) -> Document {
    let mut document = Document::new();
    for delta in deltas {
        document.append(delta);
    }
    document.finish();
    document
}

pub(super) fn chunks(text: &str, size: usize) -> Vec<&str> {
    let mut rest = text;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let at = rest.char_indices().nth(size).map_or(rest.len(), |(at, _)| at);
        let (head, tail) = rest.split_at(at);
        out.push(head);
        rest = tail;
    }
    out
}

#[track_caller]
pub(super) fn assert_same(name: &str, how: &str, streamed: &Document, text: &str) {
    let whole = Document::parse(text);
    let pairs = streamed.entries().zip(whole.entries());
    for (index, (got, wanted)) in pairs.enumerate() {
        assert_eq!(got.block, wanted.block, "{name}, {how}: block {index} of {text:?}");
    }
    assert_eq!(streamed.entries().count(), whole.entries().count(), "{name}, {how}: {text:?}");
}

#[test]
fn an_answer_cut_at_any_character_reads_the_same() {
    for (name, text) in fixtures::ALL {
        for (at, _) in text.char_indices() {
            let (head, tail) = text.split_at(at);
            assert_same(name, &format!("cut at {at}"), &streamed([head, tail]), text);
        }
        for size in 1..6 {
            assert_same(name, &format!("by {size}"), &streamed(chunks(text, size)), text);
        }
    }
}

#[test]
fn an_answer_that_stops_anywhere_reads_like_the_part_that_came() {
    for (name, text) in fixtures::ALL {
        for (at, _) in text.char_indices() {
            let (head, _) = text.split_at(at);
            assert_same(name, &format!("ends at {at}"), &streamed(chunks(head, 1)), head);
        }
    }
}

#[test]
fn line_ends_of_every_system_read_the_same() {
    for (name, text) in fixtures::ALL {
        let text = text.replace("\r\n", "\n");
        for end in ["\r\n", "\r"] {
            let written = text.replace('\n', end);
            assert_same(name, &format!("{end:?}"), &Document::parse(&written), &text);
            assert_same(name, &format!("{end:?} by 1"), &streamed(chunks(&written, 1)), &text);
        }
    }
}

#[test]
fn two_kinds_of_block_in_a_row_read_the_same() {
    for (first, a) in fixtures::ALL {
        for (second, b) in fixtures::ALL {
            for between in ["", "\n"] {
                let text = format!("{a}{between}{b}");
                assert_same(&format!("{first} + {second}"), "by 9", &streamed(chunks(&text, 9)), &text);
            }
        }
    }
}

#[test]
fn a_long_block_that_settles_inside_reads_the_same() {
    for kind in fixtures::LONG {
        let text = fixtures::long(kind);
        for size in [5, 64, 1000, 5000] {
            assert_same(kind, &format!("by {size}"), &streamed(chunks(&text, size)), &text);
        }
        let cut = text.char_indices().map(|(at, _)| at).step_by(491);
        for at in cut {
            let (head, tail) = text.split_at(at);
            assert_same(kind, &format!("cut at {at}"), &streamed([head, tail]), &text);
        }
    }
}

#[test]
fn what_settled_keeps_its_pointer_while_more_arrives() {
    let mut text: String = fixtures::ALL
        .iter()
        .filter(|(name, _)| !name.contains("eference") && !name.contains("foot"))
        .map(|(_, t)| format!("{t}\n\n"))
        .collect();
    text.push_str(&fixtures::long("tight list").replace("late", "x"));
    let mut document = Document::new();
    let mut seen: Vec<Entry> = Vec::new();
    for delta in chunks(&text, 5) {
        document.append(delta);
        let now: Vec<Entry> = document.entries().take(document.settled()).cloned().collect();
        for (old, new) in seen.iter().zip(&now) {
            assert!(Rc::ptr_eq(&old.block, &new.block), "block {} was replaced", old.key);
            assert_eq!(old.key, new.key);
        }
        assert!(now.len() >= seen.len());
        seen = now;
    }
    assert!(seen.len() > 50);
}

#[test]
fn an_open_block_that_did_not_change_keeps_its_pointer_when_it_settles() {
    let mut document = Document::new();
    document.append("one paragraph\n");
    let before = document.entries().next().cloned().unwrap();
    document.append("\nnext\n");
    let after = document.entries().next().cloned().unwrap();
    assert_eq!(document.settled(), 1);
    assert_eq!(before, after);
}

#[test]
fn settled_items_of_a_growing_list_keep_their_pointer() {
    let mut document = Document::new();
    let mut first = None;
    for i in 0..400 {
        document.append(&format!("- item number {i} with **words**\n"));
        let Some(Block::List { items, .. }) = document.entries().next().map(|e| &*e.block) else {
            panic!("no list")
        };
        if items.chunks().len() > 1 {
            let chunk = items.chunks()[0].clone();
            assert!(Rc::ptr_eq(first.get_or_insert(chunk.clone()), &chunk));
        }
    }
    assert!(first.is_some(), "nothing settled inside the list");
}

#[test]
fn a_full_group_keeps_its_pointer() {
    let mut document = Document::new();
    for i in 0..40 {
        document.append(&format!("p {i}\n\n"));
    }
    let before: Vec<_> = document.groups().take(2).collect();
    document.append("more");
    for (old, new) in before.iter().zip(document.groups()) {
        assert!(Rc::ptr_eq(old, &new));
    }
}

#[test]
fn a_reference_resolves_as_soon_as_its_definition_settled() {
    let mut document = Document::new();
    document.append("See [it].\n\nMore.\n\n[it]: https://it.example\n\nEnd.\n\nOver.\n");
    let first = format!("{:?}", document.entries().next().unwrap().block);
    assert!(first.contains("https://it.example"), "{first}");
}

#[test]
fn half_written_syntax_is_not_shown_raw() {
    let shown = |text: &str| {
        let mut document = Document::new();
        document.append(text);
        format!("{document:?}")
    };
    assert!(!shown("Read [the page](https://long.example/pa").contains("long.example"));
    assert!(shown("Read [the page](https://long.example/pa").contains("Read the page"));
    assert!(!shown("Read [the **page**](https://long.example/pa").contains("long.example"));
    assert!(shown("This is **bo").contains("Strong"));
    assert!(!shown("This is **").contains('*'));
    assert!(!shown("Text\n-").contains("Heading"));
    let mut document = Document::new();
    document.append("This is **bo");
    document.finish();
    assert!(format!("{document:?}").contains("**bo"), "a guess survived the end");
}

#[test]
fn a_character_of_zeros_reads_the_same_wherever_it_stands() {
    let text = "[a]: /url \"t\0\"\n\n[a] \0 `\0`\n\n[b\0]: /url\n\n[b\0]\n";
    for size in 1..text.len() {
        assert_same("zeros", &format!("by {size}"), &streamed(chunks(text, size)), text);
    }
    let whole = format!("{:?}", Document::parse(text).entries().collect::<Vec<_>>());
    assert!(!whole.contains("\\0") && whole.contains('\u{fffd}'), "{whole}");
}
