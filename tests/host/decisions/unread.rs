//! What nobody has seen yet, and how the page's title says so.

use chatkit_widget::problem::EngineKind;
use chatkit_widget::text::Texts;
use chatkit_widget::widget::{Event, OpenedBy, Plan, TitleHint, Widget};

const OPEN: Event = Event::Open(OpenedBy::Somebody);

fn unread_after(events: &[Event]) -> u32 {
    let mut widget = Widget::default();
    for event in events {
        let _ = widget.step(event.clone(), Plan { first: EngineKind::SelfHosted, fallback: None });
    }
    widget.unread
}

#[test]
fn an_answer_is_unread_until_the_reader_can_see_it() {
    use Event::{ChatError, Close, Hidden, ResponseEnd, ResponseStart};
    for (events, expected) in [
        (vec![OPEN, ResponseStart, ResponseEnd], 0),
        (vec![OPEN, ResponseStart, Close, ResponseEnd], 1),
        (vec![OPEN, ResponseStart, ResponseEnd, Close], 0),
        (vec![ResponseStart, ResponseEnd, ResponseStart, ResponseEnd], 2),
        (vec![ResponseStart, ResponseEnd, OPEN], 0),
        (vec![ResponseStart, ResponseEnd, OPEN, Close], 0),
        (vec![OPEN, ResponseStart, Hidden(true), ResponseEnd], 1),
        (vec![OPEN, ResponseStart, Hidden(true), ResponseEnd, Hidden(false)], 0),
        (vec![ResponseStart, Hidden(true), ResponseEnd, Hidden(false)], 1),
        (vec![Hidden(true), ResponseStart, ResponseEnd, OPEN], 1),
        (vec![ResponseStart, ChatError, ResponseEnd], 0),
        (vec![ResponseEnd], 0),
    ] {
        assert_eq!(unread_after(&events), expected, "{events:?}");
    }
}

#[test]
fn it_is_said_in_words_and_numbers() {
    let texts = Texts::default();
    assert_eq!((texts.unread(1), texts.unread(12)), ("1 new answer".into(), "12 new answers".into()));
    assert_eq!(texts.unread_mark(2), "(2)");
}

#[test]
fn the_title_carries_the_hint_and_gets_it_off_again() {
    let mut hint = TitleHint::new("Servo".into());
    assert_eq!(hint.mark("Servo", "(1)"), Some("(1) Servo"));
    assert_eq!(hint.mark("(1) Servo", "(1)"), None, "written once");
    assert_eq!(hint.mark("(1) Servo", "(2)"), Some("(2) Servo"));
    assert_eq!(hint.take_back("(2) Servo").as_deref(), Some("Servo"));
}

#[test]
fn a_router_that_changes_the_title_meanwhile_keeps_its_new_one() {
    let mut hint = TitleHint::new("Servo".into());
    hint.mark("Servo", "(1)");
    assert_eq!(hint.mark("Stepper", "(1)"), Some("(1) Stepper"));
    assert_eq!(hint.clone().take_back("(1) Stepper").as_deref(), Some("Stepper"));
    assert_eq!(hint.take_back("Gears"), None, "changed in the very last moment");
}

#[test]
fn a_page_whose_title_begins_like_a_hint_keeps_it() {
    let mut hint = TitleHint::new("(1) Inbox".into());
    assert_eq!(hint.mark("(1) Inbox", "(1)"), Some("(1) (1) Inbox"));
    assert_eq!(hint.take_back("(1) (1) Inbox").as_deref(), Some("(1) Inbox"));
}

#[test]
fn a_hint_is_recognised_in_the_words_the_browser_gives_it_back() {
    let mut hint = TitleHint::new(String::new());
    assert_eq!(hint.mark("", " (1)  new "), Some("(1) new"));
    assert_eq!(hint.mark("(1) new", " (1)  new "), None);
    assert_eq!(hint.take_back("(1) new").as_deref(), Some(""));
}
