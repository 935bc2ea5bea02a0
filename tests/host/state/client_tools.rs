//! Functions of the page that the assistant asks for: each is run once, and the turn spans them all.

use chatkit_widget::json::Json;
use chatkit_widget::protocol::ClientRequest;
use chatkit_widget::state::select::{Remedy, SendButton};
use chatkit_widget::state::{
    Failure, HostAction, HostCall, Rejection, SiteAsk, SiteCallId, SiteError, UserAction,
};
use serde_json::json;

use super::*;

fn json(value: Value) -> Json {
    serde_json::from_value(value).unwrap()
}

fn call_item(id: &str, name: &str, status: &str) -> Value {
    json!({"id": id, "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07.684528", "type": "client_tool_call",
           "status": status, "call_id": "call_1", "name": name, "arguments": {"project": "p1"}})
}

fn call_done(id: &str, name: &str) -> Value {
    json!({"type": "thread.item.done", "item": call_item(id, name, "pending")})
}

fn options() -> Value {
    json!({"type": "stream_options", "stream_options": {"allow_cancel": true}})
}

/// The page's functions that were called, with the name of each call.
fn asked(element: &Element) -> Vec<(SiteCallId, String)> {
    let ask = |effect: &Effect| match effect {
        Effect::Site { call, ask: SiteAsk::ClientTool { name, .. } } => Some((*call, name.clone())),
        _ => None,
    };
    element.effects.iter().filter_map(ask).collect()
}

fn answer(element: &mut Element, answer: Result<Json, SiteError>) {
    let (call, _) = asked(element).pop().expect("no tool was run");
    element.act(Action::Site { call, answer });
}

/// The results that were sent to the server.
fn results(element: &Element) -> Vec<Json> {
    let result = |request: &ClientRequest| match request {
        ClientRequest::ThreadsAddClientToolOutput { result, .. } => Some(result.clone()),
        _ => None,
    };
    element.requests().into_iter().filter_map(result).collect()
}

/// A question whose stream ends with a call of `get_selection`.
fn waiting() -> Element {
    let mut element = Element::new();
    element.converse("hello", "Hi").fresh().say("tool").head();
    element
        .event(user_done("msg_t", "tool"))
        .event(options())
        .event(call_done("tc_1", "get_selection"))
        .end();
    element
}

#[test]
fn a_tool_is_run_after_the_stream_closed_and_its_result_goes_on_with_the_same_turn() {
    let mut element = Element::new();
    element.say("tool").head().event(created("thr_1")).event(user_done("msg_1", "tool"));
    element.event(call_done("tc_1", "get_selection"));
    assert!(asked(&element).is_empty(), "the stream is still open");
    element.end();
    assert_eq!(
        element.effects.last(),
        Some(&Effect::Site {
            call: asked(&element)[0].0,
            ask: SiteAsk::ClientTool { name: "get_selection".into(), params: json(json!({"project": "p1"})) },
        })
    );
    answer(&mut element, Ok(json(json!({"sel": [1, 2]}))));
    assert_eq!(results(&element), [json(json!({"sel": [1, 2]}))]);
    element.head().event(options()).event(assistant_done("msg_2", "resumed")).end();
    assert_eq!(element.ops(), ["threads.create", "threads.add_client_tool_output"]);
    assert_eq!(element.emitted(), ["ready", "response.start", "thread.change thr_1", "response.end"]);
    assert_eq!(element.answers_shown(), ["resumed"]);
}

#[test]
fn nothing_can_be_sent_while_a_tool_works_but_the_reader_may_stop_waiting() {
    let mut element = waiting();
    assert_eq!(element.view().composer.button, SendButton::Stop);
    assert!(element.view().busy);
    element.say("next");
    element.act(Action::Host(HostAction::FetchUpdates(HostCall(1))));
    assert_eq!(element.answers(), [(HostCall(1), Some(Rejection::Busy.name()))]);
    assert_eq!(element.ops(), ["threads.add_user_message"]);
    assert_eq!(element.emitted(), ["response.start"]);
    element.user(UserAction::Stop);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
}

#[test]
fn what_a_tool_gives_after_the_reader_went_on_is_dropped() {
    let mut element = waiting();
    element.user(UserAction::Stop).say("never mind");
    answer(&mut element, Ok(json(json!({"late": true}))));
    assert!(results(&element).is_empty());
    assert_eq!(element.ops(), ["threads.add_user_message", "threads.add_user_message"]);
    let mut element = waiting();
    element.user(UserAction::NewThread);
    answer(&mut element, Ok(Json::Null));
    assert!(results(&element).is_empty());
    assert_eq!(element.emitted(), ["response.start", "response.end", "thread.change null"]);
}

#[test]
fn a_tool_that_returns_nothing_sends_an_empty_object() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    assert_eq!(results(&element), [json(json!({}))]);
}

#[test]
fn the_assistant_is_told_why_there_is_no_result_and_so_is_the_page() {
    for (error, told) in [
        (SiteError::Threw("no project is open".into()), "no project is open"),
        (SiteError::NoHandler, "this page cannot run client tools"),
        (
            SiteError::NotData("a function or a symbol".into()),
            "the result is no plain data: a function or a symbol",
        ),
    ] {
        let mut element = waiting();
        answer(&mut element, Err(error));
        assert_eq!(results(&element), [json(json!({"error": told}))]);
        assert_eq!(element.emitted(), ["response.start", "error"]);
        element.head().event(assistant_done("msg_2", "Sorry")).end();
        assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
        assert_eq!(element.view().banner, None);
    }
}

#[test]
fn a_chain_of_tools_is_one_response() {
    let mut element = waiting();
    for n in 2..5 {
        answer(&mut element, Ok(json(json!(n))));
        element.head().event(options()).event(call_done(&format!("tc_{n}"), &format!("tool_{n}"))).end();
    }
    answer(&mut element, Ok(json(json!("last"))));
    element.head().event(assistant_done("msg_9", "There")).end();
    let names: Vec<String> = asked(&element).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["get_selection", "tool_2", "tool_3", "tool_4"]);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
}

#[test]
fn a_loop_between_a_model_and_a_page_ends() {
    let mut element = waiting();
    for n in 0..25 {
        answer(&mut element, Ok(Json::Null));
        element.head().event(call_done(&format!("tc_again{n}"), "again")).end();
    }
    assert_eq!(asked(&element).len(), 25);
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::NewThread]);
    // Within its own limit the next question may use tools again.
    element
        .say("and now?")
        .head()
        .event(user_done("msg_n", "and now?"))
        .event(call_done("tc_n", "fresh"))
        .end();
    assert_eq!(asked(&element).pop().expect("a call").1, "fresh");
}

#[test]
fn a_result_that_was_lost_is_sent_again_without_running_the_tool_again() {
    let mut element = waiting();
    answer(&mut element, Ok(json(json!({"sel": 1}))));
    element.fail(Failure::NoConnection).wait();
    assert_eq!(element.ops()[1..], ["threads.add_client_tool_output", "items.list"]);
    element
        .reply(page(vec![call_item("tc_1", "get_selection", "pending"), user_item("msg_t", "tool")], None));
    assert_eq!(results(&element), [json(json!({"sel": 1})), json(json!({"sel": 1}))]);
    element.head().event(assistant_done("msg_2", "resumed")).end();
    assert_eq!(asked(&element).len(), 1);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
    assert_eq!(element.answers_shown(), ["Hi", "resumed"]);
}

#[test]
fn a_result_that_did_arrive_is_not_sent_again_and_what_was_stored_is_shown() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    element.fail(Failure::Cut).wait();
    element.reply(page(
        vec![
            assistant_item("msg_2", "stored all the same"),
            call_item("tc_1", "get_selection", "completed"),
            user_item("msg_t", "tool"),
        ],
        None,
    ));
    assert_eq!(results(&element).len(), 1);
    assert_eq!(element.answers_shown(), ["Hi", "stored all the same"]);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
    assert_eq!(element.view().banner, None);
}

#[test]
fn the_next_call_of_a_lost_stream_is_run() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    element.fail(Failure::Cut).wait();
    element.reply(page(
        vec![
            call_item("tc_2", "second", "pending"),
            call_item("tc_1", "get_selection", "completed"),
            user_item("msg_t", "tool"),
        ],
        None,
    ));
    assert_eq!(asked(&element).pop().expect("a call").1, "second");
    answer(&mut element, Ok(Json::Null));
    element.head().event(assistant_done("msg_2", "done")).end();
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
}

#[test]
fn an_answer_that_is_lost_for_good_does_not_have_the_tool_run_again() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    element.fail(Failure::Cut).wait();
    element
        .reply(page(vec![call_item("tc_1", "get_selection", "completed"), user_item("msg_t", "tool")], None));
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
    // Another answer to the question would ask for the tool anew: the reader goes on by writing.
    let banner = element.view().banner.expect("a banner");
    assert!(banner.remedies.is_empty() && banner.text.contains("Write a message"), "{banner:?}");
    assert_eq!(element.say("go on").ops().last(), Some(&"threads.add_user_message"));
}

#[test]
fn a_server_that_knows_keys_is_asked_for_the_lost_answer_with_the_same_result() {
    let mut element = waiting();
    element.act(Action::Host(HostAction::Idempotent(true)));
    answer(&mut element, Ok(Json::Null));
    element.head().event(options()).event(assistant_added("msg_2")).event(delta("msg_2", 0, "half of"));
    element.fail(Failure::Cut);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    element.user(UserAction::RetryTurn);
    assert_eq!(results(&element).len(), 2);
    assert_eq!(asked(&element).len(), 1, "the tool ran once");
    let keys = element.keys("threads.add_client_tool_output");
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
}

#[test]
fn a_server_that_stays_away_leaves_a_retry_that_sends_the_result_only() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    element.fail(Failure::NoConnection);
    for _ in 0..3 {
        element.wait().reply_failed(Failure::NoConnection);
    }
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
    element.user(UserAction::RetryTurn);
    element.reply(page(vec![call_item("tc_1", "get_selection", "pending")], None));
    assert_eq!(asked(&element).len(), 1);
    assert_eq!(results(&element).len(), 2);
}

#[test]
fn an_answer_that_breaks_off_after_a_tool_keeps_its_text() {
    let mut element = waiting();
    answer(&mut element, Ok(Json::Null));
    element.head().event(options()).event(assistant_added("msg_2")).event(delta("msg_2", 0, "half of"));
    element.fail(Failure::Cut);
    assert_eq!(element.answers_shown(), ["Hi", "half of"]);
    assert!(element.view().banner.is_some());
    assert_eq!(element.emitted(), ["response.start", "error", "response.end"]);
}

#[test]
fn a_tool_is_not_run_after_an_error_nor_where_the_stream_was_cut() {
    let mut element = Element::new();
    element.say("tool").head().event(created("thr_1")).event(user_done("msg_1", "tool"));
    element.event(call_done("tc_1", "x"));
    element.event(json!({"type": "error", "code": "stream.error", "allow_retry": true})).end();
    assert!(asked(&element).is_empty());
    let mut element = Element::new();
    element.say("tool").head().event(created("thr_1")).event(user_done("msg_1", "tool"));
    element.event(call_done("tc_1", "x")).fail(Failure::Cut);
    assert!(asked(&element).is_empty());
}

#[test]
fn a_call_found_in_a_stored_thread_belongs_to_a_page_that_is_gone() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    let mut stored = thread("thr_1");
    stored["items"] =
        page(vec![user_item("msg_t", "tool"), call_item("tc_1", "get_selection", "pending")], None);
    element.reply(stored);
    assert!(asked(&element).is_empty());
    assert_eq!(element.view().banner, None);
    element.say("go on");
    assert_eq!(element.ops().last(), Some(&"threads.add_user_message"));
}
