//! What arrives between two frames is parsed once, and never too much of it.

use chatkit_widget::markdown::{Arriving, Document};
use proptest::prelude::*;

use super::cost::{blocks, repeated};
use super::fixtures;
use super::streaming::{assert_same, chunks};

#[test]
fn a_hundred_deltas_between_two_frames_cost_one_parse() {
    let text = repeated("", "Words and *more* words, [linked](https://example.org).\n\n", 4000);
    let mut arriving = Arriving::default();
    for delta in chunks(&text, 12) {
        arriving.append(delta);
    }
    assert_eq!(arriving.document().parsed_bytes(), 0);
    assert!(arriving.take_in());
    assert!(!arriving.is_behind() && !arriving.take_in());
    let parsed = arriving.document().parsed_bytes() as f64 / text.len() as f64;
    assert!(parsed < 2.1, "{parsed} bytes a byte");
}

/// What a frame may parse at most, however the text goes on: the slice that is new, and what could not settle before.
const A_FRAME: usize = 220_000;

#[test]
fn a_giant_delta_is_many_frames_and_none_of_them_is_long() {
    for (name, head, line) in blocks() {
        let text = repeated(head, line, 300_000);
        let mut arriving = Arriving::new(&text);
        arriving.finish();
        let (mut frames, mut before) = (0, 0);
        while arriving.take_in() {
            let parsed = arriving.document().parsed_bytes();
            // The last frame may do what waited for the end: references that were defined late.
            assert!(
                parsed - before < A_FRAME || !arriving.is_behind(),
                "{name}, frame {frames}: {}",
                parsed - before
            );
            (frames, before) = (frames + 1, parsed);
        }
        assert!((18..25).contains(&frames), "{name}: {frames}");
        assert!(before < 16 * text.len(), "{name}: {before} bytes parsed");
    }
}

#[test]
fn megabytes_in_one_delta_are_there_within_some_seconds_of_frames() {
    let text = repeated("", "Words and *more* words, [linked](https://example.org).\n\n", 2_000_000);
    let mut arriving = Arriving::new(&text);
    arriving.finish();
    let mut frames = 0;
    while arriving.take_in() {
        frames += 1;
    }
    assert!(frames < 100, "{frames}");
    assert!(arriving.document().parsed_bytes() < 3 * text.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn however_often_it_is_drawn_meanwhile_the_reader_ends_up_with_the_same(
        which in 0..fixtures::ALL.len(), size in 1_usize..40, draws in prop::collection::vec(any::<bool>(), 1..50),
    ) {
        let (name, text) = fixtures::ALL[which];
        let mut arriving = Arriving::default();
        for (delta, draw) in chunks(text, size).into_iter().zip(draws.iter().cycle()) {
            arriving.append(delta);
            if *draw {
                arriving.take_in();
            }
        }
        arriving.finish();
        while arriving.take_in() {}
        assert_same(name, "with frames in between", arriving.document(), text);
    }
}

#[test]
fn words_after_the_end_begin_a_block_of_their_own() {
    let mut arriving = Arriving::new("One.");
    arriving.finish();
    arriving.append("Two.");
    arriving.finish();
    while arriving.take_in() {}
    assert_eq!(arriving.document(), &Document::parse("One.\n\nTwo."));
}
