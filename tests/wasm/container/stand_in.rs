//! The stand-in for the server (`window.fetch`), for chance (`Math.random` is 0: no wait between attempts) and for the
//! clock (`Date.now`, moved by hand). Dropping it gives the page its own back.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// What the server does with the next request.
pub enum Answer {
    /// Answers at once.
    Now { status: u16, kind: &'static str, body: String },
    /// As if it could not be reached.
    NoConnection,
    /// Answers when the gate opens.
    Gate(Promise, Box<Answer>),
}

pub fn json(body: &str) -> Answer {
    status(200, body)
}

pub fn status(status: u16, body: &str) -> Answer {
    Answer::Now { status, kind: "application/json", body: body.to_owned() }
}

pub fn html(body: &str) -> Answer {
    Answer::Now { status: 200, kind: "text/html", body: body.to_owned() }
}

/// A session answer that lives ten minutes.
pub fn secret(secret: &str) -> Answer {
    json(&format!(r#"{{"client_secret":"{secret}","expires_in":600}}"#))
}

/// `answer`, held until the returned function is called.
pub fn held(answer: Answer) -> (Answer, Function) {
    let open = Rc::new(RefCell::new(None));
    let slot = open.clone();
    let gate = Promise::new(&mut move |resolve, _| *slot.borrow_mut() = Some(resolve));
    let open = open.borrow().clone().unwrap();
    (Answer::Gate(gate, Box::new(answer)), open)
}

/// A request the server saw.
#[derive(Clone)]
pub struct Call {
    pub url: String,
    pub authorization: Option<String>,
    pub header: Function,
    pub body: String,
    pub signal: JsValue,
}

impl Call {
    pub fn path(&self) -> String {
        web_sys::Url::new(&self.url).unwrap().pathname()
    }

    pub fn aborted(&self) -> bool {
        Reflect::get(&self.signal, &"aborted".into()).unwrap().is_truthy()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.header.call1(&JsValue::UNDEFINED, &name.into()).unwrap().as_string()
    }
}

pub struct Server {
    calls: Rc<RefCell<Vec<Call>>>,
    answers: Rc<RefCell<VecDeque<Answer>>>,
    restore: Function,
    _fetch: Closure<dyn FnMut(JsValue, JsValue) -> Promise>,
}

fn function(parameters: &str, body: &str) -> Function {
    Function::new_with_args(parameters, body)
}

impl Server {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        web_sys::window().unwrap().session_storage().unwrap().unwrap().clear().unwrap();
        let answers = Rc::new(RefCell::new(answers.into_iter().collect::<VecDeque<_>>()));
        let calls = Rc::new(RefCell::new(Vec::new()));
        let (to_come, seen) = (answers.clone(), calls.clone());
        let fetch = Closure::new(move |input: JsValue, init: JsValue| {
            let (to_come, seen) = (to_come.clone(), seen.clone());
            wasm_bindgen_futures::future_to_promise(async move {
                let call = read(&input, &init).await;
                let signal = call.signal.clone();
                seen.borrow_mut().push(call);
                let answer = to_come.borrow_mut().pop_front().unwrap_or(Answer::NoConnection);
                respond(answer, &signal).await
            })
        });
        let install = function(
            "stand_in",
            "const own = { fetch: window.fetch, random: Math.random, now: Date.now };
             window.fetch = stand_in; Math.random = () => 0; window.ckwClock = 0;
             Date.now = () => own.now.call(Date) + window.ckwClock;
             return () => { window.fetch = own.fetch; Math.random = own.random; Date.now = own.now; }",
        );
        let restore = install.call1(&JsValue::UNDEFINED, fetch.as_ref()).unwrap().unchecked_into();
        Self { calls, answers, restore, _fetch: fetch }
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }

    pub fn then(&self, answer: Answer) {
        self.answers.borrow_mut().push_back(answer);
    }

    /// Lets the device's clock jump.
    pub fn sleep_device(&self, milliseconds: f64) {
        function("ms", "window.ckwClock += ms").call1(&JsValue::UNDEFINED, &milliseconds.into()).unwrap();
    }

    /// Lets the browser say that the network went away or came back.
    pub fn network(&self, up: bool) {
        let say = function(
            "up",
            "Object.defineProperty(navigator, 'onLine', { get: () => up, configurable: true });
             window.dispatchEvent(new Event(up ? 'online' : 'offline'))",
        );
        say.call1(&JsValue::UNDEFINED, &up.into()).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.restore.call0(&JsValue::UNDEFINED).unwrap();
        function("", "delete navigator.onLine").call0(&JsValue::UNDEFINED).unwrap();
    }
}

async fn read(input: &JsValue, init: &JsValue) -> Call {
    let request = function("input, init", "return new Request(input, init)")
        .call2(&JsValue::UNDEFINED, input, init)
        .unwrap()
        .unchecked_into::<web_sys::Request>();
    let header = function("r", "return name => r.headers.get(name)");
    let header: Function = header.call1(&JsValue::UNDEFINED, &request).unwrap().unchecked_into();
    let body = JsFuture::from(request.clone().unwrap().text().unwrap()).await.unwrap();
    Call {
        url: request.url(),
        authorization: request.headers().get("authorization").unwrap(),
        header,
        body: body.as_string().unwrap(),
        signal: request.signal().into(),
    }
}

async fn respond(answer: Answer, signal: &JsValue) -> Result<JsValue, JsValue> {
    match answer {
        Answer::NoConnection => Err(js_sys::TypeError::new("Failed to fetch").into()),
        Answer::Now { status, kind, body } => function(
            "status, kind, body",
            "return new Response(body, { status, headers: { 'content-type': kind } })",
        )
        .call3(&JsValue::UNDEFINED, &status.into(), &kind.into(), &body.into()),
        Answer::Gate(gate, answer) => {
            let aborted = function(
                "signal",
                "return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))",
            );
            let aborted = aborted.call1(&JsValue::UNDEFINED, signal).unwrap();
            let race = Promise::race(&Array::of2(&gate, &aborted));
            JsFuture::from(race).await?;
            Box::pin(respond(*answer, signal)).await
        }
    }
}

/// Waits until `condition` holds, looking again each frame; after five seconds the test has failed.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let start = web_sys::js_sys::Date::new_0().get_time();
    while !condition() {
        assert!(web_sys::js_sys::Date::new_0().get_time() - start < 5_000.0, "waited in vain until {what}");
        turn().await;
    }
}

/// Lets everything that is due now happen.
pub async fn turn() {
    let turned = Promise::new(&mut |resolve, _| {
        let channel = function(
            "then",
            "const c = new MessageChannel(); c.port1.onmessage = () => { c.port1.close(); then(); }; c.port2.postMessage(0)",
        );
        channel.call1(&JsValue::UNDEFINED, &resolve).unwrap();
    });
    JsFuture::from(turned).await.unwrap();
}

/// Runs `future` beside the test.
pub fn beside<T: 'static>(future: impl Future<Output = T> + 'static) -> Rc<RefCell<Option<T>>> {
    let result = Rc::new(RefCell::new(None));
    let slot = result.clone();
    spawn_local(async move {
        let value = future.await;
        *slot.borrow_mut() = Some(value);
    });
    result
}
