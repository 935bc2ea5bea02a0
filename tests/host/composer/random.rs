//! Whatever is done to a draft, it stays what the field shows.

use chatkit_widget::state::{Draft, Edit, InputKind, utf16};
use proptest::prelude::*;

use super::{draft, entity, sent, written};

/// What readers write: two-unit characters, joined and combined ones, both directions, repeats that make it ambiguous
/// what was changed, and what looks like a tag.
const PIECES: [&str; 14] =
    ["a", "aa", "@", "@a", " ", "\n", "é", "e\u{301}", "😀", "👩‍👩‍👧", "שלום", "مرحبا ب", "a@b", "\u{200d}"];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..6).prop_map(|pieces| pieces.concat())
}

#[derive(Clone, Debug)]
enum Step {
    /// Replaces the piece between two places (as parts of the text) by a text.
    Write { from: usize, to: usize, text: String, kind: InputKind },
    /// Puts a tag there.
    Tag { at: usize, title: String },
    /// Puts a text or a refused message in front.
    Prepend(String),
}

fn step() -> impl Strategy<Value = Step> {
    let place = || 0..1000usize;
    let kind = prop_oneof![Just(InputKind::Typed), Just(InputKind::History)];
    prop_oneof![
        4 => (place(), place(), text(), kind).prop_map(|(from, to, text, kind)| Step::Write { from, to, text, kind }),
        2 => (place(), text()).prop_map(|(at, title)| Step::Tag { at, title }),
        1 => text().prop_map(Step::Prepend),
    ]
}

/// A place between two characters.
fn place(text: &str, part: usize) -> usize {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    places[part % places.len()]
}

/// Tags are where they say, in order and apart from each other.
fn check(draft: &Draft) {
    let _ = written(draft);
    for pair in draft.tags().windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "{draft:?}");
    }
}

proptest! {
    #[test]
    fn a_draft_stays_what_the_field_shows(steps in prop::collection::vec(step(), 1..24)) {
        let mut draft = draft("");
        for step in steps {
            match step {
                Step::Write { from, to, text, kind } => {
                    let before = draft.clone();
                    let (a, b) = (place(before.text(), from), place(before.text(), to));
                    let (a, b) = (a.min(b), a.max(b));
                    let field = before.text()[..a].to_owned() + &text + &before.text()[b..];
                    let caret = field[..a + text.len()].encode_utf16().count();
                    match draft.input(field.clone(), caret, kind) {
                        None => prop_assert_eq!(draft.text(), &field),
                        Some(caret) => {
                            prop_assert!(text.is_empty() || draft.text().len() < field.len());
                            prop_assert!(draft.text().is_char_boundary(caret));
                        }
                    }
                    let outside = before.tags().iter().filter(|tag| tag.range.end <= a || tag.range.start >= b);
                    let kept = draft.tags().len();
                    prop_assert!(kept >= outside.count(), "{:?} became {:?}", before, draft);
                }
                Step::Tag { at, title } => {
                    let at = place(draft.text(), at);
                    let inside = draft.tags().iter().any(|tag| tag.range.start < at && at < tag.range.end);
                    let before = draft.tags().len();
                    draft.splice(at..at, Draft::tag(entity(&title)));
                    prop_assert_eq!(draft.tags().len(), before + 1 - usize::from(inside));
                }
                Step::Prepend(text) => drop(draft.prepend(Draft::plain(text))),
            }
            check(&draft);
            let again = Draft::from_content(&draft.content());
            prop_assert_eq!(written(&draft), written(&again));
            if !draft.tags().is_empty() {
                prop_assert!(!sent(draft.clone()).is_empty());
            }
        }
    }

    #[test]
    fn an_edit_turns_the_one_text_into_the_other(old in text(), new in text(), caret in 0..40usize) {
        let edit = Edit::between(&old, &new, utf16::to_byte(&new, caret));
        prop_assert_eq!(edit.old.start, edit.new.start);
        let made = old[..edit.old.start].to_owned() + &new[edit.new.clone()] + &old[edit.old.end..];
        prop_assert_eq!(made, new);
    }

    #[test]
    fn what_was_typed_is_found_where_it_was_typed(before in text(), behind in text(), typed in text()) {
        let (old, new) = (format!("{before}{behind}"), format!("{before}{typed}{behind}"));
        let edit = Edit::between(&old, &new, before.len() + typed.len());
        prop_assert_eq!(&new[edit.new], &typed);
        prop_assert_eq!(edit.old, before.len()..before.len());
    }
}
