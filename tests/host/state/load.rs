//! Opening, paging and refreshing stored threads.

use chatkit_widget::protocol::ClientRequest;
use chatkit_widget::state::select::{Body, ComposerMode, OlderView, Remedy};
use chatkit_widget::state::{Failure, HostAction, HostCall, UserAction};
use serde_json::json;

use super::*;

fn stored(id: &str, items: Vec<Value>, has_more: bool) -> Value {
    let mut thread = thread(id);
    thread["items"] = match has_more {
        true => json!({"data": items, "has_more": true, "after": "x"}),
        false => json!({"data": items, "has_more": false}),
    };
    thread
}

fn initial(id: &str) -> Element {
    let mut config = Config::for_url("/chatkit");
    config.initial_thread = Some(id.into());
    Element::with(config)
}

#[test]
fn the_initial_thread_is_opened_after_ready() {
    let mut element = initial("thr_1");
    assert_eq!(element.view().body, Body::Loading);
    element.reply(stored("thr_1", vec![user_item("m1", "hello"), assistant_item("m2", "Hi")], false));
    assert_eq!(
        element.emitted(),
        ["ready", "thread.load.start thr_1", "thread.load.end thr_1", "thread.change thr_1"]
    );
    assert_eq!(element.answers_shown(), ["Hi"]);
    element.say("more");
    assert_eq!(element.ops(), ["threads.get_by_id", "threads.add_user_message"]);
}

#[test]
fn a_long_thread_opens_at_its_newest_page_and_pages_back() {
    let mut element = initial("thr_1");
    element.reply(stored("thr_1", vec![user_item("oldest", "first words")], true));
    element.reply(page(vec![assistant_item("m4", "four"), user_item("m3", "three")], Some("m3")));
    assert_eq!(element.answers_shown(), ["four"]);
    let Body::Thread { older, .. } = element.view().body else { panic!("no thread") };
    assert_eq!(older, OlderView::Available);
    element.user(UserAction::LoadOlder).user(UserAction::LoadOlder);
    let Some(ClientRequest::ItemsList { page: params, .. }) = element.requests().last() else {
        panic!("no list")
    };
    assert_eq!(params.after.as_deref(), Some("m3"));
    assert_eq!(element.ops().len(), 3, "pressing twice loads once");
    // The server's cursor overlaps: nothing is shown twice.
    element.reply(page(
        vec![user_item("m3", "three"), assistant_item("m2", "two"), user_item("m1", "one")],
        None,
    ));
    let texts: Vec<_> = element.said().into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["one", "three"]);
    let Body::Thread { older, .. } = element.view().body else { panic!("no thread") };
    assert_eq!(older, OlderView::None);
}

#[test]
fn a_full_page_is_shown_in_slices_so_that_scrolling_never_waits_for_all_of_it() {
    let mut element = initial("thr_1");
    element.reply(stored("thr_1", vec![], true)).reply(page(vec![user_item("m21", "word 21")], Some("m21")));
    element.user(UserAction::LoadOlder);
    let newest_first = (1..=20).rev().map(|at| user_item(&format!("m{at}"), &format!("word {at}")));
    element.reply(page(newest_first.collect(), Some("m1")));
    let shown = |element: &mut Element| element.said().into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    let older = |element: &mut Element| match element.view().body {
        Body::Thread { older, .. } => older,
        _ => panic!("no thread"),
    };
    let words = |from: u32| (from..=21).map(|at| format!("word {at}")).collect::<Vec<_>>();
    assert_eq!(shown(&mut element), words(11));
    assert_eq!(older(&mut element), OlderView::Loading);
    assert_eq!(element.timer(), Some(Timer::Older));
    element.user(UserAction::LoadOlder);
    assert_eq!(element.ops().len(), 3, "nothing more is asked for meanwhile");

    element.fresh().act(Action::Timer(Timer::Older));
    assert_eq!(shown(&mut element), words(1), "all of them, in their order");
    assert_eq!(older(&mut element), OlderView::Available);
    assert_eq!(element.timer(), None);
    element.user(UserAction::LoadOlder);
    let Some(ClientRequest::ItemsList { page: params, .. }) = element.requests().last() else {
        panic!("no list")
    };
    assert_eq!(params.after.as_deref(), Some("m1"));
}

#[test]
fn a_slice_that_comes_late_is_not_put_into_another_thread() {
    let mut element = initial("thr_1");
    element.reply(stored("thr_1", vec![], true)).reply(page(vec![user_item("m21", "word 21")], Some("m21")));
    let newest_first = (1..=20).rev().map(|at| user_item(&format!("m{at}"), "old"));
    element.user(UserAction::LoadOlder).reply(page(newest_first.collect(), None));
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_2".into()))));
    element.reply(stored("thr_2", vec![user_item("n1", "new")], false));
    element.act(Action::Timer(Timer::Older));
    let texts: Vec<_> = element.said().into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["new"]);
}

#[test]
fn an_empty_page_is_not_the_beginning() {
    let mut element = initial("thr_1");
    element.reply(stored("thr_1", vec![], true)).reply(page(vec![user_item("m9", "nine")], Some("m9")));
    element.user(UserAction::LoadOlder).reply(page(vec![], Some("m5")));
    let Some(ClientRequest::ItemsList { page: params, .. }) = element.requests().last() else {
        panic!("no list")
    };
    assert_eq!(params.after.as_deref(), Some("m5"), "it goes on by itself");
    element.reply(page(vec![user_item("m1", "one")], None));
    assert_eq!(element.said().len(), 2);
}

#[test]
fn earlier_messages_that_do_not_come_can_be_asked_for_again() {
    let mut element = initial("thr_1");
    element.reply(stored("thr_1", vec![], true)).reply(page(vec![user_item("m9", "nine")], Some("m9")));
    element.user(UserAction::LoadOlder).reply_failed(status(400));
    let Body::Thread { older, .. } = element.view().body else { panic!("no thread") };
    assert_eq!(older, OlderView::Failed);
    element.user(UserAction::LoadOlder).reply(page(vec![user_item("m1", "one")], None));
    assert_eq!(element.said().len(), 2);
}

#[test]
fn a_thread_that_does_not_come_leaves_the_old_one_and_a_retry() {
    let mut element = Element::new();
    element.converse("a", "b").fresh();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_2".into()))));
    element.reply_failed(status(500));
    assert_eq!(element.emitted(), ["thread.load.start thr_2", "error", "thread.load.end thr_2"]);
    assert_eq!(element.answers(), [(HostCall(1), Some("Error"))]);
    assert_eq!(element.state.thread.id(), Some("thr_1"));
    assert_eq!(element.answers_shown(), ["b"]);
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::RetryLoad, Remedy::NewThread]);
    element.user(UserAction::RetryLoad).reply(stored("thr_2", vec![], false));
    assert_eq!(element.state.thread.id(), Some("thr_2"));
    assert_eq!(element.view().banner, None);
}

#[test]
fn a_deleted_thread_says_so_and_offers_a_new_chat() {
    let mut element = initial("thr_gone");
    element.draft("typed meanwhile").reply_failed(status(404));
    assert_eq!(element.view().banner.expect("a banner").remedies, [Remedy::NewThread]);
    element.user(UserAction::NewThread);
    assert_eq!(element.view().banner, None);
    assert_eq!(element.view().composer.text, "typed meanwhile");
    assert_eq!(element.emitted().last().map(String::as_str), Some("thread.change null"));
}

#[test]
fn loading_survives_a_hiccup_of_the_network() {
    let mut element = initial("thr_1");
    element.reply_failed(Failure::NoConnection).wait().reply(stored(
        "thr_1",
        vec![user_item("m", "x")],
        false,
    ));
    assert_eq!(element.ops(), ["threads.get_by_id", "threads.get_by_id"]);
    assert_eq!(element.said().len(), 1);
    assert_eq!(element.emitted().iter().filter(|name| *name == "error").count(), 0);
}

#[test]
fn an_answer_that_is_no_thread_is_named_for_the_integrator() {
    for (body, word) in [("", "no body"), ("<!doctype html><p>Bad gateway", "text/html"), ("[1]", "an array")]
    {
        let mut element = initial("thr_1");
        for _ in 0..3 {
            let call = element.call();
            element.act(Action::Call { call, action: CallAction::Done(body.into()) });
            if element.timer().is_some() && element.state.thread.is_loading() {
                element.wait();
            }
        }
        let message = element.effects.iter().find_map(|effect| match effect {
            Effect::Emit(HostEvent::Error { message, .. }) => Some(message.clone()),
            _ => None,
        });
        let message = message.expect("an error event");
        assert!(message.contains("POST /chatkit") && message.contains(word), "{message}");
        assert!(element.view().banner.is_some());
    }
}

#[test]
fn switching_threads_while_one_loads_is_refused_but_new_chat_works() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(0), Some("thr_1".into()))));
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_2".into()))));
    assert_eq!(element.answers(), [(HostCall(1), Some("ChatKitBusyError"))]);
    let call = element.call();
    element.user(UserAction::NewThread);
    assert!(element.effects.contains(&Effect::AbortCall(call)));
    assert_eq!(
        element.emitted()[1..],
        ["thread.load.start thr_1", "thread.load.end thr_1", "thread.change null"]
    );
    element.act(Action::Call { call, action: CallAction::Done(stored("thr_1", vec![], false).to_string()) });
    assert_eq!(element.state.thread.id(), None, "the late answer has nowhere to land");
}

#[test]
fn fetch_updates_brings_what_changed_and_keeps_what_did_not() {
    let mut element = Element::new();
    element.converse("a", "b");
    let before: Vec<_> = element.state.items.iter().map(|entry| entry.key).collect();
    element.fresh().act(Action::Host(HostAction::FetchUpdates(HostCall(1))));
    let items = vec![
        user_item("msg_u0", "a"),
        assistant_item("msg_a0", "b"),
        assistant_item("new", "from elsewhere"),
    ];
    element.reply(stored("thr_1", items, false));
    assert_eq!(element.answers_shown(), ["b", "from elsewhere"]);
    let after: Vec<_> = element.state.items.iter().map(|entry| entry.key).collect();
    assert_eq!(after[..2], before);
    assert_eq!(element.answers(), [(HostCall(1), None)]);
    assert!(element.emitted().is_empty(), "a refresh is no load");
}

#[test]
fn locked_and_closed_threads_take_no_messages_and_say_why() {
    let mut element = Element::new();
    element.converse("a", "b");
    let mut locked = thread("thr_1");
    locked["status"] = json!({"type": "locked", "reason": "Escalated"});
    element
        .say("c")
        .head()
        .event(user_done("m9", "c"))
        .event(json!({"type": "thread.updated", "thread": locked}))
        .end();
    let view = element.view().composer;
    assert_eq!((view.mode, view.placeholder.as_str()), (ComposerMode::Locked, "Escalated"));
    element.fresh().say("d");
    assert!(element.ops().is_empty());
    let mut closed = thread("thr_1");
    closed["status"] = json!({"type": "closed"});
    closed["items"] = json!({"data": [user_item("msg_u0", "a")], "has_more": false});
    element.act(Action::Host(HostAction::FetchUpdates(HostCall(1)))).reply(closed);
    assert!(matches!(element.view().composer.mode, ComposerMode::Closed { reason } if !reason.is_empty()));
}

#[test]
fn thread_updated_never_empties_the_conversation() {
    let mut element = Element::new();
    element.converse("a", "b").say("c").head().event(user_done("m9", "c"));
    let mut titled = thread("thr_1");
    titled["title"] = json!("A title");
    element.event(json!({"type": "thread.updated", "thread": titled})).end();
    assert_eq!(element.said().len(), 2);
    assert_eq!(element.view().header.and_then(|header| header.title).as_deref(), Some("A title"));
}
