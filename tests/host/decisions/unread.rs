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

/// A document's title, collapsing spaces as browsers do.
struct Page(String);

impl Page {
    fn write(&mut self, title: &str) {
        self.0 = title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }

    fn marked(&mut self, hint: &mut TitleHint, mark: &str) -> &str {
        if let Some(title) = hint.mark(&self.0, mark) {
            self.write(&title);
            hint.written(self.0.clone());
        }
        assert_eq!(hint.mark(&self.0, mark), None, "written once");
        &self.0
    }
}

#[test]
fn the_title_carries_the_hint_and_the_page_gets_its_own_back() {
    let (mut page, mut hint) = (Page("Servo".into()), TitleHint::default());
    assert_eq!(page.marked(&mut hint, "(1)"), "(1) Servo");
    assert_eq!(page.marked(&mut hint, "(2)"), "(2) Servo");
    assert_eq!(hint.page(), "Servo");
}

#[test]
fn a_router_that_changes_the_title_meanwhile_keeps_its_new_one() {
    let (mut page, mut hint) = (Page("Servo".into()), TitleHint::default());
    page.marked(&mut hint, "(1)");
    page.write("Stepper");
    assert_eq!(page.marked(&mut hint, "(1)"), "(1) Stepper");
    assert_eq!(hint.page(), "Stepper");
}

#[test]
fn a_page_whose_title_begins_like_a_hint_keeps_it() {
    let (mut page, mut hint) = (Page("(1) Inbox".into()), TitleHint::default());
    assert_eq!(page.marked(&mut hint, "(1)"), "(1) (1) Inbox");
    assert_eq!(hint.page(), "(1) Inbox");
}

#[test]
fn a_hint_is_recognised_in_the_words_the_browser_gives_it_back() {
    let (mut page, mut hint) = (Page(String::new()), TitleHint::default());
    assert_eq!(page.marked(&mut hint, " (1)  new "), "(1) new");
    assert_eq!(page.marked(&mut hint, " (2)  new "), "(2) new");
    assert_eq!(hint.page(), "");
}
