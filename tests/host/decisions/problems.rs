//! Every problem, as its reader and its integrator meet it.

use std::time::Duration;

use chatkit_widget::problem::{
    At, EngineKind, FetchFailure, Problem, Remedy, SESSION_ERROR, SessionFault, looks_like_json,
    status_problem,
};
use chatkit_widget::retry::Cause;

fn at() -> At {
    At::post("https://example.com/chatkit")
}

/// One of each. A new variant makes `_every_variant_is_listed` fail to compile until it is added here too.
fn all() -> Vec<Problem> {
    let why = || "TypeError: x".to_owned();
    vec![
        Problem::Offline { at: at() },
        Problem::NoConnection { at: at() },
        Problem::TimedOut { at: at(), after: Duration::from_secs(10) },
        Problem::ServerBusy { at: at(), status: 503, retry_after: Some(Duration::from_secs(3)) },
        Problem::ServerBusy { at: at(), status: 429, retry_after: None },
        Problem::ServerError { at: at(), status: 500 },
        Problem::Refused { at: at(), status: 401 },
        Problem::Rejected { at: at(), status: 422 },
        Problem::SessionMalformed { at: at(), what: SessionFault::NoSecret },
        Problem::NotJson { at: at(), content_type: "text/html".into() },
        Problem::NotJson { at: at(), content_type: String::new() },
        Problem::BadJson { at: at(), what: why() },
        Problem::EmptyBody { at: at() },
        Problem::StreamCut { at: at() },
        Problem::BadFrame { at: at(), what: why() },
        Problem::ThreadMissing { thread: "thr_1".into() },
        Problem::NoSession { what: why() },
        Problem::ServerMessage { text: "We blocked that message.".into(), allow_retry: false },
        Problem::ServerMessage { text: " ".into(), allow_retry: true },
        Problem::StreamError { code: "stream.error".into(), allow_retry: true },
        Problem::StreamError { code: "stream.error".into(), allow_retry: false },
        Problem::Misconfigured { path: "backendUrl".into(), message: "must be http(s)".into() },
        Problem::EngineScriptFailed { engine: EngineKind::OpenAi, why: why() },
        Problem::EngineTimedOut { engine: EngineKind::SelfHosted, after: Duration::from_secs(8) },
        Problem::AssetLoad { what: "element.wasm".into(), why: why() },
        Problem::HostFunctionThrew { path: "api.fetch".into(), why: why() },
        Problem::Internal { what: why() },
    ]
}

fn _every_variant_is_listed(problem: &Problem) {
    use Problem as P;
    match problem {
        P::Offline { .. } | P::NoConnection { .. } | P::TimedOut { .. } | P::ServerBusy { .. } => {}
        P::ServerError { .. } | P::Refused { .. } | P::Rejected { .. } | P::SessionMalformed { .. } => {}
        P::NotJson { .. } | P::BadJson { .. } | P::EmptyBody { .. } | P::StreamCut { .. } => {}
        P::BadFrame { .. } | P::ThreadMissing { .. } | P::NoSession { .. } | P::ServerMessage { .. } => {}
        P::StreamError { .. } | P::Misconfigured { .. } | P::EngineScriptFailed { .. } => {}
        P::EngineTimedOut { .. } | P::AssetLoad { .. } | P::HostFunctionThrew { .. } | P::Internal { .. } => {
        }
    }
}

/// What must never reach a reader.
pub fn technical(text: &str) -> Option<&'static str> {
    let has_status = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 3);
    [
        (has_status, "a status code"),
        (text.contains("://") || text.contains("www.") || text.contains('/'), "an address"),
        (text.contains(['<', '>', '[', ']', '"', '`', '_']), "markup or JSON"),
        (text.contains("Error") || text.contains("Exception") || text.contains("HTTP"), "an exception name"),
        (text.contains("JSON") || text.contains("undefined") || text.contains("null"), "a program's word"),
    ]
    .into_iter()
    .find_map(|(found, what)| found.then_some(what))
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
            (_, Remedy::None) => &["tell"],
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
        FetchFailure::from_error(name, "words").problem(at(), began, online, Duration::from_secs(4))
    };
    assert_eq!(problem("TypeError", false, true), Some(Problem::NoConnection { at: at() }));
    assert_eq!(problem("TypeError", false, false), Some(Problem::Offline { at: at() }));
    assert_eq!(problem("TypeError", true, true), Some(Problem::StreamCut { at: at() }));
    assert_eq!(problem("AbortError", true, true), None);
    assert_eq!(
        problem("TimeoutError", false, true),
        Some(Problem::TimedOut { at: at(), after: Duration::from_secs(4) })
    );
    assert_eq!(problem(SESSION_ERROR, false, true), Some(Problem::NoSession { what: "words".into() }));
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
