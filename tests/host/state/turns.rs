//! One question, one answer, and everything that can come between.

use chatkit_widget::protocol::{ClientRequest, UserMessageContent};
use chatkit_widget::state::select::{Body, Remedy, SendButton, UserItemState};
use chatkit_widget::state::{Failure, HostAction, HostCall, StreamAction, UserAction};
use serde_json::json;

use super::*;

#[test]
fn a_first_message_makes_a_thread_and_tells_the_host_in_order() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(assistant_added("msg_2")).event(delta("msg_2", 0, "Hel")).event(delta("msg_2", 0, "lo"));
    element.event(assistant_done("msg_2", "Hello")).end();
    assert_eq!(element.ops(), ["threads.create"]);
    assert_eq!(element.emitted(), ["ready", "response.start", "thread.change thr_1", "response.end"]);
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Sent)]);
    assert_eq!(element.answers_shown(), ["Hello"]);
}

#[test]
fn a_follow_up_goes_to_the_same_thread_without_a_thread_change() {
    let mut element = Element::new();
    element.converse("hello", "Hi").fresh().converse("and?", "More");
    assert_eq!(element.ops(), ["threads.add_user_message"]);
    assert_eq!(element.emitted(), ["response.start", "response.end"]);
    assert_eq!(element.answers_shown(), ["Hi", "More"]);
}

#[test]
fn a_message_is_on_screen_before_the_server_answers_and_the_composer_is_free() {
    let mut element = Element::new();
    element.say("hello 👋 `code`");
    assert_eq!(element.said(), [("hello 👋 `code`".to_owned(), UserItemState::Sending)]);
    assert_eq!(element.view().composer.text, "");
}

#[test]
fn what_is_typed_while_an_answer_streams_stays_and_is_not_sent() {
    let mut element = Element::new();
    element.say("one").head().event(created("thr_1")).event(user_done("msg_1", "one")).say("two");
    assert_eq!(element.ops(), ["threads.create"]);
    assert_eq!(element.view().composer.text, "two");
    assert_eq!(element.view().composer.button, SendButton::Stop);
}

#[test]
fn blank_messages_are_not_sent() {
    let mut element = Element::new();
    element.say("  \n ");
    assert!(element.ops().is_empty());
    assert_eq!(element.view().composer.text, "  \n ");
}

#[test]
fn stop_is_there_unless_the_server_forbids_it_and_keeps_the_partial_answer() {
    let mut element = Element::new();
    element.say("hello");
    assert_eq!(element.view().composer.button, SendButton::Stop);
    element.head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(json!({"type": "stream_options", "stream_options": {"allow_cancel": false}}));
    assert_eq!(element.view().composer.button, SendButton::Send { enabled: false });
    element.event(json!({"type": "stream_options", "stream_options": {"allow_cancel": true}}));
    assert_eq!(element.view().composer.button, SendButton::Stop);
    element.event(assistant_added("msg_2")).event(delta("msg_2", 0, "partial"));
    let turn = element.turn();
    element.user(UserAction::Stop);
    assert!(element.effects.contains(&Effect::Abort(turn)));
    assert_eq!(element.answers_shown(), ["partial"]);
    assert_eq!(element.emitted().last().map(String::as_str), Some("response.end"));
    assert_eq!(element.view().banner, None);
    // Bytes that were under way when Stop was pressed have nowhere to land.
    element.act(Action::Stream { turn, action: StreamAction::End(Err(Failure::Cut)) });
    assert_eq!(element.emitted().iter().filter(|name| *name == "response.end").count(), 1);
}

#[test]
fn an_error_event_offers_a_new_answer_only_where_the_server_allows_it() {
    for (allow, remedies) in [(true, vec![Remedy::RetryTurn]), (false, vec![Remedy::NewThread])] {
        let mut element = Element::new();
        element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
        element.event(json!({"type": "error", "code": "stream.error", "allow_retry": allow})).end();
        let banner = element.view().banner.expect("a banner");
        assert_eq!(banner.remedies, remedies);
        assert_eq!(element.emitted()[3..], ["error", "response.end"]);
    }
}

#[test]
fn a_custom_error_shows_the_servers_own_sentence_and_the_stream_may_go_on() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element
        .event(json!({"type": "error", "code": "custom", "message": "Quota used up", "allow_retry": false}));
    element.event(assistant_done("msg_2", "still here")).end();
    assert_eq!(element.view().banner.expect("a banner").text, "Quota used up");
    assert_eq!(element.answers_shown(), ["still here"]);
}

#[test]
fn retry_after_an_error_asks_for_a_new_answer_and_drops_the_old_one() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(assistant_added("msg_2")).event(delta("msg_2", 0, "broken"));
    element.event(json!({"type": "error", "code": "stream.error", "allow_retry": true})).end();
    element.user(UserAction::RetryTurn);
    assert_eq!(element.ops(), ["threads.create", "threads.retry_after_item"]);
    assert!(element.answers_shown().is_empty());
    element.head().event(assistant_done("msg_3", "whole")).end();
    assert_eq!(element.answers_shown(), ["whole"]);
    assert_eq!(element.said().len(), 1);
}

#[test]
fn a_stream_that_is_closed_properly_is_whole_without_a_last_word_of_its_items() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(
        json!({"type": "thread.item.added", "item": {"type": "task", "id": "t1", "thread_id": "thr_1",
        "created_at": "2026-11-20T23:44:07", "task": {"type": "custom", "title": "Looking"}}}),
    );
    element.event(assistant_added("msg_2")).event(delta("msg_2", 0, "all of it")).end();
    assert_eq!(element.answers_shown(), ["all of it"]);
    assert_eq!(element.view().banner, None);
    assert_eq!(element.emitted()[3..], ["response.end"]);
    // The server may know more of it by now.
    element
        .reply(page(vec![assistant_item("msg_2", "all of it, and more"), user_item("msg_1", "hello")], None));
    assert_eq!(element.answers_shown(), ["all of it, and more"]);
}

#[test]
fn a_stream_that_breaks_off_before_the_answer_is_whole_says_so_and_keeps_the_text() {
    for ending in [Err(Failure::Cut), Err(Failure::NoConnection)] {
        let mut element = Element::new();
        element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
        element
            .event(assistant_added("msg_2"))
            .event(delta("msg_2", 0, "half of"))
            .stream(StreamAction::End(ending));
        assert_eq!(element.answers_shown(), ["half of"]);
        assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryTurn]);
        assert_eq!(element.emitted()[3..], ["error", "response.end"]);
    }
}

#[test]
fn a_stream_lost_before_the_answer_began_is_retried_by_itself_within_one_response() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello")).fail(Failure::Cut);
    assert_eq!(element.view().banner, None);
    assert_eq!(element.view().status.as_deref(), Some("Trying again (2 of 3)…"));
    element.wait().reply(page(vec![user_item("msg_1", "hello")], None));
    element.head().event(assistant_done("msg_2", "Hi")).end();
    assert_eq!(element.ops(), ["threads.create", "items.list", "threads.retry_after_item"]);
    assert_eq!(element.emitted()[1..], ["response.start", "thread.change thr_1", "response.end"]);
}

#[test]
fn no_session_is_not_retried_again_here() {
    let mut element = Element::new();
    element.say("hello").fail(Failure::Session {
        detail: "POST /api/chatkit/session: HTTP 503".into(),
        says: Key::NoConnection,
    });
    assert_eq!(element.timer(), None);
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Unsent)]);
    // It certainly did not arrive, so nothing has to be read back.
    element.user(UserAction::RetryTurn);
    assert_eq!(element.ops(), ["threads.create", "threads.create"]);
}

#[test]
fn a_message_the_server_will_not_take_goes_back_into_the_composer() {
    let mut element = Element::new();
    element.say("far too long").draft("next").fail(status(413));
    assert_eq!(element.view().composer.text, "far too long\nnext");
    assert!(element.said().is_empty());
    assert!(element.view().banner.is_some());
    assert_eq!(element.timer(), None);
}

#[test]
fn a_thread_deleted_meanwhile_gives_the_text_back_and_offers_a_new_chat() {
    let mut element = Element::new();
    element.converse("a", "b").say("precious").fail(status(404));
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::NewThread]);
    element.user(UserAction::NewThread);
    assert_eq!(element.view().composer.text, "precious");
    // A lookup that is refused says nothing of the thread, and nothing of the message.
    let mut element = Element::new();
    element.converse("a", "b").say("precious").fail(Failure::NoConnection);
    for _ in 0..3 {
        element.wait().reply_failed(status(404));
    }
    let banner = element.view().banner.expect("a banner");
    assert!(matches!(banner.remedies[..], [Remedy::RetryTurn, Remedy::EditMessage(_)]), "{banner:?}");
    assert!(banner.text.starts_with("It is not certain that your message was sent."), "{banner:?}");
    // The SDK has no such answer: it cuts the stream, and lists no items.
    let mut element = Element::new();
    element.converse("a", "b").say("precious").head().fail(Failure::Cut).wait().reply(page(vec![], None));
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::NewThread]);
    element.user(UserAction::NewThread);
    assert_eq!(element.view().composer.text, "precious");
}

#[test]
fn a_web_page_instead_of_a_stream_is_named_for_the_integrator_and_keeps_the_text() {
    let mut element = Element::new();
    element
        .say("hello")
        .head()
        .fail(Failure::NotAStream { content_type: "text/html".into(), excerpt: "<h1>502".into() });
    let error = element.effects.iter().find_map(|effect| match effect {
        Effect::Emit(HostEvent::Error { message, .. }) => Some(message.clone()),
        _ => None,
    });
    let error = error.expect("an error event");
    assert_eq!(error, "POST /chatkit: a stream was expected, text/html came: <h1>502");
    assert_eq!(element.said(), [("hello".to_owned(), UserItemState::Unconfirmed)]);
    assert_eq!(element.view().banner.expect("a banner").remedies[0], Remedy::RetryTurn);
}

#[test]
fn unknown_things_are_told_and_only_an_item_leaves_a_gap() {
    let mut element = Element::new();
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
    element.event(json!({"type": "thread.sparkled"}));
    element.event(json!({"type": "thread.item.done", "item": {"type": "hologram", "id": "h"}}));
    element.event(json!({"type": "thread.item.updated", "item_id": "msg_1", "update": {"type": "wave"}}));
    element.event(delta("msg_nobody", 0, "x"));
    element.event(assistant_added("msg_2")).event(delta("msg_2", 4_000_000_000, "x"));
    element.frame("[]").frame("[]");
    element.event(assistant_done("msg_2", "Hi")).end();
    assert_eq!(
        element.logs(),
        [
            "protocol.leftOut",
            "protocol.leftOut",
            "protocol.leftOut",
            "update.unknownItem",
            "update.rejected",
            "stream.badFrame"
        ]
    );
    let told = element.console();
    for words in [
        "`thread.sparkled`",
        "\"hologram\" at `item.type`",
        "\"wave\" at `update.type`",
        "a frame of the stream",
    ] {
        assert_eq!(told.iter().filter(|line| line.contains(words)).count(), 1, "{words}: {told:?}");
    }
    assert_eq!(element.notes(), ["Part of the answer could not be shown."]);
    assert_eq!(element.answers_shown(), ["Hi"]);
    assert_eq!(element.view().banner, None);
}

#[test]
fn deltas_without_a_part_and_annotations_survive_an_empty_part_done() {
    let mut element = Element::new();
    element
        .say("hello")
        .head()
        .event(created("thr_1"))
        .event(user_done("msg_1", "hello"))
        .event(assistant_added("msg_2"));
    element.event(delta("msg_2", 1, "second"));
    element.event(json!({"type": "thread.item.updated", "item_id": "msg_2", "update": {
        "type": "assistant_message.content_part.annotation_added", "content_index": 1, "annotation_index": 0,
        "annotation": {"type": "annotation", "source": {"title": "E", "type": "url", "url": "https://e.org/"}, "index": 6}}}));
    element.event(json!({"type": "thread.item.updated", "item_id": "msg_2", "update": {
        "type": "assistant_message.content_part.done", "content_index": 1,
        "content": {"annotations": [], "text": "second", "type": "output_text"}}}));
    assert_eq!(element.state.items.by_id("msg_2").map(|entry| entry.parts[1].annotations.len()), Some(1));
}

#[test]
fn messages_that_all_have_the_same_id_do_not_overwrite_each_other() {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_1", "a"));
    element.event(assistant_added("__fake_id__")).event(delta("__fake_id__", 0, "one"));
    element.event(assistant_done("__fake_id__", "one")).end();
    element.say("b").head().event(user_done("msg_2", "b"));
    element.event(assistant_added("__fake_id__")).event(delta("__fake_id__", 0, "tw"));
    assert_eq!(element.answers_shown(), ["one", "tw"]);
    element.event(assistant_done("__fake_id__", "two")).end();
    assert_eq!(element.answers_shown(), ["one", "two"]);
}

#[test]
fn hidden_items_are_never_shown_and_removed_ones_go() {
    let mut element = Element::new();
    element.converse("a", "b").say("c").head().event(user_done("msg_9", "c"));
    element.event(
        json!({"type": "thread.item.added", "item": {"id": "x", "thread_id": "thr_1", "created_at": "",
        "type": "hidden_context_item", "content": "secret"}}),
    );
    element.event(json!({"type": "thread.item.removed", "item_id": "msg_a0"}));
    element.event(json!({"type": "thread.item.removed", "item_id": "never seen"})).end();
    assert!(element.answers_shown().is_empty());
    assert_eq!(element.said().len(), 2);
}

#[test]
fn progress_is_shown_until_the_answer_comes_and_effects_reach_the_host() {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("msg_1", "a"));
    element.event(json!({"type": "progress_update", "icon": "search", "text": "Looking…"}));
    assert_eq!(element.view().progress.map(|progress| progress.text).as_deref(), Some("Looking…"));
    element.event(json!({"type": "client_effect", "name": "highlight", "data": {"index": 1}}));
    assert_eq!(element.emitted().last().map(String::as_str), Some("effect highlight"));
    element.event(assistant_added("msg_2"));
    assert!(element.view().progress.is_some(), "an empty message is no answer yet");
    element.event(delta("msg_2", 0, "x"));
    assert_eq!(element.view().progress, None);
}

#[test]
fn methods_are_refused_while_busy_and_answered_once() {
    let mut element = Element::new();
    element.act(send_call(1, "hi", false));
    assert!(element.answers().is_empty(), "answered when the server accepts it, not before");
    element.act(send_call(2, "again", false));
    element.act(Action::Host(HostAction::SetThread(HostCall(3), Some("thr_2".into()))));
    element.act(Action::Host(HostAction::FetchUpdates(HostCall(4))));
    element.act(Action::Host(HostAction::SetComposer {
        call: HostCall(5),
        content: Some(vec![UserMessageContent::text("x")]),
        reply: None,
        around: Around::default(),
    }));
    element.head().event(created("thr_1")).event(user_done("msg_1", "hi")).end();
    let busy = Some("ChatKitBusyError");
    assert_eq!(
        element.answers(),
        [
            (HostCall(2), busy),
            (HostCall(3), busy),
            (HostCall(4), busy),
            (HostCall(5), None),
            (HostCall(1), None)
        ]
    );
}

#[test]
fn a_message_of_the_page_that_fails_rejects_its_call() {
    let mut element = Element::new();
    element
        .act(send_call(1, "hi", false))
        .fail(Failure::Session { detail: "no".into(), says: Key::NoConnection });
    assert_eq!(element.answers(), [(HostCall(1), Some("Error"))]);
}

#[test]
fn a_message_of_the_page_can_begin_a_new_thread() {
    let mut element = Element::new();
    element.converse("a", "b").fresh().act(send_call(1, "new", true));
    assert_eq!(element.ops(), ["threads.create"]);
    assert_eq!(element.emitted(), ["thread.change null", "response.start"]);
    assert_eq!(element.said(), [("new".to_owned(), UserItemState::Sending)]);
}

#[test]
fn a_prompt_is_sent_at_once_and_leaves_the_draft_alone() {
    let mut config = Config::for_url("/chatkit");
    config.start_screen.prompts = vec![chatkit_widget::config::Prompt {
        label: "Servo".into(),
        content: vec![chatkit_widget::protocol::UserMessageContent::text("What is a servo?")],
        icon: None,
    }];
    let mut element = Element::with(config);
    assert!(matches!(element.view().body, Body::Start { prompts, .. } if prompts.len() == 1));
    element.draft("mine").user(UserAction::Prompt(0)).user(UserAction::Prompt(7));
    assert_eq!(element.said(), [("What is a servo?".to_owned(), UserItemState::Sending)]);
    assert_eq!(element.view().composer.text, "mine");
}

#[test]
fn try_again_under_an_answer_replaces_it() {
    let mut element = Element::new();
    element.converse("a", "first");
    let key = element.state.items.iter().next().map(|entry| entry.key).expect("the question");
    element.user(UserAction::RetryAfter(key));
    let Some(ClientRequest::ThreadsRetryAfterItem { item_id, .. }) = element.requests().last() else {
        panic!("asked for something else");
    };
    assert_eq!(item_id, "msg_u0");
    assert!(element.answers_shown().is_empty());
    element.head().event(assistant_done("msg_7", "second")).end();
    assert_eq!(element.answers_shown(), ["second"]);
}

#[test]
fn new_options_change_nothing_but_options() {
    let mut element = Element::new();
    element
        .say("a")
        .head()
        .event(created("thr_1"))
        .event(user_done("msg_1", "a"))
        .event(assistant_added("msg_2"));
    element.draft("draft").fresh();
    let mut config = Config::for_url("/chatkit");
    config.initial_thread = Some("thr_other".into());
    element.act(Action::Host(HostAction::Options(Rc::new(config))));
    assert!(element.effects.is_empty());
    assert_eq!(element.view().composer.text, "draft");
    element.event(delta("msg_2", 0, "still streaming"));
    assert_eq!(element.answers_shown(), ["still streaming"]);
}

fn send_call(call: u64, text: &str, new_thread: bool) -> Action {
    Action::Host(HostAction::Send {
        call: HostCall(call),
        content: vec![chatkit_widget::protocol::UserMessageContent::text(text)],
        quoted_text: None,
        attachments: Vec::new(),
        new_thread,
        tool: None,
        model: None,
    })
}
