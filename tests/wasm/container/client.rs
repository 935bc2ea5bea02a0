//! The session client: lazy, one flight, renewal, retry, memory, abort.

use std::cell::RefCell;
use std::rc::Rc;

use chatkit_widget::hooks::{SessionClient, TabMemory};
use chatkit_widget::problem::Problem;
use chatkit_widget::session::Session;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, RequestInit, Response};

use super::stand_in::{Answer, Server, beside, held, html, json, secret, status, turn, until};

const BACKEND: &str = "http://backend.test";

fn client() -> SessionClient {
    SessionClient::new(BACKEND, TabMemory::open(BACKEND).0)
}

fn post(body: &str) -> JsValue {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body.into());
    let headers = js_sys::Object::new();
    js_sys::Reflect::set(&headers, &"x-mine".into(), &"kept".into()).unwrap();
    init.set_headers(&headers);
    init.into()
}

async fn chat(client: &SessionClient) -> Result<Response, JsValue> {
    client.fetch(format!("{BACKEND}/chatkit").into(), post("hello")).await.map(JsCast::unchecked_into)
}

fn window_event(name: &str) {
    web_sys::window().unwrap().dispatch_event(&Event::new(name).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn nothing_is_asked_for_before_somebody_needs_it() {
    let server = Server::new([secret("one")]);
    let client = client();
    window_event("online");
    turn().await;
    assert_eq!(server.calls().len(), 0);
    assert_eq!(client.session(), Session::None);
}

#[wasm_bindgen_test]
async fn however_many_ask_there_is_one_request() {
    let server = Server::new([secret("one")]);
    let client = client();
    client.connect();
    let second = beside(client.client_secret(None));
    let third = client.client_secret(None).await;
    assert_eq!(third, Ok("one".to_owned()));
    until("the second has it too", || second.borrow().is_some()).await;
    assert_eq!(client.client_secret(None).await, Ok("one".to_owned()));
    let calls = server.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].path(), "/api/chatkit/session");
    assert_eq!(calls[0].body, r#"{"existing":null}"#);
    assert_eq!(calls[0].header("content-type").as_deref(), Some("application/json"));
}

#[wasm_bindgen_test]
async fn a_denied_request_renews_the_session_and_is_sent_again_once() {
    for denied in [401, 403] {
        let server = Server::new([secret("old"), status(denied, "{}"), secret("new"), json("{}")]);
        let answer = chat(&client()).await.unwrap();
        assert_eq!(answer.status(), 200);
        let calls = server.calls();
        let seen: Vec<_> = calls.iter().map(|call| (call.path(), call.authorization.clone())).collect();
        let bearer = |secret: &str| Some(format!("Bearer {secret}"));
        assert_eq!(
            seen,
            [
                ("/api/chatkit/session".to_owned(), None),
                ("/chatkit".to_owned(), bearer("old")),
                ("/api/chatkit/session".to_owned(), None),
                ("/chatkit".to_owned(), bearer("new")),
            ]
        );
        assert_eq!(calls[2].body, r#"{"existing":"old"}"#);
        for call in [&calls[1], &calls[3]] {
            assert_eq!(call.body, "hello", "the message must not get lost on the way");
            assert_eq!(call.header("x-mine").as_deref(), Some("kept"));
        }
    }
}

#[wasm_bindgen_test]
async fn a_request_denied_twice_is_not_sent_a_third_time() {
    let server = Server::new([secret("old"), status(401, "{}"), secret("new"), status(401, "{}")]);
    assert_eq!(chat(&client()).await.unwrap().status(), 401);
    assert_eq!(server.calls().len(), 4);
}

#[wasm_bindgen_test]
async fn a_request_object_keeps_its_body_headers_and_signal() {
    let server = Server::new([secret("one"), status(401, "{}"), secret("two"), json("{}")]);
    let controller = web_sys::AbortController::new().unwrap();
    let init: RequestInit = post("from a Request").unchecked_into();
    init.set_signal(Some(&controller.signal()));
    let request = web_sys::Request::new_with_str_and_init(&format!("{BACKEND}/chatkit"), &init).unwrap();
    client().fetch(request.into(), JsValue::UNDEFINED).await.unwrap();
    let calls = server.calls();
    assert_eq!(calls[3].body, "from a Request");
    assert_eq!(calls[3].header("x-mine").as_deref(), Some("kept"));
    controller.abort();
    assert!(calls[3].aborted());
}

#[wasm_bindgen_test]
async fn a_storage_of_somebody_else_gets_no_token() {
    let server = Server::new([status(403, "{}")]);
    let answer = client().fetch("http://storage.test/signed?x=1".into(), post("bytes")).await.unwrap();
    assert_eq!(answer.unchecked_into::<Response>().status(), 403);
    let calls = server.calls();
    assert_eq!((calls.len(), &calls[0].authorization), (1, &None), "and no session is asked for");
    assert_eq!(calls[0].body, "bytes");
}

#[wasm_bindgen_test]
async fn failures_that_pass_are_retried_and_each_attempt_can_be_seen() {
    let server = Server::new([Answer::NoConnection, status(503, ""), secret("one")]);
    let client = client();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let watched = {
        let (seen, of) = (seen.clone(), client.clone());
        client.watch(move || seen.borrow_mut().push(of.session()))
    };
    assert_eq!(client.client_secret(None).await, Ok("one".to_owned()));
    drop(watched);
    let attempts: Vec<_> = seen
        .borrow()
        .iter()
        .filter_map(|session| match session {
            Session::Fetching { attempt, wait, .. } => Some((*attempt, wait.is_some())),
            _ => None,
        })
        .collect();
    assert_eq!(attempts, [(1, false), (2, true), (2, false), (3, true), (3, false)]);
    assert_eq!(server.calls().len(), 3);
}

#[wasm_bindgen_test]
async fn after_three_attempts_it_waits_for_the_reader_and_then_works() {
    let server = Server::new([status(500, ""), status(502, ""), status(504, "")]);
    let client = client();
    let rejection = chat(&client).await.unwrap_err();
    let rejection: js_sys::Error = rejection.unchecked_into();
    assert_eq!(String::from(rejection.name()), "ChatKitSessionError");
    assert_eq!(String::from(rejection.message()), "POST /api/chatkit/session: HTTP 504");
    assert!(matches!(client.session(), Session::Refused(Problem::ServerBusy { .. })));
    turn().await;
    assert_eq!(server.calls().len(), 3);
    server.then(secret("at-last"));
    client.connect();
    assert_eq!(client.client_secret(None).await, Ok("at-last".to_owned()));
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_an_answer_is_said() {
    for (answer, expected) in [
        (
            html("<h1>Bad gateway</h1>"),
            "POST /api/chatkit/session: the answer is text/html, not JSON (the error page of a proxy?)",
        ),
        (json(""), "POST /api/chatkit/session: the answer has no body"),
        (
            json("[]"),
            r#"POST /api/chatkit/session: the answer is not {"client_secret": "…"}: it is not a JSON object"#,
        ),
        (
            json("{}"),
            r#"POST /api/chatkit/session: the answer is not {"client_secret": "…"}: `client_secret` is missing"#,
        ),
    ] {
        // An empty body may pass; it is asked for three times.
        let again = json("");
        let _server = Server::new([answer, again, json("")]);
        let problem = client().client_secret(None).await.unwrap_err();
        assert_eq!(problem.detail(), expected);
    }
}

#[wasm_bindgen_test]
async fn the_next_page_of_the_site_continues_the_same_session() {
    let server = Server::new([secret("one"), secret("one")]);
    client().client_secret(None).await.unwrap();
    client().client_secret(None).await.unwrap();
    assert_eq!(server.calls()[1].body, r#"{"existing":"one"}"#);
}

#[wasm_bindgen_test]
async fn a_session_that_is_turned_down_gives_way_to_a_new_one() {
    let server = Server::new([secret("old"), status(401, "{}"), secret("new")]);
    client().client_secret(None).await.unwrap();
    let (memory, _) = TabMemory::open(BACKEND);
    memory.update(|kept| kept.thread = Some("thr_of_old".into()));
    let client = SessionClient::new(BACKEND, memory.clone());
    assert_eq!(client.client_secret(None).await, Ok("new".to_owned()));
    assert_eq!(server.calls()[2].body, r#"{"existing":null}"#);
    assert_eq!(memory.get().thread, None, "the new session has no right to the old conversation");
}

#[wasm_bindgen_test]
async fn corrupt_storage_is_reported_and_does_not_stop_the_chat() {
    let server = Server::new([secret("one")]);
    let storage = web_sys::window().unwrap().session_storage().unwrap().unwrap();
    storage.set_item("chatkit-widget:http://backend.test", "{broken").unwrap();
    let (memory, issue) = TabMemory::open(BACKEND);
    let issue = issue.unwrap();
    assert!(issue.contains(r#"sessionStorage["chatkit-widget:http://backend.test"] is not JSON"#), "{issue}");
    let client = SessionClient::new(BACKEND, memory);
    assert_eq!(client.client_secret(None).await, Ok("one".to_owned()));
    assert_eq!(server.calls().len(), 1);
}

#[wasm_bindgen_test]
async fn a_tab_that_slept_renews_when_it_wakes() {
    let server = Server::new([secret("one"), secret("two")]);
    let client = client();
    client.client_secret(None).await.unwrap();
    server.sleep_device(545_000.0);
    let document = web_sys::window().unwrap().document().unwrap();
    document.dispatch_event(&Event::new("visibilitychange").unwrap()).unwrap();
    until("it has renewed", || server.calls().len() == 2).await;
    assert_eq!(server.calls()[1].body, r#"{"existing":"one"}"#);
    assert_eq!(client.client_secret(None).await, Ok("two".to_owned()));
}

#[wasm_bindgen_test]
async fn a_secret_that_ended_while_asleep_is_renewed_before_it_is_used() {
    let server = Server::new([secret("one"), secret("two"), json("{}")]);
    let client = client();
    client.client_secret(None).await.unwrap();
    server.sleep_device(3_600_000.0);
    chat(&client).await.unwrap();
    assert_eq!(server.calls()[2].authorization.as_deref(), Some("Bearer two"));
}

#[wasm_bindgen_test]
async fn the_chat_comes_back_with_the_network() {
    let server = Server::new([Answer::NoConnection, Answer::NoConnection, Answer::NoConnection]);
    let client = client();
    client.client_secret(None).await.unwrap_err();
    server.then(secret("back"));
    window_event("online");
    assert_eq!(client.client_secret(None).await, Ok("back".to_owned()));
}

#[wasm_bindgen_test]
async fn a_removed_widget_aborts_its_request_and_lets_nobody_wait_forever() {
    let (answer, _open) = held(secret("never"));
    let server = Server::new([answer]);
    let client = client();
    let waiting = beside(client.client_secret(None));
    until("the request is out", || server.calls().len() == 1).await;
    drop(client);
    until("the waiting one knows", || waiting.borrow().is_some()).await;
    assert!(matches!(*waiting.borrow(), Some(Err(Problem::NoSession { .. }))));
    assert!(server.calls()[0].aborted());
}

#[wasm_bindgen_test]
async fn without_a_network_no_attempt_is_burnt_and_the_first_comes_back_with_it() {
    let server = Server::new([Answer::NoConnection]);
    server.network(false);
    let client = client();
    let waiting = beside(client.client_secret(None));
    until("it knows", || client.session() == Session::Offline { fallback: None }).await;
    turn().await;
    assert_eq!(server.calls().len(), 1, "it looks once, since browsers are wrong about the device itself");
    for answer in [Answer::NoConnection, status(503, ""), secret("back")] {
        server.then(answer);
    }
    server.network(true);
    until("it is answered", || waiting.borrow().is_some()).await;
    assert_eq!(*waiting.borrow(), Some(Ok("back".to_owned())), "all three attempts were still there");
}

#[wasm_bindgen_test]
async fn a_message_written_without_a_network_is_sent_once_when_there_is_one() {
    let server = Server::new([secret("one"), Answer::NoConnection]);
    let client = client();
    client.client_secret(None).await.unwrap();
    server.network(false);
    let sending = beside({
        let client = client.clone();
        async move { chat(&client).await.map(|answer| answer.status()) }
    });
    until("it waits", || matches!(client.session(), Session::Offline { .. })).await;
    turn().await;
    assert!(!server.calls().iter().any(|call| call.path() == "/chatkit"), "sent into a dead network");
    server.then(secret("two"));
    server.then(json("{}"));
    server.network(true);
    until("it is sent", || sending.borrow().is_some()).await;
    assert!(matches!(*sending.borrow(), Some(Ok(200))));
    assert_eq!(server.calls().iter().filter(|call| call.path() == "/chatkit").count(), 1);
}

#[wasm_bindgen_test]
async fn a_server_that_answers_proves_the_browser_wrong() {
    let server = Server::new([secret("one"), secret("one"), json("{}")]);
    server.network(false);
    let client = client();
    client.client_secret(None).await.unwrap();
    assert_eq!(chat(&client).await.unwrap().status(), 200);
}

#[wasm_bindgen_test]
async fn a_run_of_attempts_that_was_slept_through_begins_anew() {
    let (first, open) = held(Answer::NoConnection);
    let server = Server::new([first, Answer::NoConnection, status(503, ""), secret("awake")]);
    let client = client();
    let waiting = beside(client.client_secret(None));
    until("the first is out", || server.calls().len() == 1).await;
    server.sleep_device(3_600_000.0);
    open.call0(&JsValue::UNDEFINED).unwrap();
    until("it is answered", || waiting.borrow().is_some()).await;
    assert_eq!(*waiting.borrow(), Some(Ok("awake".to_owned())), "nobody waited that hour");
}

#[wasm_bindgen_test]
async fn a_page_from_the_back_forward_cache_renews_before_it_is_used() {
    let server = Server::new([secret("one"), secret("two")]);
    let client = client();
    client.client_secret(None).await.unwrap();
    server.sleep_device(3_600_000.0);
    window_event("pageshow");
    until("it has renewed", || server.calls().len() == 2).await;
    assert_eq!(client.client_secret(None).await, Ok("two".to_owned()));
}
