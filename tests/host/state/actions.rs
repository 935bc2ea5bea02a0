//! What stands under a finished turn: copy, feedback, another answer.

use std::rc::Rc;

use chatkit_widget::config::Config;
use chatkit_widget::protocol::FeedbackKind::{Negative, Positive};
use chatkit_widget::protocol::{ClientRequest, FeedbackKind};
use chatkit_widget::state::select::{Body, ItemView, TurnActionsView};
use chatkit_widget::state::{Entry, ItemKey};
use serde_json::json;

use super::*;

fn element() -> Element {
    let mut config = Config::for_url("/chatkit");
    config.thread_item_actions.feedback = true;
    config.thread_item_actions.retry = true;
    Element::with(config)
}

fn rows(element: &mut Element) -> Vec<Rc<ItemView>> {
    let Body::Thread { items, .. } = element.view().body else { panic!("no conversation") };
    items
}

fn bars(element: &mut Element) -> Vec<TurnActionsView> {
    let bar = |row: &Rc<ItemView>| match &**row {
        ItemView::Actions(bar) => Some(bar.clone()),
        _ => None,
    };
    rows(element).iter().filter_map(bar).collect()
}

fn thumbs(element: &mut Element) -> Vec<(Option<FeedbackKind>, bool)> {
    let feedback = |bar: TurnActionsView| bar.feedback.map(|feedback| (feedback.pressed, feedback.failed));
    bars(element).into_iter().filter_map(feedback).collect()
}

fn press(element: &mut Element, bar: usize, kind: FeedbackKind) {
    let key = bars(element)[bar].key;
    element.user(UserAction::Feedback { key, kind });
}

fn end_of_turn(id: &str) -> serde_json::Value {
    json!({"type": "thread.item.done", "item": {"id": id, "thread_id": "thr_1", "created_at": "", "type": "end_of_turn"}})
}

#[test]
fn an_end_of_turn_has_a_bar_of_its_own_as_soon_as_it_comes() {
    let mut element = element();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_u", "a"));
    element.event(assistant_done("m1", "one")).event(end_of_turn("e1"));
    assert_eq!(bars(&mut element).len(), 1, "while more is streaming");
    element.event(assistant_done("m2", "two")).end();
    let bars = bars(&mut element);
    assert_eq!(bars.iter().map(|bar| bar.copy_text.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    let question = element.state.items.by_id("msg_u").map(|entry| entry.key);
    let retries: Vec<_> = bars.iter().map(|bar| bar.retry.map(|retry| retry.question)).collect();
    assert_eq!(retries, [question, question], "both answer the same question");
}

#[test]
fn what_was_taken_out_of_a_turn_is_not_copied_any_more() {
    let mut element = element();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_u", "a"));
    element.event(assistant_done("m1", "one")).event(assistant_done("m2", "two")).event(end_of_turn("e"));
    assert_eq!(bars(&mut element)[0].copy_text, "one\n\ntwo");
    element.event(json!({"type": "thread.item.removed", "item_id": "m1"}));
    assert_eq!(bars(&mut element)[0].copy_text, "two");
}

#[test]
fn a_thumb_is_pressed_at_once_and_sent_for_everything_the_assistant_did_in_the_turn() {
    let mut element = element();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_u", "a"));
    element.event(
        json!({"type": "thread.item.done", "item": {"id": "w", "thread_id": "thr_1", "created_at": "",
        "type": "widget", "widget": {"type": "Card", "children": []}}}),
    );
    element.event(assistant_done("m1", "one")).event(end_of_turn("e")).end().fresh();
    press(&mut element, 0, Positive);
    assert_eq!(thumbs(&mut element), [(Some(Positive), false)]);
    assert_eq!(
        element.requests(),
        [&ClientRequest::ItemsFeedback {
            thread_id: "thr_1".into(),
            item_ids: vec!["w".into(), "m1".into()],
            kind: Positive
        }]
    );
    element.reply(json!({}));
    press(&mut element, 0, Positive);
    assert_eq!(element.requests().len(), 1, "it is the server's already");
    assert_eq!(element.emitted(), Vec::<String>::new(), "nothing of a turn happens");
}

#[test]
fn a_thumb_that_does_not_reach_the_server_is_taken_back_and_the_bar_says_so() {
    let mut element = element();
    element.converse("a", "b");
    press(&mut element, 0, Positive);
    element.reply(json!({}));
    press(&mut element, 0, Negative);
    element.reply_failed(status(500));
    assert_eq!(thumbs(&mut element), [(Some(Positive), true)]);
    assert_eq!(element.emitted().last().map(String::as_str), Some("error"));
    press(&mut element, 0, Negative);
    assert_eq!(thumbs(&mut element), [(Some(Negative), false)], "pressed again, the sentence goes");
}

#[test]
fn a_rating_stays_when_the_thread_is_left_and_opened_again() {
    let mut element = element();
    element.converse("a", "b").converse("c", "d");
    press(&mut element, 1, Negative);
    element.reply(json!({})).user(UserAction::NewThread);
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    let items = [("msg_u0", "a", "msg_a0", "b"), ("msg_u2", "c", "msg_a2", "d")];
    let items = items.map(|(u, asked, a, said)| [user_item(u, asked), assistant_item(a, said)]).concat();
    let mut stored = thread("thr_1");
    stored["items"] = page(items, None);
    element.reply(stored);
    assert_eq!(thumbs(&mut element), [(None, false), (Some(Negative), false)]);
}

fn texts(element: &Element) -> Vec<String> {
    element.answers_shown()
}

fn question(element: &Element) -> ItemKey {
    element.state.items.iter().next().map(|entry: &Entry| entry.key).expect("a question")
}

#[test]
fn an_old_answer_goes_at_once_and_comes_back_when_nobody_acted_on_the_request() {
    let mut element = element();
    element.converse("a", "b").converse("c", "d");
    let before = rows(&mut element);
    let key = question(&element);
    element.user(UserAction::RetryAfter(key));
    assert_eq!(texts(&element), Vec::<String>::new());
    element.fail(status(403));
    assert_eq!(texts(&element), ["b", "d"]);
    let after = rows(&mut element);
    assert!(before.iter().zip(&after).all(|(before, after)| Rc::ptr_eq(before, after)), "as they were");
    assert!(element.view().banner.is_some(), "and the reader is told");
}

#[test]
fn an_old_answer_does_not_come_back_once_the_server_has_acted() {
    let mut element = element();
    element.converse("a", "b");
    let key = question(&element);
    element.user(UserAction::RetryAfter(key)).head();
    element.event(json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}));
    element.event(assistant_added("m9")).event(delta("m9", 0, "half")).fail(Failure::Cut);
    assert_eq!(texts(&element), ["half"]);
}

#[test]
fn an_old_answer_survives_attempts_that_fail_and_goes_with_the_one_that_does_not() {
    let mut element = element();
    element.converse("a", "b");
    let key = question(&element);
    element.user(UserAction::RetryAfter(key)).fail(status(503));
    assert_eq!(texts(&element), Vec::<String>::new(), "it is being tried again");
    element.wait().head().event(assistant_done("m9", "new")).end();
    assert_eq!(texts(&element), ["new"]);
    element.user(UserAction::RetryAfter(key)).user(UserAction::Stop);
    assert_eq!(texts(&element), ["new"], "stopped before anything came");
}

#[test]
fn a_server_that_does_not_know_the_message_takes_no_answer_away() {
    let mut element = element();
    element.converse("a", "b");
    let key = question(&element);
    element.user(UserAction::RetryAfter(key));
    // An unknown item: 200, an empty body, nothing deleted (ChatKit protocol §5.5).
    element.head().end().wait().head().end().wait().head().end();
    assert_eq!(texts(&element), ["b"]);
    assert!(element.view().banner.is_some());
}

#[test]
fn another_answer_cannot_be_asked_for_while_one_is_given_nor_in_a_closed_thread() {
    let ready = |element: &mut Element| -> Vec<bool> {
        bars(element).iter().filter_map(|bar| bar.retry.map(|retry| retry.ready)).collect()
    };
    let mut element = element();
    element.converse("a", "b");
    assert_eq!(ready(&mut element), [true]);
    element.say("c").head();
    assert_eq!(ready(&mut element), [false]);
    element.event(user_done("msg_u9", "c")).event(assistant_done("msg_a9", "d"));
    let mut closed = thread("thr_1");
    closed["status"] = json!({"type": "closed"});
    element.event(json!({"type": "thread.updated", "thread": closed})).end();
    assert_eq!(ready(&mut element), Vec::<bool>::new());
}
