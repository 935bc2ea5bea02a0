//! Every wait ends: in another attempt, or in a sentence with something to do.

use std::time::Duration;

use chatkit_widget::json::Json;
use chatkit_widget::state::select::{Remedy, SendButton, UserItemState};
use chatkit_widget::state::{
    Failure, HostAction, HostCall, SiteAsk, StreamAction, StructuredAction, UserAction, Wait,
};
use serde_json::json;

use super::*;

/// The time limit that was begun last.
fn limit(element: &Element) -> Option<Wait> {
    element.effects.iter().rev().find_map(|effect| match effect {
        Effect::StartTimer(Timer::Wait(wait), _) => Some(*wait),
        _ => None,
    })
}

#[test]
fn a_request_that_is_never_answered_is_looked_for_and_then_the_readers_to_decide() {
    let mut element = Element::new();
    element.say("hello").time_out();
    let turn = element.turn();
    assert!(element.effects.contains(&Effect::Abort(turn)), "nobody reads it any more");
    let banner = element.view().banner.expect("a banner");
    assert_eq!(banner.text, "The chat is taking too long to respond. Please try again.");
    assert!(matches!(banner.remedies[..], [Remedy::RetryTurn, Remedy::EditMessage(_)]), "{banner:?}");
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Unconfirmed)]);
    // The lookups are not answered, either.
    element.user(UserAction::RetryTurn).time_out().wait().time_out().wait().time_out();
    let banner = element.view().banner.expect("a banner");
    assert!(banner.text.starts_with("It is not certain"), "{banner:?}");
    assert_eq!(element.ops(), ["threads.create", "threads.list", "threads.list", "threads.list"]);
}

#[test]
fn a_long_wait_says_so_once_and_can_be_stopped_from_the_first_moment() {
    let mut element = Element::new();
    element.say("hello");
    assert_eq!(element.view().composer.button, SendButton::Stop);
    assert_eq!(element.view().status, None);
    let wait = limit(&element).expect("a limit");
    element.now_ms += 10_000.0;
    element.act(Action::Timer(Timer::Wait(wait)));
    assert_eq!(element.view().status.as_deref(), Some("The answer is taking longer than usual…"));
    element.head();
    assert_eq!(element.view().status, None, "something came");
    element.user(UserAction::Stop);
    let banner = element.view().banner.expect("a banner");
    assert!(matches!(banner.remedies[..], [Remedy::RetryTurn, Remedy::EditMessage(_)]), "{banner:?}");
}

#[test]
fn stop_between_two_attempts_gives_the_message_back_where_it_certainly_was_not_sent() {
    let mut element = Element::new();
    element.say("hello").fail(status(429)).user(UserAction::Stop);
    assert_eq!(element.view().composer.text, "hello");
    assert!(element.said().is_empty());
}

#[test]
fn a_stream_that_falls_silent_keeps_its_text_and_offers_the_answer_again() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(assistant_added("msg_2")).event(delta("msg_2", 0, "half of")).time_out();
    assert_eq!(element.answers_shown(), ["half of"]);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    assert_eq!(element.emitted().last().map(String::as_str), Some("response.end"));
}

#[test]
fn heartbeats_are_life() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    let wait = limit(&element).expect("a limit");
    for _ in 0..10 {
        element.now_ms += 100_000.0;
        element.stream(StreamAction::Alive);
        element.now_ms += 1_000.0;
        element.act(Action::Timer(Timer::Wait(wait)));
    }
    assert!(element.state.turn.is_active());
}

#[test]
fn time_that_was_slept_through_or_spent_without_a_network_does_not_count() {
    let mut element = Element::new();
    element.say("hello");
    let wait = limit(&element).expect("a limit");
    // An hour of sleep, and the timer fires late.
    element.now_ms += 3_600_000.0;
    element.act(Action::Timer(Timer::Wait(wait)));
    assert!(element.state.turn.is_active());
    element.online = false;
    for _ in 0..20 {
        element.now_ms += 10_000.0;
        element.act(Action::Timer(Timer::Wait(wait)));
    }
    assert!(element.state.turn.is_active(), "the request waits for the network");
    element.online = true;
    element.time_out();
    assert!(element.view().banner.is_some());
}

#[test]
fn a_thread_that_does_not_come_has_a_button() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into())))).time_out();
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryLoad, Remedy::NewThread]);
    assert_eq!(element.answers(), [(HostCall(1), Some("Error"))]);
}

#[test]
fn a_new_chat_is_possible_during_every_wait_and_gives_the_text_back() {
    let waits: [fn(&mut Element) -> &mut Element; 4] = [
        |element| element.say("precious"),
        |element| element.say("precious").head(),
        |element| element.say("precious").fail(status(503)),
        |element| element.say("precious").fail(Failure::NoConnection).wait(),
    ];
    for wait in waits {
        let mut element = Element::new();
        wait(&mut element);
        assert!(element.view().header.expect("a header").new_chat);
        element.user(UserAction::NewThread);
        assert_eq!(element.view().composer.text, "precious");
        assert!(!element.state.turn.is_active());
    }
}

#[test]
fn a_page_function_that_never_ends_is_told_to_the_assistant() {
    let mut config = Config::for_url("/chatkit");
    config.on_client_tool = true;
    config.api.timeouts.client_tool = Duration::from_secs(60);
    let mut element = Element::with(config);
    element.say("tool").head().event(created("thr_1")).event(user_done("msg_t", "tool"));
    element.event(json!({"type": "thread.item.done", "item": {"type": "client_tool_call", "id": "tc_1",
        "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07", "status": "pending", "call_id": "c",
        "name": "get_selection", "arguments": {}}}));
    element.end();
    let asked = |effect: &Effect| matches!(effect, Effect::Site { ask: SiteAsk::ClientTool { .. }, .. });
    assert!(element.effects.iter().any(asked));
    element.time_out();
    let Some(ClientRequest::ThreadsAddClientToolOutput { result, .. }) = element.requests().last().copied()
    else {
        panic!("{:?}", element.ops())
    };
    let error = result.get("error").and_then(Json::as_str).expect("an error");
    assert!(error.contains("$.onClientTool did not end within 60000 ms"), "{error}");
}

#[test]
fn the_options_say_how_long() {
    let mut config = Config::for_url("/chatkit");
    config.api.timeouts.headers = Duration::from_secs(2);
    config.api.timeouts.silence = Duration::from_secs(3);
    let mut element = Element::with(config);
    element.say("hello");
    let pause = |element: &Element| {
        element.effects.iter().rev().find_map(|effect| match effect {
            Effect::StartTimer(Timer::Wait(_), pause) => Some(*pause),
            _ => None,
        })
    };
    assert_eq!(pause(&element), Some(Duration::from_secs(2)));
    element.head().event(created("thr_1"));
    assert_eq!(pause(&element), Some(Duration::from_secs(3)));
}

#[test]
fn a_stream_that_ends_after_the_echo_is_looked_up_and_then_offers_the_answer_again() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello")).end();
    let alone = page(vec![user_item("msg_1", "hello")], None);
    element.reply(alone.clone()).look_in_vain(&alone);
    let banner = element.view().banner.expect("a banner");
    assert_eq!(banner.text, "There is no answer to this yet. Please try again.");
    element.user(UserAction::RetryTurn);
    assert_eq!(element.ops().last(), Some(&"threads.retry_after_item"));
    // A server that finishes alone.
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello")).end();
    element.reply(page(vec![assistant_item("msg_2", "Hi"), user_item("msg_1", "hello")], None));
    assert_eq!(element.answers_shown(), ["Hi"]);
    assert_eq!(element.view().banner, None);
}

#[test]
fn a_stop_before_the_first_word_offers_the_answer_again() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.user(UserAction::Stop);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    assert!(!element.emitted().contains(&"error".to_owned()), "nothing went wrong");
}

#[test]
fn a_stop_after_answers_were_sent_leaves_a_way_on() {
    let form = json!({"id": "si_1", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07",
        "type": "structured_input", "status": "pending",
        "inputs": [{"id": "q", "question": "Which?", "type": "freeform"}]});
    let mut element = Element::new();
    element.say("ask me").head().event(created("thr_1")).event(user_done("m", "ask me"));
    element.event(json!({"type": "thread.item.done", "item": form})).end();
    element.user(UserAction::Structured(StructuredAction::SkipAll)).user(UserAction::Stop);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
    element.user(UserAction::RetryTurn).head();
    // The server has begun to answer, so it has them, and does not take them twice.
    element.reply(page(vec![form, user_item("m", "ask me")], None)).head();
    element.event(json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}));
    element.user(UserAction::Stop);
    let banner = element.view().banner.expect("a banner");
    assert!(banner.remedies.is_empty() && banner.text.contains("Write a message"), "{banner:?}");
}
