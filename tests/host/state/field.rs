//! What servers in the field send (`tests/fixtures/field`), from the bytes to the screen.

use chatkit_widget::json::Json;
use chatkit_widget::sse::Parser;
use chatkit_widget::state::select::{Body, ItemView, UserItemState};
use chatkit_widget::state::{Doing, HistoryAction, HostAction, HostCall, SiteAsk, UserAction};
use serde_json::json;

use super::*;

const QUESTION: &str = "What is a servo?";
const ANSWER: &str = "A motor that knows where it is.";

fn text(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The answer to the first message is the recorded one.
fn played(name: &str) -> Element {
    let mut element = Element::new();
    element.say(QUESTION).head();
    for frame in Parser::new().push(text(name).as_bytes()) {
        element.frame(&frame.data);
    }
    element.end();
    element
}

/// The question stands there once, and nothing says that it was not sent.
fn asked_once(element: &mut Element, name: &str) {
    assert_eq!(element.said(), [(QUESTION.to_owned(), UserItemState::Sent)], "{name}");
    assert_eq!(element.answers_shown(), [ANSWER], "{name}");
    assert_eq!(element.ops()[..1], ["threads.create"], "{name}");
    assert!(!element.ops()[1..].contains(&"threads.create"), "{name}: {:?}", element.ops());
}

#[test]
fn an_answer_is_shown_and_nothing_else_is_to_be_noticed() {
    for name in [
        "chatkit-2.sse",
        "chatkit-3.sse",
        "chatkit-4.sse",
        "chatkit-6.sse",
        "chatkit-7.sse",
        "chatkit-10.sse",
    ] {
        let mut element = played(name);
        asked_once(&mut element, name);
        assert_eq!(element.view().banner, None, "{name}");
        let told = (element.errors(), element.console(), element.logs());
        assert_eq!(told, (vec![], vec![], vec![]), "{name}");
        element.fresh().say("And then?");
        assert_eq!(element.ops(), ["threads.add_user_message"], "{name}: the conversation goes on");
    }
}

#[test]
fn the_question_stands_there_once_however_it_comes_back() {
    let mut element = played("chatkit-1.sse");
    asked_once(&mut element, "chatkit-1.sse");
    assert_eq!(element.console().len(), 1, "the vendor's event: {:?}", element.console());
    assert!(element.console()[0].contains("\"vendor.state\""), "{:?}", element.console());
}

#[test]
fn steps_that_were_never_done_stand_beside_the_answer() {
    let mut element = played("chatkit-8.sse");
    asked_once(&mut element, "chatkit-8.sse");
    let Body::Thread { items, .. } = element.view().body else { panic!() };
    let tasks: Vec<_> = items
        .iter()
        .filter_map(|item| match &**item {
            ItemView::Task(row) => row.task.title.clone(),
            _ => None,
        })
        .collect();
    assert_eq!(tasks, ["Found it"]);
}

#[test]
fn an_error_with_a_number_for_a_code_ends_the_turn_with_a_sentence() {
    let mut element = played("chatkit-12.sse");
    let banner = element.view().banner.expect("a sentence");
    assert!(banner.text.contains("could not be answered"), "{banner:?}");
    let errors = element.errors();
    assert!(
        errors[0].contains("\"429\"") && errors[0].contains("Too many questions for today."),
        "{errors:?}"
    );
    assert_eq!(element.emitted().last().map(String::as_str), Some("response.end"));
}

#[test]
fn arguments_of_a_tool_may_be_json_in_a_string_but_not_lost() {
    let tools = |element: &Element| -> Vec<String> {
        let ask = |effect: &Effect| match effect {
            Effect::Site { ask: SiteAsk::ClientTool { name, params }, .. } => {
                Some(format!("{name} {params}"))
            }
            _ => None,
        };
        element.effects.iter().filter_map(ask).collect()
    };
    assert_eq!(tools(&played("chatkit-13.sse")), [r#"get_selection {"max":3}"#]);
    let mut element = Element::new();
    element.say(QUESTION).head().event(created("thr_1")).event(user_done("m", QUESTION));
    element.event(json!({"type": "thread.item.done", "item":
        {"id": "t", "type": "client_tool_call", "name": "erase", "arguments": "all of it"}}));
    element.end();
    assert_eq!(tools(&element), Vec::<String>::new(), "not with other arguments than were meant");
    assert_eq!(element.notes(), ["Part of the answer could not be shown."]);
    assert!(element.console()[0].contains("expected an object, got a string at `item.arguments`"));
}

#[test]
fn words_for_items_nobody_knows_cost_nothing_of_the_answer() {
    let mut element = played("chatkit-40.sse");
    asked_once(&mut element, "chatkit-40.sse");
    assert_eq!(element.view().banner, None);
    assert_eq!(element.logs(), ["update.unknownItem", "update.unknownItem"]);
}

#[test]
fn a_widget_without_a_text_to_copy_is_the_texts_in_it() {
    let mut element = played("chatkit-15.sse");
    assert_eq!(element.notes(), ["Servo SG90\nIn stock, 4.90\nOrder"]);
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m", "a"));
    for (id, widget) in [
        (1, json!({"type": "Card", "children": []})),
        (
            2,
            json!({"type": "Card", "children":
        [{"type": "Text", "id": "t", "value": ""}]}),
        ),
    ] {
        element.event(json!({"type": "thread.item.done", "item": {"id": id, "type": "widget", "copy_text": "", "widget": widget}}));
    }
    let plain = "This part of the conversation cannot be shown here.";
    assert_eq!(element.notes(), [plain, plain]);
    element.event(json!({"type": "thread.item.updated", "item_id": 2, "update":
        {"type": "widget.streaming_text.value_delta", "component_id": "t", "delta": "Now"}}));
    assert_eq!(element.notes(), [plain, "Now"], "it is drawn anew when it changes");
}

#[test]
fn an_empty_quote_is_none() {
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into()))));
    element.reply_text(&text("chatkit-14.json"));
    let Body::Thread { items, .. } = element.view().body else { panic!() };
    let ItemView::User(user) = &*items[0] else { panic!("{items:?}") };
    assert_eq!((user.text().as_str(), &user.quote), (QUESTION, &None));
}

#[test]
fn a_thread_that_was_deleted_is_gone_whatever_the_server_says_to_it() {
    for (body, gone) in
        [("", true), ("null", true), ("{}", true), ("\"ok\"", true), ("<!doctype html>", false)]
    {
        let mut element = Element::new();
        element.user(UserAction::History(HistoryAction::Open));
        element.reply(page(vec![thread("thr_1"), thread("thr_2")], None));
        element.user(UserAction::History(HistoryAction::Delete("thr_1".into())));
        element.user(UserAction::History(HistoryAction::Confirm)).reply_text(body);
        let rows = element.view().history.unwrap().rows;
        assert_eq!(rows.len(), if gone { 1 } else { 2 }, "{body:?}");
        assert_eq!(rows[0].doing == Doing::Asking { failed: true }, !gone, "{body:?}");
    }
}

#[test]
fn a_thread_that_was_renamed_has_its_title_whatever_the_server_says_to_it() {
    for body in ["", "null", "{}", r#"{"id": "thr_1", "title": "B"}"#] {
        let mut element = Element::new();
        element.converse("a", "b").user(UserAction::History(HistoryAction::Open));
        element.reply(page(vec![thread("thr_1")], None));
        element.user(UserAction::History(HistoryAction::Rename("thr_1".into())));
        element.user(UserAction::History(HistoryAction::Title("B".into())));
        element.user(UserAction::History(HistoryAction::Save)).reply_text(body);
        let row = element.view().history.unwrap().rows.remove(0);
        assert_eq!((row.title.as_deref(), row.doing), (Some("B"), Doing::Nothing), "{body:?}");
        assert_eq!(element.state.thread.meta().and_then(|meta| meta.title.as_deref()), Some("B"), "{body:?}");
    }
}

#[test]
fn one_bad_row_does_not_take_the_list_away() {
    let cases: Value = serde_json::from_str(&text("chatkit-24.json")).unwrap();
    let mut number = cases["one row null"].clone();
    number["data"][1] = json!(7);
    let rows = |list: &Value| {
        let mut element = Element::new();
        element.user(UserAction::History(HistoryAction::Open)).reply(list.clone());
        let told = element.console().len();
        let rows = element.view().history.unwrap().rows;
        (rows.into_iter().map(|row| (row.title.unwrap(), row.day.is_some())).collect::<Vec<_>>(), told)
    };
    let good = ("Good row".to_owned(), true);
    let dateless = ("Row".to_owned(), false);
    assert_eq!(rows(&cases["one row without created_at"]), (vec![good.clone(), dateless], 0));
    assert_eq!(rows(&cases["one row null"]), (vec![good.clone()], 0));
    assert_eq!(rows(&number), (vec![good], 1));
}

#[test]
fn what_cannot_be_read_is_told_once_a_turn_with_its_place_and_without_what_people_wrote() {
    let item = |id: usize| {
        json!({"type": "thread.item.done", "item": {"id": id, "type": "assistant_message", "created_at": ["private"],
               "content": [{"type": "output_text", "text": "Hi", "annotations": [{"source": {"type": "url", "url": ["private"]}}]}]}})
    };
    let mut element = Element::new();
    element
        .say("a")
        .head()
        .event(created("thr_1"))
        .event(user_done("m", "a"))
        .event(item(1))
        .event(item(2))
        .end();
    let left_out = |element: &Element| -> Vec<String> {
        let log = |effect: &Effect| match effect {
            Effect::Emit(HostEvent::Log { name: "protocol.leftOut", data }) => Some(data.to_string()),
            _ => None,
        };
        element.effects.iter().filter_map(log).collect()
    };
    let logs = left_out(&element);
    assert_eq!(logs.len(), 2, "{logs:?}");
    assert_eq!(
        logs[0],
        r#"{"of":"thread.item.done","path":"item.created_at","found":"an array","expected":"a string"}"#
    );
    assert!(logs[1].contains(r#""path":"item.content[0].annotations[0].source.url""#), "{logs:?}");
    assert_eq!(element.console().len(), 2);
    assert!(!format!("{:?} {logs:?}", element.console()).contains("private"));
    element.fresh().say("b").head().event(item(3)).end();
    assert_eq!(left_out(&element).len(), 2, "another turn");
    element.fresh().act(Action::Host(HostAction::FetchUpdates(HostCall(1))));
    let mut meta = thread("thr_1");
    meta["items"] = json!({"data": [{"id": 1, "type": "widget", "widget": [], "copy_text": 7}, 7, null]});
    element.reply(meta);
    assert_eq!(left_out(&element).len(), 2, "{:?}", left_out(&element));
}

#[test]
fn where_an_answer_cannot_be_read_a_sentence_stands_in_its_place() {
    let gap = "Part of the answer could not be shown.";
    let odd = |id: &str, item: Value| {
        let mut item = item;
        item["id"] = json!(id);
        json!({"type": "thread.item.done", "item": item})
    };
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m", "a"));
    element
        .event(odd("1", json!({"type": "hologram"})))
        .event(odd("2", json!({"type": "widget", "widget": 7})));
    element.event(odd("3", json!({"type": "hidden_thought"}))).end();
    assert_eq!(element.notes(), [gap], "one a turn, and none for what is hidden");
    assert_eq!(element.view().banner, None);
    // The same when the thread is opened again.
    let mut stored = thread("thr_1");
    stored["items"] = json!({"data": [user_item("m", "a"), {"id": "1", "type": "hologram"}, {"id": "2", "type": "hologram"},
        user_item("n", "b"), {"id": "4", "type": "assistant_message", "content": [{"type": "scent"}]}]});
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into())))).reply(stored);
    assert_eq!(element.notes(), [gap]);
    let Body::Thread { items, .. } = element.view().body else { panic!() };
    let parts = items.iter().filter_map(|item| match &**item {
        ItemView::Assistant(view) => Some(format!("{:?}", view.parts)),
        _ => None,
    });
    let parts: Vec<_> = parts.collect();
    assert!(parts.len() == 1 && parts[0].contains(gap), "{parts:?}");
}

#[test]
fn words_on_screen_stay_when_the_end_of_their_item_cannot_be_read() {
    for end in [
        json!({}),
        json!({"content": null}),
        json!({"content": 7.5e300, "type": "assistant_message"}),
        json!({"type": "?"}),
    ] {
        let mut element = Element::new();
        element.say("a").head().event(created("thr_1")).event(user_done("m", "a"));
        element.event(assistant_added("x")).event(delta("x", 0, "Hello"));
        let mut item = json!({"id": "x", "type": "assistant_message"});
        item.as_object_mut().unwrap().extend(end.as_object().unwrap().clone());
        element.event(json!({"type": "thread.item.done", "item": item})).end();
        assert_eq!(element.answers_shown().concat().split('7').next(), Some("Hello"), "{end}");
        assert_eq!(element.view().banner, None, "{end}");
    }
}

#[test]
fn words_on_screen_stay_when_the_end_of_their_part_cannot_be_read() {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m", "a"));
    element.event(assistant_added("x")).event(delta("x", 0, "Hello"));
    for content in [json!({"type": "output_text"}), json!({"type": "scent"}), json!({"text": []})] {
        element.event(json!({"type": "thread.item.updated", "item_id": "x", "update":
            {"type": "assistant_message.content_part.done", "content_index": 0, "content": content}}));
        assert_eq!(element.answers_shown(), ["Hello"], "{content}");
    }
    // A part of a type that nobody knows is text once text comes for it.
    element.event(json!({"type": "thread.item.updated", "item_id": "x", "update":
        {"type": "assistant_message.content_part.added", "content_index": 1, "content": {"type": "scent"}}}));
    element.event(delta("x", 1, ", world"));
    assert_eq!(element.answers_shown(), ["Hello, world"]);
}

#[test]
fn items_without_ids_are_told_apart_by_their_place() {
    let item = |text: &str| json!({"type": "assistant_message", "content": [{"text": text}]});
    let mut element = Element::new();
    element.say("a").head().event(json!({"type": "thread.item.done", "item":
        {"type": "user_message", "content": ["a"], "thread_id": "thr_1"}}));
    for text in ["one", "two"] {
        element.event(json!({"type": "thread.item.added", "item": item("")}));
        element.event(json!({"type": "thread.item.updated", "update":
            {"type": "assistant_message.content_part.text_delta", "delta": text}}));
        element.event(json!({"type": "thread.item.done", "item": item(text)}));
    }
    element.event(json!({"type": "thread.item.done", "item": item("three")})).end();
    assert_eq!(element.answers_shown(), ["one", "two", "three"]);
    assert_eq!(element.said(), [("a".to_owned(), UserItemState::Sent)]);
    assert_eq!(element.state.thread.id(), Some("thr_1"), "named by its items");
    assert_eq!(element.view().banner, None);
}

#[test]
fn signs_of_life_are_no_events_and_nothing_is_said_of_them() {
    let mut element = Element::new();
    element.say("a").head().event(created("thr_1")).event(user_done("m", "a"));
    for sign in
        ["[DONE]", "", " ", "{}", "ping", "null", r#"{"type":"ping"}"#, r#"{"type": "heartbeat", "at": 1}"#]
    {
        element.frame(sign);
    }
    for action in StreamAction::of_frame("ping", r#"{"time": 1}"#) {
        element.stream(action);
    }
    element.event(assistant_done("x", "Hi")).end();
    assert_eq!((element.console(), element.logs()), (vec![], vec![]));
    assert_eq!(element.view().banner, None);
}

#[test]
fn a_list_goes_on_where_the_server_does_not_say_after_what() {
    let mut element = Element::new();
    element.user(UserAction::History(HistoryAction::Open));
    element.reply(json!({"data": [thread("thr_2"), thread("thr_1")], "has_more": "true"}));
    element.user(UserAction::History(HistoryAction::More));
    let ClientRequest::ThreadsList(page) = element.requests().pop().unwrap() else { panic!() };
    assert_eq!(page.after.as_deref(), Some("thr_1"));
}

#[test]
fn an_empty_title_is_none() {
    let mut named = thread("thr_1");
    named["title"] = json!("");
    let mut element = Element::new();
    element.act(Action::Host(HostAction::SetThread(HostCall(1), Some("thr_1".into())))).reply(named);
    assert_eq!(element.state.thread.meta().map(|meta| meta.title.clone()), Some(None));
    assert_eq!(Json::Null.to_string(), "null");
}
