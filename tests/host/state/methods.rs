//! What a page can call (ChatKit protocol §3): every call is answered once, and a busy chat says so.

use chatkit_widget::protocol::{Action as CustomAction, UserMessageContent};
use chatkit_widget::state::select::{Body, UserItemState};
use chatkit_widget::state::{Failure, HostAction, HostCall, Rejection, UserAction};
use serde_json::json;

use super::*;

fn message(call: u64, text: &str, new_thread: bool) -> HostAction {
    HostAction::Send {
        call: HostCall(call),
        content: vec![UserMessageContent::text(text)],
        quoted_text: None,
        attachments: Vec::new(),
        new_thread,
        tool: None,
        model: None,
    }
}

fn custom(call: u64) -> HostAction {
    let action = CustomAction { kind: "refresh".into(), payload: None };
    HostAction::CustomAction { call: HostCall(call), action, item_id: None }
}

fn refused(element: &Element, call: u64) -> Rejection {
    let why = |effect: &Effect| match effect {
        Effect::Answer(HostCall(of), Err(why)) if *of == call => Some(why.clone()),
        _ => None,
    };
    element.effects.iter().find_map(why).expect("a refusal")
}

#[test]
fn what_is_called_before_the_options_waits_for_them_in_order() {
    let mut element = Element::bare();
    element.act(Action::Host(HostAction::SetComposer {
        call: HostCall(1),
        content: Some(vec![UserMessageContent::text("draft")]),
        reply: None,
        around: Around::default(),
    }));
    element.act(Action::Host(message(2, "hello", false)));
    element.act(Action::Host(message(3, "too early for a second one", false)));
    assert!(element.effects.is_empty(), "{:?}", element.effects);
    element.act(Action::Host(HostAction::Options(Rc::new(Config::for_url("/chatkit")))));
    assert_eq!(element.emitted(), ["ready", "response.start"]);
    assert_eq!(element.answers(), [(HostCall(1), None), (HostCall(3), Some("ChatKitBusyError"))]);
    element.head();
    assert_eq!(element.answers()[2], (HostCall(2), None));
    assert_eq!(element.view().composer.text, "draft");
}

#[test]
fn what_is_called_while_the_first_thread_loads_waits_for_it() {
    let mut config = Config::for_url("/chatkit");
    config.initial_thread = Some("thr_1".into());
    let mut element = Element::with(config);
    element.act(Action::Host(message(1, "and now?", false)));
    element.act(Action::Host(HostAction::FocusComposer(HostCall(2))));
    assert!(element.answers().is_empty());
    element.reply(thread("thr_1"));
    assert_eq!(element.ops(), ["threads.get_by_id", "threads.add_user_message"]);
    element.head();
    assert_eq!(element.answers(), [(HostCall(2), None), (HostCall(1), None)]);
    // From then on a chat that loads is busy.
    element.event(user_done("msg_1", "and now?")).event(assistant_done("msg_2", "Well")).end().fresh();
    element.act(Action::Host(HostAction::SetThread(HostCall(3), Some("thr_2".into()))));
    element.act(Action::Host(message(4, "no", false)));
    assert_eq!(element.answers(), [(HostCall(4), Some("ChatKitBusyError"))]);
}

#[test]
fn a_first_thread_that_does_not_come_frees_the_calls_that_waited_for_it() {
    let mut config = Config::for_url("/chatkit");
    config.initial_thread = Some("thr_gone".into());
    let mut element = Element::with(config);
    element.act(Action::Host(message(1, "hello", false))).reply_failed(status(404)).head();
    assert_eq!(element.answers(), [(HostCall(1), None)]);
    assert_eq!(element.ops(), ["threads.get_by_id", "threads.create"]);
}

#[test]
fn a_chat_that_answers_refuses_what_would_disturb_it() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello")).fresh();
    element.act(Action::Host(message(1, "no", true)));
    element.act(Action::Host(HostAction::SetThread(HostCall(2), Some("thr_2".into()))));
    element.act(Action::Host(custom(3)));
    element.act(Action::Host(HostAction::FetchUpdates(HostCall(4))));
    let busy = Some("ChatKitBusyError");
    assert_eq!(element.answers(), (1..=4).map(|call| (HostCall(call), busy)).collect::<Vec<_>>());
    // A new chat is the way out of everything.
    element.fresh().act(Action::Host(HostAction::SetThread(HostCall(5), None)));
    assert_eq!(element.answers(), [(HostCall(5), None)]);
    assert!(element.ops().is_empty());
}

#[test]
fn a_message_is_accepted_when_the_server_accepts_it_not_when_the_answer_is_whole() {
    let mut element = Element::new();
    element.act(Action::Host(message(1, "hello", false)));
    assert!(element.answers().is_empty());
    element.head();
    assert_eq!(element.answers(), [(HostCall(1), None)]);
    element.event(created("thr_1")).event(user_done("msg_1", "hello")).fail(Failure::Cut);
    assert_eq!(element.answers().len(), 1, "a call is answered once");
}

#[test]
fn a_message_nobody_takes_is_refused_and_stays_with_the_reader() {
    let mut element = Element::new();
    element
        .act(Action::Host(message(1, "hello", false)))
        .fail(Failure::Session { detail: "HTTP 503".into(), says: Key::NoConnection });
    assert!(matches!(refused(&element, 1), Rejection::Failed(why) if why.contains("HTTP 503")));
    assert_eq!(element.said().len(), 1);
}

#[test]
fn a_custom_action_needs_an_open_thread() {
    let mut element = Element::new();
    element.act(Action::Host(custom(1)));
    assert!(matches!(refused(&element, 1), Rejection::Failed(why) if why.contains("open thread")));
    assert!(element.ops().is_empty());
    assert_eq!(element.emitted(), ["ready"]);
}

#[test]
fn a_custom_action_is_a_response_of_its_own() {
    let mut element = Element::new();
    element.converse("hello", "Hi").fresh().act(Action::Host(custom(1)));
    assert_eq!(
        serde_json::from_str::<Value>(&element.requests()[0].body()).unwrap(),
        json!({"type": "threads.custom_action", "metadata": {},
               "params": {"thread_id": "thr_1", "action": {"type": "refresh"}}})
    );
    element.head().event(assistant_done("msg_2", "Refreshed")).end();
    assert_eq!(element.answers(), [(HostCall(1), None)]);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
    assert_eq!(element.answers_shown(), ["Hi", "Refreshed"]);
}

#[test]
fn a_custom_action_that_may_have_been_carried_out_is_never_repeated() {
    for failure in [Failure::NoConnection, Failure::Cut, Failure::EmptyBody, status(500), status(502)] {
        let mut element = Element::new();
        element.converse("hello", "Hi").fresh().act(Action::Host(custom(1))).fail(failure);
        assert_eq!(element.ops(), ["threads.custom_action"]);
        assert_eq!(element.timer(), None);
        assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
        assert!(element.view().banner.expect("a banner").remedies.is_empty());
        assert!(matches!(refused(&element, 1), Rejection::Failed(_)));
        // The conversation goes on.
        element.say("and?");
        assert_eq!(element.ops()[1..], ["threads.add_user_message"]);
    }
}

#[test]
fn a_custom_action_the_server_certainly_did_not_take_is_tried_again() {
    let mut element = Element::new();
    element.converse("hello", "Hi").fresh().act(Action::Host(custom(1))).fail(status(429)).wait().head();
    assert_eq!(element.ops(), ["threads.custom_action", "threads.custom_action"]);
    assert_eq!(element.answers(), [(HostCall(1), None)]);
}

#[test]
fn a_custom_action_never_costs_a_message_that_was_not_sent() {
    let mut element = Element::new();
    element
        .converse("hello", "Hi")
        .say("precious")
        .fail(Failure::Session { detail: String::new(), says: Key::NoConnection });
    element.act(Action::Host(custom(1))).head().end();
    assert_eq!(element.said()[1], ("precious".to_owned(), UserItemState::Aside));
}

#[test]
fn a_call_that_was_given_up_for_another_thread_is_answered() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    element.user(UserAction::NewThread);
    assert!(matches!(refused(&element, 1), Rejection::Failed(_)));
    assert!(matches!(element.view().body, Body::Start { .. }));
}
