//! Every problem, as its reader and its integrator meet it.

use std::time::Duration;

use chatkit_widget::problem::{
    At, EngineKind, FetchFailure, Problem, Remedy, SESSION_ERROR, SessionFault, Severity, looks_like_json,
    status_problem,
};
use chatkit_widget::retry::Cause;
use chatkit_widget::text::Key;

fn at() -> At {
    At::post("https://example.com/chatkit")
}

/// One of each, and a match over them: a variant that is not in the list does not compile.
macro_rules! every_problem {
    ($($variant:ident { $($field:ident: $value:expr),* $(,)? })*) => {
        fn all() -> Vec<Problem> {
            vec![$(Problem::$variant { $($field: $value.into()),* }),*]
        }

        #[allow(unreachable_patterns, reason = "some are listed with more than one content")]
        fn _none_is_missing(problem: &Problem) {
            match problem { $(Problem::$variant { .. } => {})* }
        }
    };
}

every_problem! {
    Offline { at: at() }
    NoConnection { at: at() }
    TimedOut { at: at(), after: Duration::from_secs(10) }
    ServerBusy { at: at(), status: 503u16, retry_after: Some(Duration::from_secs(3)) }
    ServerBusy { at: at(), status: 429u16, retry_after: None }
    ServerError { at: at(), status: 500u16 }
    Refused { at: at(), status: 401u16 }
    Rejected { at: at(), status: 422u16 }
    SessionMalformed { at: at(), what: SessionFault::NoSecret }
    NotJson { at: at(), content_type: "text/html" }
    NotJson { at: at(), content_type: "" }
    NotAStream { at: at(), content_type: "application/json", excerpt: "{}" }
    NotAStream { at: at(), content_type: "", excerpt: "{}" }
    NoEvent { at: at(), frames: 3_usize, first: WHY }
    BadJson { at: at(), what: WHY }
    EmptyBody { at: at() }
    StreamCut { at: at() }
    NoAnswer { at: at() }
    ReplyLost { at: at() }
    NotCertain { at: at(), why: WHY }
    BadFrame { at: at(), what: WHY }
    LeftOut { at: at(), of: "thread.item.done", what: WHY }
    ThreadMissing { thread: "thr_1" }
    NoSession { what: WHY, says: Key::NoConnection }
    ServerMessage { text: "We blocked that message.", allow_retry: false }
    ServerMessage { text: " ", allow_retry: true }
    StreamError { code: "stream.error", message: None, allow_retry: true }
    StreamError { code: "429", message: Some("Too many.".to_owned()), allow_retry: false }
    TooManyTools { limit: 25_u32 }
    Misconfigured { path: "backendUrl", message: "must be http(s)" }
    EngineScriptFailed { engine: EngineKind::OpenAi, why: WHY }
    EngineTimedOut { engine: EngineKind::SelfHosted, after: Duration::from_secs(8) }
    EngineFellBack { to: EngineKind::SelfHosted, why: "engine \"openai\" did not load: blocked" }
    AssetLoad { what: "element.wasm", why: WHY }
    HostFunctionThrew { path: "api.fetch", why: WHY }
    Internal { what: WHY }
}

const WHY: &str = "TypeError: x";

/// Words of our trade. A reader has a page, a chat, a connection.
const TRADE: [&str; 22] = [
    "api",
    "backend",
    "browser",
    "cache",
    "client",
    "code",
    "cookie",
    "cors",
    "endpoint",
    "engine",
    "error",
    "exception",
    "fetch",
    "http",
    "https",
    "json",
    "null",
    "request",
    "response",
    "server",
    "session",
    "undefined",
];

/// What must never reach a reader.
pub fn technical(text: &str) -> Option<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let word = words.clone().find(|word| TRADE.contains(&word.to_lowercase().as_str()));
    let status = words.clone().find(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()));
    // `TypeError`, `NetworkException`; a capital inside a word.
    let class = words.clone().find(|word| word.chars().skip(1).any(char::is_uppercase));
    let mark = text.find(['/', '<', '>', '[', ']', '"', '`', '_', '\\', '=', ';']).map(|at| &text[at..]);
    word.or(status).or(class).or(mark).map(str::to_owned)
}

#[test]
fn what_is_technical_is_recognised() {
    for text in [
        "The server said 502.",
        "POST /chatkit failed",
        "TypeError: Failed to load",
        "See https://example.com",
        r#"{"detail":"no"}"#,
        "Your session has ended.",
        "snake_case",
        "Something is undefined",
    ] {
        assert!(technical(text).is_some(), "{text}");
    }
    assert_eq!(technical("Trying again (2 of 3)… It’s nearly there, isn't it?"), None);
}

#[test]
fn every_reader_gets_a_plain_sentence_and_something_to_do() {
    for problem in all() {
        let message = problem.message();
        assert_eq!(technical(&message), None, "{problem:?}: {message}");
        assert!(message.ends_with('.') && message.len() > 10, "{problem:?}: {message}");
        let says = message.to_lowercase();
        let expected: &[&str] = match (&problem, problem.remedy()) {
            (Problem::ServerMessage { text, .. }, _) if !text.trim().is_empty() => continue,
            (_, Remedy::Retry) => &["try again"],
            (_, Remedy::NewChat) => &["new chat"],
            (_, Remedy::Reload) => &["reload"],
            (_, Remedy::None) if problem.severity() == Severity::Notice => &["nothing you need to do"],
            (_, Remedy::None) => &["tell", "write a message"],
        };
        assert!(expected.iter().any(|word| says.contains(word)), "{problem:?}: {message}");
    }
}

#[test]
fn every_integrator_learns_where() {
    for problem in all() {
        let detail = problem.detail();
        let places = [
            "POST /chatkit",
            "thr_1",
            "backendUrl",
            "api.fetch",
            "onClientTool",
            "engine",
            "element.wasm",
            "no session",
            "server",
            "bug",
        ];
        assert!(places.iter().any(|place| detail.contains(place)), "{detail}");
        assert!(!detail.contains("example.com"), "{detail}");
    }
}

#[test]
fn the_servers_own_sentence_reaches_the_reader() {
    let problem = Problem::ServerMessage { text: "We blocked that message.".into(), allow_retry: false };
    assert_eq!(problem.message(), "We blocked that message.");
    assert!(!problem.retryable());
    let silent = Problem::ServerMessage { text: "  ".into(), allow_retry: true };
    assert!(silent.message().contains("try again"));
}

#[test]
fn each_status_becomes_the_problem_it_is() {
    let of = |status| status_problem(&at(), status, Some(Duration::from_secs(1)));
    assert_eq!(of(200), None);
    assert_eq!(of(204), None);
    assert_eq!(of(401), Some(Problem::Refused { at: at(), status: 401 }));
    assert_eq!(of(404), Some(Problem::Rejected { at: at(), status: 404 }));
    assert_eq!(of(500), Some(Problem::ServerError { at: at(), status: 500 }));
    let busy = of(503).unwrap();
    assert_eq!(busy.cause(), Cause::Status { status: 503, retry_after: Some(Duration::from_secs(1)) });
    assert!(matches!(of(304), Some(Problem::Rejected { .. })));
}

#[test]
fn a_rejected_fetch_is_told_apart_by_what_happened() {
    let problem = |name: &str, began, online| {
        FetchFailure::from_error(name, "words", Some("busy")).problem(
            at(),
            began,
            online,
            Duration::from_secs(4),
        )
    };
    assert_eq!(problem("TypeError", false, true), Some(Problem::NoConnection { at: at() }));
    assert_eq!(problem("TypeError", false, false), Some(Problem::Offline { at: at() }));
    assert_eq!(problem("TypeError", true, true), Some(Problem::StreamCut { at: at() }));
    assert_eq!(problem("AbortError", true, true), None);
    assert_eq!(
        problem("TimeoutError", false, true),
        Some(Problem::TimedOut { at: at(), after: Duration::from_secs(4) })
    );
    let none = problem(SESSION_ERROR, false, true).unwrap();
    assert_eq!(none, Problem::NoSession { what: "words".into(), says: Key::Busy });
    assert_eq!(none.key(), Key::Busy, "the reader hears why");
    let unsaid = FetchFailure::from_error(SESSION_ERROR, "words", Some("of another version"));
    assert_eq!(unsaid, FetchFailure::NoSession { message: "words".into(), says: Key::NoConnection });
    let thrown = problem("RangeError", false, true).unwrap();
    assert_eq!(thrown.detail(), "api.fetch: the function threw: RangeError: words");
    assert_eq!(thrown.cause(), Cause::Final);
}

#[test]
fn the_error_page_of_a_proxy_is_not_taken_for_json() {
    for body in ["<!doctype html>", "\u{feff}\n <html>", "<h1>502</h1>", "", " "] {
        assert!(!looks_like_json(body), "{body:?}");
    }
    for body in ["{}", "\u{feff}{}", " [1]", "null", "{cut"] {
        assert!(looks_like_json(body), "{body:?}");
    }
}

#[test]
fn a_place_is_a_method_and_a_path() {
    for (url, place) in [
        ("https://x.example:8000/api/chatkit/session?a=1#b", "POST /api/chatkit/session"),
        ("https://x.example", "POST /"),
        ("/chatkit", "POST /chatkit"),
        ("", "POST "),
    ] {
        assert_eq!(At::post(url).to_string(), place);
    }
}
