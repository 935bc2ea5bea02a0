//! The hooks, in components as a Yew app would write them.

use std::cell::Cell;
use std::rc::Rc;

use chatkit_widget::hooks::{RetryState, use_chat_session, use_error_retry};
use chatkit_widget::problem::{At, Problem};
use chatkit_widget::retry::Request;
use chatkit_widget::session::Session;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::page::Place;
use super::stand_in::{Answer, Server, held, secret, until};

#[component]
fn Chat() -> Html {
    let chat = use_chat_session("http://backend.test/");
    let open = {
        let chat = chat.clone();
        Callback::from(move |_: MouseEvent| chat.connect())
    };
    let text = match &chat.session {
        Session::None => "closed".to_owned(),
        Session::Fetching { attempt, .. } => format!("attempt {attempt}"),
        Session::Offline { .. } => "offline".to_owned(),
        Session::Active(grant) => format!("secret {}", grant.secret),
        Session::Refused(problem) => problem.message().into_owned(),
    };
    html! { <button onclick={open}>{ text }</button> }
}

#[wasm_bindgen_test]
async fn use_chat_session_asks_on_demand_and_shows_what_happens() {
    let (answer, open) = held(secret("one"));
    let server = Server::new([answer]);
    let place = Place::new();
    let app = yew::Renderer::<Chat>::with_root(place.element()).render();
    until("it is drawn", || place.text() == "closed").await;
    assert_eq!(server.calls().len(), 0);
    place.button().click();
    until("it is asking", || place.text() == "attempt 1").await;
    place.button().click();
    until("it is out", || server.calls().len() == 1).await;
    open.call0(&wasm_bindgen::JsValue::UNDEFINED).unwrap();
    until("it is there", || place.text() == "secret one").await;
    assert_eq!(server.calls().len(), 1);
    app.destroy();
}

#[wasm_bindgen_test]
async fn use_chat_session_aborts_when_its_component_goes() {
    let (answer, _open) = held(secret("one"));
    let server = Server::new([answer]);
    let place = Place::new();
    let app = yew::Renderer::<Chat>::with_root(place.element()).render();
    until("it is drawn", || place.text() == "closed").await;
    place.button().click();
    until("it is out", || server.calls().len() == 1).await;
    app.destroy();
    until("it is aborted", || server.calls()[0].aborted()).await;
}

#[wasm_bindgen_test]
async fn use_chat_session_ends_in_a_plain_sentence_and_starts_over_by_hand() {
    let server = Server::new([Answer::NoConnection, Answer::NoConnection, Answer::NoConnection]);
    let place = Place::new();
    let app = yew::Renderer::<Chat>::with_root(place.element()).render();
    until("it is drawn", || place.text() == "closed").await;
    place.button().click();
    until("it gave up", || place.text().contains("Check your connection and try again.")).await;
    server.then(secret("two"));
    place.button().click();
    until("it works", || place.text() == "secret two").await;
    app.destroy();
}

#[derive(Properties, PartialEq)]
struct LoadProps {
    fails: u32,
    #[prop_or_default]
    hangs: bool,
    runs: Counter,
}

#[derive(Clone, Default)]
struct Counter(Rc<Cell<u32>>, Rc<Cell<bool>>);

impl PartialEq for Counter {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Tells when an attempt is dropped.
struct Dropped(Rc<Cell<bool>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

#[component]
fn Load(props: &LoadProps) -> Html {
    let (fails, hangs, runs) = (props.fails, props.hangs, props.runs.clone());
    let load = use_error_retry(Request::Read, move |_| {
        let runs = runs.clone();
        async move {
            runs.0.set(runs.0.get() + 1);
            let dropped = Dropped(runs.1.clone());
            if hangs {
                std::future::pending::<()>().await;
            }
            drop(dropped);
            if runs.0.get() <= fails {
                Err(Problem::NoConnection { at: At::get("/x") })
            } else {
                Ok("loaded")
            }
        }
    });
    let press = {
        let load = load.clone();
        Callback::from(move |_: MouseEvent| load.retry())
    };
    let text = match &load.state {
        RetryState::Idle => "idle".to_owned(),
        RetryState::Running { attempt } | RetryState::Waiting { attempt, .. } => format!("attempt {attempt}"),
        RetryState::Offline => "offline".to_owned(),
        RetryState::Done => load.value.as_deref().copied().unwrap_or("nothing").to_owned(),
        RetryState::GivenUp(_) => "given up".to_owned(),
    };
    html! { <button onclick={press}>{ text }</button> }
}

#[wasm_bindgen_test]
async fn use_error_retry_repeats_until_it_works() {
    let _server = Server::new([]);
    let (place, runs) = (Place::new(), Counter::default());
    let props = LoadProps { fails: 2, hangs: false, runs: runs.clone() };
    let app = yew::Renderer::<Load>::with_root_and_props(place.element(), props).render();
    until("it is drawn", || place.text() == "idle").await;
    assert_eq!(runs.0.get(), 0, "nothing runs by itself");
    place.button().click();
    place.button().click();
    until("it works", || place.text() == "loaded").await;
    assert_eq!(runs.0.get(), 3);
    app.destroy();
}

#[wasm_bindgen_test]
async fn use_error_retry_gives_up_and_starts_over_by_hand() {
    let _server = Server::new([]);
    let (place, runs) = (Place::new(), Counter::default());
    let props = LoadProps { fails: 3, hangs: false, runs: runs.clone() };
    let app = yew::Renderer::<Load>::with_root_and_props(place.element(), props).render();
    until("it is drawn", || place.text() == "idle").await;
    place.button().click();
    until("it gave up", || place.text() == "given up").await;
    assert_eq!(runs.0.get(), 3);
    place.button().click();
    until("it works", || place.text() == "loaded").await;
    app.destroy();
}

#[wasm_bindgen_test]
async fn use_error_retry_drops_its_run_with_its_component() {
    let _server = Server::new([]);
    let (place, runs) = (Place::new(), Counter::default());
    let props = LoadProps { fails: 0, hangs: true, runs: runs.clone() };
    let app = yew::Renderer::<Load>::with_root_and_props(place.element(), props).render();
    until("it is drawn", || place.text() == "idle").await;
    place.button().click();
    until("it runs", || runs.0.get() == 1).await;
    app.destroy();
    until("it is dropped", || runs.1.get()).await;
}
