//! The browser counts in UTF-16 units.

use chatkit_widget::state::{snapped, to_delete, utf16};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_place_between_two_characters_is_found_again(text in "(?s).{0,40}", ahead in 0..3usize) {
        // Long plain text is skipped by the block.
        let text = "x".repeat(ahead * 300) + &text;
        let mut units = 0;
        for (byte, char) in text.char_indices() {
            prop_assert_eq!(utf16::to_byte(&text, units), byte);
            prop_assert_eq!(utf16::from_byte(&text, byte), units);
            units += char.len_utf16();
        }
        prop_assert_eq!(utf16::to_byte(&text, units), text.len());
        prop_assert_eq!(utf16::to_byte(&text, units + 9), text.len());
        prop_assert_eq!(utf16::from_byte(&text, text.len() + 9), units);
    }
}

#[test]
fn half_a_character_is_the_place_before_it() {
    assert_eq!(utf16::to_byte("a😀b", 2), 1);
    assert_eq!(utf16::from_byte("a😀b", 3), 1);
}

const TAGS: [std::ops::Range<usize>; 2] = [5..10, 20..30];

#[test]
fn the_caret_steps_over_a_tag() {
    assert_eq!(snapped(&TAGS, &(5..5), &(6..6)), Some(10..10));
    assert_eq!(snapped(&TAGS, &(10..10), &(9..9)), Some(5..5));
    assert_eq!(snapped(&TAGS, &(0..0), &(22..22)), Some(20..20), "pressed nearer to its beginning");
    assert_eq!(snapped(&TAGS, &(0..0), &(28..28)), Some(30..30), "pressed nearer to its end");
    for well in [5..5, 10..10, 0..0, 15..15, 40..40, 5..10, 0..40] {
        assert_eq!(snapped(&TAGS, &(0..0), &well), None);
    }
}

#[test]
fn a_selection_takes_a_tag_whole_or_not_at_all() {
    assert_eq!(snapped(&TAGS, &(2..5), &(2..6)), Some(2..10), "extended into it");
    assert_eq!(snapped(&TAGS, &(2..10), &(2..9)), Some(2..5), "taken back into it");
    assert_eq!(snapped(&TAGS, &(10..15), &(9..15)), Some(5..15));
    assert_eq!(snapped(&TAGS, &(0..0), &(7..25)), Some(5..30), "drawn from within one to within another");
}

#[test]
fn deleting_at_the_edge_of_a_tag_selects_it_first() {
    assert_eq!(to_delete(&TAGS, 10, false), Some(5..10));
    assert_eq!(to_delete(&TAGS, 5, true), Some(5..10));
    assert_eq!(to_delete(&TAGS, 5, false), None);
    assert_eq!(to_delete(&TAGS, 10, true), None);
}

#[test]
fn the_direction_of_a_long_text_is_that_of_its_first_letter() {
    use chatkit_widget::state::select::direction;
    let long = |start: &str| start.to_owned() + &"x".repeat(30_000);
    assert_eq!(direction("שלום"), "auto");
    assert_eq!(direction(&long("12 — שלום ")), "rtl");
    assert_eq!(direction(&long("😀 مرحبا ")), "rtl");
    assert_eq!(direction(&long("\n日本 ")), "ltr");
}
