//! The promise: what the reader wrote is stored once, whatever fails.

use chatkit_widget::state::select::{Remedy, UserItemState};
use chatkit_widget::state::{Failure, UserAction};
use serde_json::json;

use super::*;

#[test]
fn a_message_that_did_arrive_is_not_sent_again() {
    let mut element = Element::new();
    element.converse("a", "b").fresh().say("c").fail(Failure::NoConnection).wait();
    assert_eq!(element.ops(), ["threads.add_user_message", "items.list"]);
    element.reply(page(
        vec![user_item("msg_c", "c"), assistant_item("msg_a0", "b"), user_item("msg_u0", "a")],
        None,
    ));
    assert_eq!(element.ops()[2..], ["threads.retry_after_item"]);
    element.head().event(assistant_done("msg_d", "d")).end();
    assert_eq!(element.said().len(), 2);
    assert_eq!(element.said()[1], ("c".to_owned(), UserItemState::Sent));
    assert_eq!(element.answers_shown(), ["b", "d"]);
}

#[test]
fn a_message_that_cannot_be_on_its_way_any_more_is_sent_again() {
    let mut element = Element::new();
    element.converse("a", "b").fresh().say("c").fail(status(503)).wait();
    element.reply(page(vec![assistant_item("msg_a0", "b"), user_item("msg_u0", "a")], None));
    assert_eq!(element.ops(), ["threads.add_user_message", "items.list", "threads.add_user_message"]);
}

#[test]
fn a_message_that_may_still_arrive_is_looked_for_and_then_the_reader_decides() {
    let mut element = Element::new();
    let before = page(vec![assistant_item("msg_a0", "b"), user_item("msg_u0", "a")], None);
    element.converse("a", "b").fresh().say("c").fail(Failure::NoConnection).look_in_vain(&before);
    assert_eq!(element.ops(), ["threads.add_user_message", "items.list", "items.list", "items.list"]);
    assert_eq!(element.said()[1], ("c".to_owned(), UserItemState::Unconfirmed));
    let banner = element.view().banner.expect("a banner");
    assert_eq!(banner.text, "It is not certain that your message was sent. Try again, or edit it.");
    let [Remedy::RetryTurn, Remedy::EditMessage(row)] = banner.remedies[..] else { panic!("{banner:?}") };
    // Try again looks first, and sends what is not there.
    element.fresh().user(UserAction::RetryTurn).reply(before.clone());
    assert_eq!(element.ops(), ["items.list", "threads.add_user_message"]);
    // Edit message takes it back.
    element.fail(Failure::NoConnection).look_in_vain(&before).user(UserAction::EditUnsent(row));
    assert_eq!(element.view().composer.text, "c");
    assert_eq!(element.said().len(), 1);
    assert_eq!(element.view().banner, None);
}

#[test]
fn a_request_that_comes_late_is_found() {
    let mut element = Element::new();
    let before = page(vec![assistant_item("msg_a0", "b"), user_item("msg_u0", "a")], None);
    element.converse("a", "b").fresh().say("c").fail(Failure::NoConnection).wait().reply(before).wait();
    element.reply(page(
        vec![user_item("msg_c", "c"), assistant_item("msg_a0", "b"), user_item("msg_u0", "a")],
        None,
    ));
    assert_eq!(element.ops()[3..], ["threads.retry_after_item"]);
}

#[test]
fn a_server_that_knows_keys_gets_the_same_request_again_without_a_lookup() {
    let mut config = Config::for_url("/chatkit");
    config.api.idempotent = true;
    let mut element = Element::with(config);
    element.say("hello").fail(Failure::NoConnection).wait().fail(Failure::Cut).wait();
    element.fail(Failure::NoConnection).user(UserAction::RetryTurn);
    assert_eq!(element.ops(), ["threads.create"; 4]);
    let keys = element.keys("threads.create");
    assert!(!keys[0].is_empty() && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    element
        .head()
        .event(created("thr_1"))
        .event(user_done("m", "hello"))
        .event(assistant_done("n", "Hi"))
        .end();
    assert_ne!(element.say("more").keys("threads.add_user_message")[0], keys[0]);
}

#[test]
fn a_server_that_knows_keys_gets_the_same_request_also_when_the_thread_is_known_by_now() {
    let mut config = Config::for_url("/chatkit");
    config.api.idempotent = true;
    let mut element = Element::with(config);
    element.say("hello").head().event(created("thr_1")).fail(Failure::Cut).wait();
    assert_eq!(element.ops(), ["threads.create"; 2]);
    // And when it is known that the message is stored: the server goes on with the answer.
    element.head().event(created("thr_1")).event(user_done("m", "hello")).fail(Failure::Cut).wait();
    let keys = element.keys("threads.create");
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    element
        .head()
        .event(created("thr_1"))
        .event(user_done("m", "hello"))
        .event(assistant_done("n", "Hi"))
        .end();
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Sent)]);
    assert_eq!(element.answers_shown(), ["Hi"]);
}

#[test]
fn a_success_that_cannot_be_read_has_arrived_and_is_not_sent_again() {
    for failure in [
        Failure::NotAStream { content_type: "text/html".into(), excerpt: "<h1>".into() },
        Failure::NoEvent { frames: 2, first: "expected JSON".into() },
        Failure::EmptyBody,
    ] {
        let mut element = Element::new();
        element.say("hello").head().fail(failure);
        element.look_in_vain(&page(vec![], None));
        assert_eq!(element.ops()[0], "threads.create");
        assert!(element.ops()[1..].iter().all(|op| *op == "threads.list"), "{:?}", element.ops());
        assert_eq!(element.view().banner.expect("a banner").remedies[0], Remedy::RetryTurn);
    }
}

#[test]
fn a_page_without_rows_says_nothing_unless_it_is_a_page() {
    let mut element = Element::new();
    element.converse("a", "b").fresh().say("c").fail(status(503)).wait().reply(json!({"status": "ok"}));
    assert_eq!(element.ops(), ["threads.add_user_message", "items.list"]);
    assert!(element.timer().is_some(), "it is looked for again");
}

#[test]
fn a_message_is_looked_for_down_to_what_was_there_before_it() {
    let mut element = Element::new();
    element.converse("a", "b").fresh().say("c").fail(Failure::NoConnection).wait();
    let others: Vec<_> = (0..20).map(|n| user_item(&format!("other_{n}"), "x")).collect();
    element.reply(page(others, Some("other_19")));
    element.reply(page(vec![user_item("msg_c", "c"), assistant_item("msg_a0", "b")], None));
    assert_eq!(
        element.ops(),
        ["threads.add_user_message", "items.list", "items.list", "threads.retry_after_item"]
    );
}

#[test]
fn another_message_can_be_sent_beside_one_that_cannot() {
    let mut element = Element::new();
    element.converse("a", "b").say("first");
    element.fail(Failure::Session { detail: "no".into(), says: Key::NoConnection }).fresh();
    element.converse("second", "yes");
    assert_eq!(element.ops(), ["threads.add_user_message"]);
    let said = element.said();
    assert_eq!(said[1], ("first".to_owned(), UserItemState::Aside));
    let row = element.state.items.iter().find(|entry| entry.item.id().is_empty()).expect("its row").key;
    element.fresh().user(UserAction::RetryUnsent(row)).head();
    assert_eq!(element.ops(), ["threads.add_user_message"]);
}

#[test]
fn saying_the_same_thing_twice_is_not_mistaken_for_an_arrival() {
    let mut element = Element::new();
    element.converse("again", "b").fresh().say("again").fail(status(503)).wait();
    element.reply(page(vec![assistant_item("msg_a0", "b"), user_item("msg_u0", "again")], None));
    assert_eq!(element.ops()[2..], ["threads.add_user_message"]);
}

#[test]
fn a_lost_first_message_is_looked_for_among_the_threads_never_seen() {
    let mut element = Element::new();
    // A thread of this reader with the very same question exists and is known.
    element.converse("hello", "old").user(UserAction::NewThread).fresh();
    element.say("hello").fail(Failure::NoConnection).wait();
    assert_eq!(element.ops(), ["threads.create", "threads.list"]);
    element.reply(page(vec![thread("thr_other"), thread("thr_2"), thread("thr_1")], None));
    element.reply(page(vec![user_item("x", "something else")], None));
    element.reply(page(vec![user_item("msg_h", "hello")], None));
    assert_eq!(
        element.ops(),
        ["threads.create", "threads.list", "items.list", "items.list", "threads.retry_after_item"]
    );
    assert_eq!(element.state.thread.id(), Some("thr_2"));
    assert_eq!(element.emitted().last().map(String::as_str), Some("thread.change thr_2"));
}

#[test]
fn a_thread_that_holds_more_of_the_reader_is_never_taken_for_the_lost_one() {
    let mut element = Element::new();
    element.say("hello").fail(status(503)).wait();
    element.reply(page(vec![thread("thr_9")], None));
    element.reply(page(
        vec![user_item("m1", "hello"), assistant_item("m2", "x"), user_item("m3", "more")],
        None,
    ));
    // Its answers must not be deleted by a retry: the message is sent as new.
    assert_eq!(element.ops(), ["threads.create", "threads.list", "items.list", "threads.create"]);
}

#[test]
fn with_the_server_down_the_reader_keeps_the_text_and_a_retry_that_looks_first() {
    let mut element = Element::new();
    element.say("hello").fail(Failure::NoConnection);
    for _ in 0..3 {
        assert_eq!(element.view().status.as_deref(), Some("Checking whether your message arrived…"));
        element.wait().reply_failed(Failure::NoConnection);
    }
    let view = element.view();
    assert_eq!(view.banner.expect("a banner").remedies[0], Remedy::RetryTurn);
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Unconfirmed)]);
    assert_eq!(element.emitted()[1..], ["response.start", "error", "response.end"]);
    element.fresh().user(UserAction::RetryTurn);
    assert_eq!(element.ops(), ["threads.list"]);
    element.reply(page(vec![], None)).head().event(created("thr_1")).event(user_done("m1", "hello"));
    element.event(assistant_done("m2", "Hi")).end();
    assert_eq!(element.ops(), ["threads.list", "threads.create"]);
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Sent)]);
    assert_eq!(element.view().banner, None);
}

#[test]
fn an_empty_200_is_settled_too() {
    let mut element = Element::new();
    element.say("hello").head().end().wait();
    assert_eq!(element.ops(), ["threads.create", "threads.list"]);
}

#[test]
fn a_thread_made_before_the_stream_broke_is_not_made_again() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).fail(Failure::Cut).wait();
    assert_eq!(element.ops(), ["threads.create", "items.list"]);
    // It arrived, as the thread shows: it is looked for, and never sent to another one.
    element.reply(page(vec![], None)).look_in_vain(&page(vec![], None));
    element.user(UserAction::RetryTurn).reply(page(vec![], None));
    assert_eq!(element.ops().last(), Some(&"threads.add_user_message"));
}

#[test]
fn leaving_for_another_thread_gives_unsent_text_back() {
    let mut element = Element::new();
    element.say("precious").fail(Failure::Session { detail: "no".into(), says: Key::NoConnection });
    element.user(UserAction::NewThread);
    assert_eq!(element.view().composer.text, "precious");
    assert_eq!(element.view().banner, None);
}
