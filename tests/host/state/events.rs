//! Which events a page hears, and in which order, on every way a turn and a thread can take (ChatKit protocol §4).

use chatkit_widget::config::{self, Config, Raw};
use chatkit_widget::json::Json;
use chatkit_widget::protocol::{Action as CustomAction, UserMessageContent};
use chatkit_widget::state::{
    Failure, HistoryAction, HostAction, HostCall, PickAction, SiteError, StructuredAction, ToolSource,
    UserAction,
};
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn with_a_tool() -> Config {
    let json = r#"{"api": {"url": "/chatkit", "domainKey": "local"},
                   "composer": {"tools": [{"id": "search", "label": "Search", "icon": "search"}]}}"#;
    let raw = Raw::from(&serde_json::from_str::<Json>(json).unwrap());
    config::validate(&raw).expect("options").config
}

/// A way, and what the page hears on it after `ready`.
type Path = (&'static str, fn(&mut Element), &'static [&'static str]);

fn begun(element: &mut Element) -> &mut Element {
    element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"))
}

fn effect(name: &str) -> Value {
    json!({"type": "client_effect", "name": name, "data": {}})
}

fn error(allow_retry: bool) -> Value {
    json!({"type": "error", "code": "stream.error", "allow_retry": allow_retry})
}

fn call(status: &str) -> Value {
    json!({"id": "tc_1", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:07.684528", "type": "client_tool_call",
           "status": status, "call_id": "call_1", "name": "x", "arguments": {}})
}

fn questions() -> Value {
    let item = json!({"id": "si_1", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:33.635539",
        "type": "structured_input", "status": "pending", "inputs": [{"id": "q", "question": "?", "type": "freeform"}]});
    json!({"type": "thread.item.done", "item": item})
}

fn tool(element: &mut Element, answer: Result<Json, SiteError>) -> &mut Element {
    let asked = element.effects.iter().rev().find_map(|effect| match effect {
        Effect::Site { call, .. } => Some(*call),
        _ => None,
    });
    element.act(Action::Site { call: asked.expect("a function of the page was asked for"), answer })
}

fn send(call: u64, new_thread: bool) -> Action {
    Action::Host(HostAction::Send {
        call: HostCall(call),
        content: vec![UserMessageContent::text("from the page")],
        quoted_text: None,
        attachments: Vec::new(),
        new_thread,
        tool: None,
        model: None,
    })
}

fn open(call: u64, id: &str) -> Action {
    Action::Host(HostAction::SetThread(HostCall(call), Some(id.into())))
}

fn custom(call: u64) -> Action {
    let action = CustomAction { kind: "refresh".into(), payload: None };
    Action::Host(HostAction::CustomAction { call: HostCall(call), action, item_id: None })
}

const PATHS: &[Path] = &[
    (
        "a first message with effects",
        |element| {
            element.say("hello").head().event(effect("early")).event(created("thr_1"));
            element
                .event(user_done("msg_1", "hello"))
                .event(effect("late"))
                .event(assistant_done("a", "Hi"))
                .end();
        },
        &["response.start", "effect early", "thread.change thr_1", "effect late", "response.end"],
    ),
    (
        "a second message",
        |element| {
            element.converse("hello", "Hi").converse("and?", "More");
        },
        &["response.start", "thread.change thr_1", "response.end", "response.start", "response.end"],
    ),
    (
        "stopped",
        |element| {
            begun(element).event(assistant_added("a")).event(delta("a", 0, "half")).user(UserAction::Stop);
        },
        &["response.start", "thread.change thr_1", "response.end"],
    ),
    (
        "an error event",
        |element| {
            begun(element).event(error(true)).end();
        },
        &["response.start", "thread.change thr_1", "error", "response.end"],
    ),
    (
        "an error event, and the stream goes on and is cut",
        |element| {
            begun(element).event(error(false)).event(effect("after")).fail(Failure::Cut);
        },
        &["response.start", "thread.change thr_1", "effect after", "error", "response.end"],
    ),
    (
        "cut in the middle of the answer",
        |element| {
            begun(element).event(assistant_added("a")).event(delta("a", 0, "half")).fail(Failure::Cut);
        },
        &["response.start", "thread.change thr_1", "error", "response.end"],
    ),
    (
        "lost before the answer began, and asked for again by itself",
        |element| {
            begun(element).fail(Failure::Cut).wait().head().event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "thread.change thr_1", "response.end"],
    ),
    (
        "a server that stays away, then Try again",
        |element| {
            element.say("hello").fail(Failure::NoConnection);
            for _ in 0..3 {
                element.wait().reply_failed(Failure::NoConnection);
            }
            element.user(UserAction::RetryTurn);
            element.reply(page(vec![], None)).head().event(created("thr_1")).event(user_done("m", "hello"));
            element.event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "error", "response.end", "response.start", "thread.change thr_1", "response.end"],
    ),
    (
        "a lost first message that is found again",
        |element| {
            element.say("hello").fail(Failure::NoConnection).wait();
            element.reply(page(vec![thread("thr_7")], None)).reply(page(vec![user_item("m", "hello")], None));
            element.head().event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "thread.change thr_7", "response.end"],
    ),
    (
        "no session",
        |element| {
            element.say("hello").fail(Failure::Session { detail: String::new(), says: Key::NoConnection });
        },
        &["response.start", "error", "response.end"],
    ),
    (
        "an answer asked for again",
        |element| {
            element.converse("hello", "Hi");
            let key = element.state.items.iter().next().expect("a message").key;
            element.user(UserAction::RetryAfter(key)).head().event(assistant_done("b", "Hello")).end();
        },
        &["response.start", "thread.change thr_1", "response.end", "response.start", "response.end"],
    ),
    (
        "a client tool",
        |element| {
            begun(element).event(json!({"type": "thread.item.done", "item": call("pending")})).end();
            tool(element, Ok(Json::Null)).head().event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "thread.change thr_1", "response.end"],
    ),
    (
        "a client tool that throws, and whose output is lost",
        |element| {
            begun(element).event(json!({"type": "thread.item.done", "item": call("pending")})).end();
            tool(element, Err(SiteError::Threw("no".into()))).fail(Failure::Cut).wait();
            element.reply(page(vec![call("pending"), user_item("msg_1", "hello")], None));
            element.head().event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "thread.change thr_1", "error", "response.end"],
    ),
    (
        "a client tool the reader does not wait for",
        |element| {
            begun(element).event(json!({"type": "thread.item.done", "item": call("pending")})).end();
            element.user(UserAction::Stop);
            tool(element, Ok(Json::Null));
        },
        &["response.start", "thread.change thr_1", "response.end"],
    ),
    (
        "questions, and their answers",
        |element| {
            begun(element).event(questions()).end();
            element.user(UserAction::Structured(StructuredAction::SkipAll)).head();
            element.event(assistant_done("a", "Hi")).end();
        },
        &["response.start", "thread.change thr_1", "response.end", "response.start", "response.end"],
    ),
    (
        "an action of the page that fails",
        |element| {
            element.converse("hello", "Hi").act(custom(1)).fail(Failure::Cut);
        },
        &["response.start", "thread.change thr_1", "response.end", "response.start", "error", "response.end"],
    ),
    (
        "a stored thread, the same again, and a new one",
        |element| {
            element.act(open(1, "thr_2")).reply(thread("thr_2"));
            element.act(open(2, "thr_2")).reply(thread("thr_2")).user(UserAction::NewThread);
        },
        &[
            "thread.load.start thr_2",
            "thread.load.end thr_2",
            "thread.change thr_2",
            "thread.load.start thr_2",
            "thread.load.end thr_2",
            "thread.change null",
        ],
    ),
    (
        "a stored thread that is not there",
        |element| {
            element.act(open(1, "thr_2")).reply_failed(status(404));
        },
        &["thread.load.start thr_2", "error", "thread.load.end thr_2"],
    ),
    (
        "another thread in the middle of an answer",
        |element| {
            begun(element).event(assistant_added("a")).user(UserAction::NewThread);
        },
        &["response.start", "thread.change thr_1", "response.end", "thread.change null"],
    ),
    (
        "a message of the page in a new thread",
        |element| {
            element.converse("hello", "Hi").act(send(1, true)).head().event(created("thr_2"));
            element.event(user_done("m", "from the page")).event(assistant_done("b", "Yes")).end();
        },
        &[
            "response.start",
            "thread.change thr_1",
            "response.end",
            "thread.change null",
            "response.start",
            "thread.change thr_2",
            "response.end",
        ],
    ),
    (
        "history, opened and closed",
        |element| {
            element.act(Action::Host(HostAction::ShowHistory(HostCall(1))));
            element.user(UserAction::History(HistoryAction::Close));
        },
        &["history.open", "history.close"],
    ),
    (
        "a link for the page, and a tool that is chosen, put back, and taken by a message",
        |element| {
            element.user(UserAction::Deeplink { name: "task".into(), data: None });
            let tool =
                |id: &str| UserAction::Pick(PickAction::Tool { id: id.into(), from: ToolSource::Menu });
            element.user(tool("search")).user(UserAction::Pick(PickAction::NoTool)).user(tool("search"));
            element.say("hello").head().event(created("thr_1")).event(user_done("msg_1", "hello"));
            element.event(assistant_done("a", "Hi")).end();
        },
        &[
            "deeplink task",
            "tool.change search",
            "tool.change null",
            "tool.change search",
            "tool.change null",
            "response.start",
            "thread.change thr_1",
            "response.end",
        ],
    ),
];

#[test]
fn every_way_of_a_turn_tells_the_page_what_happens_in_order() {
    for (name, walk, expected) in PATHS {
        let mut element = Element::with(with_a_tool());
        walk(&mut element);
        assert_eq!(element.emitted()[0], "ready", "{name}");
        assert_eq!(element.emitted()[1..], **expected, "{name}");
        assert!(!element.state.turn.is_active(), "{name}");
    }
}

/// What can happen next, whatever the state.
#[derive(Clone, Copy, Debug)]
enum Step {
    Say,
    Head,
    Created,
    Echo,
    Answer,
    Begin,
    Error,
    ToolCall,
    Questions,
    End,
    Cut,
    Refused,
    Stop,
    Retry,
    Wait,
    Tool,
    ToolThrows,
    Reply,
    ReplyFailed,
    Skip,
    New,
    Open,
    FromPage,
    Custom,
    Updates,
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    prop::sample::select(vec![
        Say,
        Head,
        Created,
        Echo,
        Answer,
        Begin,
        Error,
        ToolCall,
        Questions,
        End,
        Cut,
        Refused,
        Stop,
        Retry,
        Wait,
        Tool,
        ToolThrows,
        Reply,
        ReplyFailed,
        Skip,
        New,
        Open,
        FromPage,
        Custom,
        Updates,
    ])
}

/// Takes a step, if it makes sense at all; `n` names what it makes.
fn take(element: &mut Element, step: Step, n: u64) -> &mut Element {
    let streaming = element.effects.iter().any(|effect| matches!(effect, Effect::Stream { .. }));
    let called = element.effects.iter().any(|effect| matches!(effect, Effect::Call { .. }));
    let asked = element.effects.iter().any(|effect| matches!(effect, Effect::Site { .. }));
    match step {
        Step::Say => element.say("hello"),
        Step::Stop => element.user(UserAction::Stop),
        Step::Retry => element.user(UserAction::RetryTurn),
        Step::Skip => element.user(UserAction::Structured(StructuredAction::SkipAll)),
        Step::New => element.user(UserAction::NewThread),
        Step::Open => element.act(open(n, "thr_2")),
        Step::FromPage => element.act(send(n, n.is_multiple_of(2))),
        Step::Custom => element.act(custom(n)),
        Step::Updates => element.act(Action::Host(HostAction::FetchUpdates(HostCall(n)))),
        Step::Wait if element.timer().is_some() => element.wait(),
        Step::Tool if asked => tool(element, Ok(Json::Null)),
        Step::ToolThrows if asked => tool(element, Err(SiteError::Threw("no".into()))),
        Step::Reply if called => {
            let mut body = thread("thr_2");
            body["data"] = json!([]);
            body["has_more"] = json!(false);
            element.reply(body)
        }
        Step::ReplyFailed if called => element.reply_failed(Failure::NoConnection),
        _ if !streaming => element,
        Step::Head => element.head(),
        Step::Created => element.event(created("thr_1")),
        Step::Echo => element.event(user_done(&format!("m{n}"), "hello")),
        Step::Begin => element.event(assistant_added(&format!("a{n}"))),
        Step::Answer => element.event(assistant_done(&format!("a{n}"), "Hi")),
        Step::Error => element.event(error(n.is_multiple_of(2))),
        Step::ToolCall => element.event(json!({"type": "thread.item.done", "item": call("pending")})),
        Step::Questions => element.event(questions()),
        Step::End => element.end(),
        Step::Cut => element.fail(Failure::Cut),
        Step::Refused => element.fail(status(401)),
        _ => element,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// One start and one end a turn, whatever happens and in whatever order; and no call of the page is answered twice.
    #[test]
    fn a_response_that_starts_ends_once(steps in prop::collection::vec(step(), 1..60)) {
        let mut element = Element::new();
        for (n, step) in (0..).zip(steps) {
            take(&mut element, step, n);
            let open = element.emitted().iter().fold(0_i32, |open, name| match name.as_str() {
                "response.start" => open + 1,
                "response.end" => open - 1,
                _ => open,
            });
            prop_assert_eq!(open, i32::from(element.state.turn.is_active()), "{:?}", element.emitted());
        }
        let mut calls: Vec<_> = element.answers().into_iter().map(|(call, _)| call).collect();
        let answers = calls.len();
        calls.sort();
        calls.dedup();
        prop_assert_eq!(calls.len(), answers, "a call was answered twice");
    }
}
