//! How often a growing answer is drawn.

use std::time::Duration;

use chatkit_widget::state::pace::{until_next, until_read};

use super::*;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn what_is_read_while_it_comes_is_drawn_as_often_as_it_can_be_followed() {
    // A model's usual four hundred characters a second, and the first words after a pause.
    assert_eq!(until_next(20, ms(50)), until_next(0, ms(0)));
    assert_eq!(until_next(48, ms(5_000)), until_next(0, ms(0)));
}

#[test]
fn what_comes_faster_than_anybody_reads_costs_a_third_of_the_frames() {
    let reading = until_next(20, ms(50));
    let skimming = until_next(300, ms(50));
    assert!(skimming > reading && skimming <= reading * 3);
    // Drawn more slowly, it is as fast as before: the pace does not swing.
    assert_eq!(until_next(600, ms(100)), skimming);
    assert_eq!(until_next(usize::MAX, ms(0)), skimming);
}

#[test]
fn a_stream_is_read_before_the_drawing_that_is_due_and_at_once_when_none_is() {
    for rest in [until_next(20, ms(50)), until_next(300, ms(50))] {
        let wait = until_read(rest);
        assert!(wait < rest && wait > rest / 2, "{wait:?} of {rest:?}");
    }
    assert_eq!(until_read(ms(1)), ms(0));
    assert_eq!(until_read(ms(0)), ms(0));
}

#[test]
fn text_counts_once_for_the_frame_that_shows_it_first() {
    let mut element = Element::new();
    element.say("c").head().event(user_done("m9", "c")).event(assistant_added("m10"));
    element.view();
    element.event(delta("m10", 0, "four")).event(delta("m10", 0, "five5"));
    assert_eq!(element.view().arrived, 9);
    assert_eq!(element.view().arrived, 0);
}
