//! A reload of the page in the middle of sending: what was not confirmed stands there again, and is looked for.

use std::collections::BTreeMap;

use chatkit_widget::state::select::{ComposerMode, Remedy, UserItemState};
use chatkit_widget::state::{Failure, HostCall, StructuredAction, UserAction};
use serde_json::json;

use super::*;

/// The tab's storage after what `element` did.
fn storage(element: &Element) -> BTreeMap<String, String> {
    let mut storage = BTreeMap::new();
    for effect in &element.effects {
        match effect {
            Effect::Keep { key, value: Some(value) } => drop(storage.insert(key.clone(), value.clone())),
            Effect::Keep { key, value: None } => drop(storage.remove(key)),
            _ => {}
        }
    }
    storage
}

/// Answers what a new element asks of the storage.
fn recall(element: &mut Element, storage: &BTreeMap<String, String>) {
    let asked: Vec<String> = element
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Recall { key } => Some(key.clone()),
            _ => None,
        })
        .collect();
    for key in asked {
        let value = storage.get(&key).cloned();
        element.act(Action::Recalled { key, value });
    }
}

#[test]
fn a_first_message_that_was_on_its_way_is_looked_for_and_its_answer_asked_for() {
    let mut before = Element::new();
    before.say("hello");
    let mut after = Element::new();
    recall(&mut after, &storage(&before));
    assert_eq!(after.said(), [("hello".to_owned(), UserItemState::Unconfirmed)]);
    assert_eq!(after.ops(), ["threads.list"], "looked up, not sent");
    after.reply(page(vec![thread("thr_1")], None)).reply(page(vec![user_item("m", "hello")], None));
    assert_eq!(after.ops().last(), Some(&"threads.retry_after_item"));
    after.head().event(assistant_done("n", "Hi")).end();
    assert_eq!(after.said(), [("hello".to_owned(), UserItemState::Sent)]);
    assert!(storage(&after).is_empty());
}

#[test]
fn a_message_that_is_not_there_waits_for_the_reader() {
    let mut before = Element::new();
    before.say("hello").fail(Failure::Session { detail: "no".into(), says: Key::NotAllowed });
    let mut after = Element::new();
    recall(&mut after, &storage(&before));
    after.reply(page(vec![], None)).look_in_vain(&page(vec![], None));
    assert_eq!(after.view().banner.expect("a banner").remedies[0], Remedy::RetryTurn);
    after.user(UserAction::RetryTurn).reply(page(vec![], None));
    assert_eq!(after.ops().last(), Some(&"threads.create"));
}

#[test]
fn a_server_that_knows_keys_gets_the_key_of_before() {
    let mut before = Element::new();
    before.say("hello");
    let key = before.keys("threads.create")[0].clone();
    let mut config = Config::for_url("/chatkit");
    config.api.idempotent = true;
    let mut after = Element::with(config);
    recall(&mut after, &storage(&before));
    after.reply(page(vec![], None));
    assert_eq!(after.keys("threads.create"), [key]);
}

#[test]
fn a_message_that_the_thread_has_is_not_shown_twice() {
    let mut before = Element::new();
    before.converse("a", "b").say("c").fail(Failure::NoConnection);
    let mut after = Element::new();
    after.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    recall(&mut after, &storage(&before));
    let mut stored = thread("thr_1");
    stored["items"] =
        page(vec![user_item("msg_u0", "a"), assistant_item("msg_a0", "b"), user_item("msg_c", "c")], None);
    after.reply(stored);
    assert_eq!(after.said().len(), 2);
    assert_eq!(after.ops().last(), Some(&"items.list"), "its answer may be there by now");
    after.reply(page(vec![assistant_item("msg_d", "d"), user_item("msg_c", "c")], None));
    assert_eq!(after.answers_shown().last().map(String::as_str), Some("d"));
    assert!(storage(&after).is_empty());
}

#[test]
fn a_message_of_another_thread_waits_until_that_is_on_screen() {
    let mut before = Element::new();
    before.converse("a", "b").say("c").fail(Failure::NoConnection);
    let mut after = Element::new();
    recall(&mut after, &storage(&before));
    assert!(after.said().is_empty() && after.ops().is_empty());
    after.say("something else").head();
    assert!(storage(&after).values().any(|value| value.contains("\"c\"")), "it is still kept");
}

#[test]
fn storage_that_anybody_may_have_written_harms_nobody() {
    for junk in ["", "{", "null", "{}", "[1]", "[{}]", "[{\"content\":7}]", "[{\"content\":[null]}]"] {
        let mut after = Element::new();
        let key = "chatkit-widget:unsent:/chatkit".to_owned();
        recall(&mut after, &BTreeMap::from([(key, junk.to_owned())]));
        assert!(after.said().is_empty(), "{junk}");
        after.converse("works", "yes");
        assert_eq!(after.answers_shown(), ["yes"]);
    }
}

#[test]
fn what_stands_in_a_form_is_there_again() {
    let form = json!({"id": "si_1", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07",
        "type": "structured_input", "status": "pending",
        "inputs": [{"id": "q", "question": "Which?", "type": "freeform"}]});
    let mut before = Element::new();
    before.say("ask me").head().event(created("thr_1")).event(user_done("m", "ask me"));
    before.event(json!({"type": "thread.item.done", "item": form})).end();
    let text = "a long answer".to_owned();
    before.user(UserAction::Structured(StructuredAction::Write { question: 0, text }));
    let mut after = Element::new();
    after.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    recall(&mut after, &storage(&before));
    let mut stored = thread("thr_1");
    stored["items"] = page(vec![user_item("m", "ask me"), form], None);
    after.reply(stored);
    let ComposerMode::Structured(view) = after.view().composer.mode else { panic!("no form") };
    assert_eq!(view.questions[0].text, "a long answer");
}
