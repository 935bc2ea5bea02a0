//! The reader's own message, as servers send it back: it is on screen once, and never "not sent".

use chatkit_widget::state::UserAction;
use chatkit_widget::state::select::UserItemState;
use proptest::prelude::*;
use serde_json::json;

use super::*;

/// One way of a server to send a message back.
fn echo(kind: &str, item: Value) -> Value {
    let mut whole = json!({"type": "user_message", "thread_id": "thr_1"});
    whole.as_object_mut().unwrap().extend(item.as_object().unwrap().clone());
    json!({"type": format!("thread.item.{kind}"), "item": whole})
}

fn echoes() -> impl Strategy<Value = Vec<Value>> {
    let id = prop::sample::select(vec![
        json!("msg_u"),
        json!("msg_u"),
        json!(7),
        json!("tmp"),
        json!(""),
        Value::Null,
    ]);
    let content = prop::sample::select(vec![
        json!([{"type": "input_text", "text": "hello"}]),
        json!([{"type": "text", "text": "hello"}]),
        json!([{"text": "hello"}]),
        json!("hello"),
        json!([]),
        Value::Null,
        json!(true),
    ]);
    let kind = prop::sample::select(vec!["added", "done", "done", "replaced"]);
    let one = (kind, id, content).prop_map(|(kind, id, content)| {
        echo(kind, json!({"id": id, "content": content, "attachments": null, "quoted_text": ""}))
    });
    prop::collection::vec(one, 0..4)
}

proptest! {
    #[test]
    fn whatever_comes_back_the_message_is_there_once_and_sent(
        before in echoes(), after in echoes(), named: bool, known: bool,
    ) {
        let mut element = Element::new();
        if known {
            element.converse("hello", "An older answer");
        }
        element.say("hello").head();
        if named && !known {
            element.event(created("thr_1"));
        }
        let rows = element.said().len();
        for event in before {
            element.event(event);
        }
        element.event(assistant_added("msg_b")).event(delta("msg_b", 0, "Hi"));
        for event in after {
            element.event(event);
        }
        element.event(assistant_done("msg_b", "Hi")).end();
        let said = element.said();
        prop_assert_eq!(said.len(), rows, "{:?}", said);
        prop_assert!(said.iter().all(|row| *row == ("hello".to_owned(), UserItemState::Sent)), "{:?}", said);
        prop_assert_eq!(element.view().banner, None);
        prop_assert_eq!(element.errors(), Vec::<&str>::new());
    }
}

#[test]
fn an_id_that_changes_is_followed_and_the_last_one_counts() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1"));
    element.event(echo("added", json!({"id": "tmp_1", "content": "hello"})));
    element.event(echo("done", json!({"id": "msg_1", "content": "hello"}))).fail(Failure::Cut).wait();
    element.reply(page(vec![user_item("msg_1", "hello")], None));
    let Some(ClientRequest::ThreadsRetryAfterItem { item_id, .. }) = element.requests().pop() else {
        panic!("{:?}", element.ops())
    };
    assert_eq!(item_id, "msg_1");
}

#[test]
fn an_older_message_that_is_sent_again_is_not_taken_for_the_new_one() {
    let mut element = Element::new();
    element.converse("first", "one").say("second").head();
    element.event(user_done("msg_u0", "first")).event(user_done("msg_2", "second"));
    element.event(assistant_done("msg_b", "two")).end();
    let said: Vec<_> = element.said().into_iter().map(|(text, _)| text).collect();
    assert_eq!(said, ["first", "second"]);
    assert_eq!(element.view().banner, None);
}

#[test]
fn what_was_sent_along_stays_where_the_server_does_not_repeat_it() {
    let mut element = Element::new();
    element.draft("hello");
    element.act(Action::Host(HostAction::SetComposer {
        call: HostCall(1),
        content: None,
        reply: Some(Some("the passage".into())),
        around: Around::default(),
    }));
    element.user(UserAction::Submit).head().event(created("thr_1"));
    element.event(echo("done", json!({"id": "m", "content": null}))).event(assistant_done("b", "Hi")).end();
    let select::Body::Thread { items, .. } = element.view().body else { panic!() };
    let select::ItemView::User(user) = &*items[0] else { panic!("{items:?}") };
    assert_eq!((user.text().as_str(), user.quote.as_deref()), ("hello", Some("the passage")));
}
