//! The promise of `never_twice`, against a server and a network with bad luck, drawn at random: requests that are lost, come
//! late or twice, answers that cannot be read, reads that are refused, waits without an end.
//!
//! `CKW_SEEDS=10000 cargo test --test host unlucky` draws as many.

use std::collections::BTreeMap;

use chatkit_widget::protocol::{ClientRequest, Order};
use chatkit_widget::state::select::UserItemState;
use chatkit_widget::state::{Failure, StreamAction, UserAction};
use proptest::prelude::*;
use serde_json::json;

use super::*;

/// What befalls one request.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    /// It never arrives.
    LostBefore,
    /// It arrives, its answer does not.
    LostAfter,
    /// It arrives that many milliseconds after its connection was lost.
    Late(u32),
    /// It arrives twice: the browser repeats it on a new connection.
    Twice,
    CutAfterThread,
    CutAfterMessage,
    CutInAnswer,
    /// A stream that ends properly after the echo.
    Silent,
    Empty,
    Busy,
    /// A 5xx; whether the server acted.
    Failed(bool),
    /// A success that cannot be read; whether the server acted.
    Unreadable(bool),
    /// Never an answer; whether the server acted.
    Stall(bool),
}

fn luck() -> impl Strategy<Value = Luck> {
    prop_oneof![
        Just(Luck::Good),
        Just(Luck::LostBefore),
        Just(Luck::LostAfter),
        (100u32..9_000).prop_map(Luck::Late),
        Just(Luck::Twice),
        Just(Luck::CutAfterThread),
        Just(Luck::CutAfterMessage),
        Just(Luck::CutInAnswer),
        Just(Luck::Silent),
        Just(Luck::Empty),
        Just(Luck::Busy),
        any::<bool>().prop_map(Luck::Failed),
        any::<bool>().prop_map(Luck::Unreadable),
        any::<bool>().prop_map(Luck::Stall),
    ]
}

/// A server that stores messages.
#[derive(Default)]
struct Server {
    threads: BTreeMap<String, Vec<Value>>,
    /// The thread and message that a key made; nothing is looked up without keys.
    made: BTreeMap<String, (String, Value)>,
    keys: bool,
    next: u32,
    late: Vec<(f64, ClientRequest, String)>,
}

impl Server {
    fn id(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}_{}", self.next)
    }

    fn stored(&self, text: &str) -> usize {
        self.threads.values().flatten().filter(|item| item["content"][0]["text"] == text).count()
    }

    /// Stores what a request says; returns the thread, whether it is new, and the message.
    fn act(&mut self, request: &ClientRequest, key: &str) -> Option<(String, bool, Option<Value>)> {
        if self.keys
            && let Some((thread, item)) = self.made.get(key)
        {
            let created = matches!(request, ClientRequest::ThreadsCreate { .. });
            return Some((thread.clone(), created, (!item.is_null()).then(|| item.clone())));
        }
        let acted = match request {
            ClientRequest::ThreadsCreate { input } => {
                let thread = self.id("thr");
                let item = user_item(&self.id("msg"), input.content[0].as_text());
                self.threads.insert(thread.clone(), vec![item.clone()]);
                (thread, true, Some(item))
            }
            ClientRequest::ThreadsAddUserMessage { thread_id, input } => {
                let item = user_item(&self.id("msg"), input.content[0].as_text());
                self.threads.get_mut(thread_id)?.push(item.clone());
                (thread_id.clone(), false, Some(item))
            }
            ClientRequest::ThreadsRetryAfterItem { thread_id, item_id } => {
                let items = self.threads.get_mut(thread_id)?;
                let at = items.iter().position(|item| item["id"] == item_id.as_str())?;
                items.truncate(at + 1);
                (thread_id.clone(), false, None)
            }
            other => panic!("unexpected request {}", other.op()),
        };
        self.made.insert(key.to_owned(), (acted.0.clone(), acted.2.clone().unwrap_or(Value::Null)));
        Some(acted)
    }

    /// What was held up until now.
    fn arrive(&mut self, now_ms: f64) {
        let (due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.late).into_iter().partition(|(at, ..)| *at <= now_ms);
        self.late = later;
        for (_, request, key) in due {
            self.act(&request, &key);
        }
    }
}

/// Ends a function that returns nothing.
fn done(_: &mut Element) {}

fn serve(
    element: &mut Element,
    server: &mut Server,
    request: ClientRequest,
    key: Option<String>,
    luck: Luck,
) {
    if !request.is_streaming() {
        return read(element, server, &request, luck);
    }
    let key = key.expect("whatever creates something has a key");
    match luck {
        Luck::LostBefore => return done(element.fail(Failure::NoConnection)),
        Luck::Busy => return done(element.fail(status(429))),
        Luck::Failed(false) => return done(element.fail(status(503))),
        Luck::Unreadable(false) => {
            return done(
                element
                    .fail(Failure::NotAStream { content_type: "text/html".into(), excerpt: "<h1>".into() }),
            );
        }
        Luck::Stall(false) => return done(element.time_out()),
        Luck::Late(after_ms) => {
            server.late.push((element.now_ms + f64::from(after_ms), request, key));
            return done(element.fail(Failure::NoConnection));
        }
        _ => {}
    }
    let Some((thread, created_now, item)) = server.act(&request, &key) else {
        return done(element.fail(status(404)));
    };
    match luck {
        Luck::LostAfter => return done(element.fail(Failure::NoConnection)),
        Luck::Failed(_) => return done(element.fail(status(504))),
        Luck::Unreadable(_) => {
            return done(element.head().fail(Failure::NoEvent { frames: 1, first: "no".into() }));
        }
        Luck::Stall(_) => return done(element.time_out()),
        Luck::Twice if server.keys => {
            server.act(&request, &key);
        }
        _ => {}
    }
    element.head();
    if matches!(luck, Luck::Empty) {
        return done(element.end());
    }
    if created_now {
        element.event(created(&thread));
    }
    if matches!(luck, Luck::CutAfterThread) {
        return done(element.fail(Failure::Cut));
    }
    if let Some(item) = item {
        element.event(json!({"type": "thread.item.done", "item": item}));
    }
    let answer = assistant_item(&server.id("msg"), "answer");
    let id = answer["id"].as_str().expect("an id").to_owned();
    match luck {
        Luck::CutAfterMessage => return done(element.fail(Failure::Cut)),
        Luck::Silent => return done(element.end()),
        Luck::CutInAnswer => {
            element.event(assistant_added(&id)).event(delta(&id, 0, "ans"));
            return done(element.fail(Failure::Cut));
        }
        _ => {}
    }
    server.threads.get_mut(&thread).expect("its thread").push(answer.clone());
    element.event(json!({"type": "thread.item.done", "item": answer})).end();
}

fn read(element: &mut Element, server: &Server, request: &ClientRequest, luck: Luck) {
    match luck {
        Luck::Good | Luck::Twice => {}
        Luck::Unreadable(_) => return done(element.reply(json!({"status": "ok"}))),
        Luck::Failed(_) => return done(element.reply_failed(status(404))),
        Luck::Stall(_) => return done(element.time_out()),
        _ => return done(element.reply_failed(Failure::NoConnection)),
    }
    match request {
        ClientRequest::ThreadsList(_) => {
            element.reply(page(server.threads.keys().rev().map(|id| thread(id)).collect(), None));
        }
        ClientRequest::ItemsList { thread_id, page: params } => {
            let mut items = server.threads.get(thread_id).cloned().unwrap_or_default();
            if params.order == Order::Desc {
                items.reverse();
            }
            element.reply(page(items, None));
        }
        other => panic!("unexpected request {}", other.op()),
    }
}

/// A request with its key.
type Keyed = (ClientRequest, Option<String>);

/// What is to be done next: a request, or the end of a pause.
fn next(effects: &[Effect]) -> (Option<Keyed>, Option<(Timer, f64)>) {
    let request = effects.iter().rev().find_map(|effect| match effect {
        Effect::Stream { request, idempotency_key, .. } | Effect::Call { request, idempotency_key, .. } => {
            Some(((**request).clone(), idempotency_key.clone()))
        }
        _ => None,
    });
    let pause = effects.iter().rev().find_map(|effect| match effect {
        Effect::StartTimer(Timer::Wait(_), _) => None,
        Effect::StartTimer(timer, pause) => Some((*timer, pause.as_secs_f64() * 1_000.0)),
        _ => None,
    });
    (request, pause)
}

/// Sends messages with that luck, pressing "Try again" until each has its answer. Returns how often the reader pressed it.
fn converse(element: &mut Element, server: &mut Server, lucks: Vec<Luck>, messages: usize) -> usize {
    let mut lucks = lucks.into_iter();
    let mut pressed = 0;
    for n in 0..messages {
        let from = element.effects.len();
        element.say(&format!("message {n}"));
        element.effects.drain(..from);
        for _ in 0..400 {
            server.arrive(element.now_ms);
            let effects = std::mem::take(&mut element.effects);
            let (request, pause) = next(&effects);
            element.effects = effects;
            let seen = element.effects.len();
            match (request, pause) {
                (Some((request, key)), _) => {
                    serve(element, server, request, key, lucks.next().unwrap_or(Luck::Good));
                }
                (None, Some((timer, pause_ms))) => {
                    element.now_ms += pause_ms;
                    server.arrive(element.now_ms);
                    element.act(Action::Timer(timer));
                }
                (None, None) if element.view().banner.is_some() => {
                    pressed += 1;
                    element.user(UserAction::RetryTurn);
                }
                (None, None) => break,
            }
            element.effects.drain(..seen);
        }
        assert!(!element.state.turn.is_active(), "message {n} waits for ever");
        assert!(element.view().banner.is_none(), "message {n} was never answered");
        element.stream(StreamAction::Alive);
    }
    server.arrive(f64::INFINITY);
    pressed
}

fn seeds() -> ProptestConfig {
    let cases = std::env::var("CKW_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    ProptestConfig::with_cases(cases.unwrap_or(500))
}

proptest! {
    #![proptest_config(seeds())]

    /// With keys each message ends up stored exactly once, in one thread, however requests and answers get lost.
    #[test]
    fn with_keys_every_message_is_stored_once(
        lucks in proptest::collection::vec(luck(), 0..24),
        messages in 1usize..4,
    ) {
        let mut config = Config::for_url("/chatkit");
        config.api.idempotent = true;
        let mut element = Element::with(config);
        let mut server = Server { keys: true, ..Server::default() };
        converse(&mut element, &mut server, lucks, messages);
        for n in 0..messages {
            prop_assert_eq!(server.stored(&format!("message {n}")), 1, "message {}", n);
        }
        prop_assert_eq!(element.said().len(), messages);
        prop_assert!(element.said().iter().all(|(_, state)| *state == UserItemState::Sent));
        prop_assert_eq!(server.threads.len(), 1, "all messages in one thread");
    }

    /// Without keys no message is lost, and none is stored a second time unless the reader, told that it is not certain,
    /// pressed "Try again".
    #[test]
    fn without_keys_nothing_is_stored_twice_in_silence(
        lucks in proptest::collection::vec(luck(), 0..24),
        messages in 1usize..4,
    ) {
        let mut element = Element::new();
        let mut server = Server::default();
        let pressed = converse(&mut element, &mut server, lucks, messages);
        let mut extra = 0;
        for n in 0..messages {
            let stored = server.stored(&format!("message {n}"));
            prop_assert!(stored >= 1, "message {} is lost", n);
            extra += stored - 1;
        }
        prop_assert!(extra <= pressed, "{} stored again, {} presses", extra, pressed);
        prop_assert_eq!(element.said().len(), messages);
    }
}
