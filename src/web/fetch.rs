//! `fetch`, as a stream of chunks or as one text.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use chatkit_widget::web::fetch::{StreamRequest, start};
//!
//! let request = StreamRequest {
//!     url: "/chatkit".into(),
//!     body: r#"{"type":"threads.list","params":{}}"#.into(),
//!     headers: vec![("Accept".into(), "text/event-stream".into())],
//!     fetch: None,
//! };
//! let running = start(
//!     request,
//!     |head| { let _ = (head.status, head.content_type); },
//!     |bytes| { let _ = bytes.len(); Duration::ZERO },
//!     |end| { let _ = end.is_ok(); },
//! );
//! drop(running); // aborts; none of the three is called any more
//! ```

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Function, Object, Promise, Uint8Array};
use reqwasm::http::Request;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader, Response};

use super::{clock, js, listen};
use crate::problem::FetchFailure;
use crate::retry;

/// A `POST` whose answer is read while it arrives.
#[derive(Clone, Debug)]
pub struct StreamRequest {
    /// Address, absolute or relative to the page.
    pub url: String,
    /// JSON text. `Content-Type: application/json` is added unless `headers` say otherwise.
    pub body: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The host page's own fetch function; `None` means the window's, as it is at the time of the call.
    pub fetch: Option<Function>,
}

/// Status line and headers of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, or empty.
    pub content_type: String,
    /// `Retry-After`. Across origins a server has to expose the header for us to see it.
    pub retry_after: Option<Duration>,
}

/// Aborts its request when dropped, or by [`AbortHandle::abort`]. Afterwards no callback is called.
#[derive(Debug)]
#[must_use = "dropping the handle aborts the request"]
pub struct AbortHandle {
    controller: Option<AbortController>,
    live: Rc<Cell<bool>>,
}

impl AbortHandle {
    /// A fresh handle and the signal it triggers (absent in browsers older than `AbortController`).
    pub fn new() -> (Self, Option<AbortSignal>) {
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        (Self { controller, live: Rc::new(Cell::new(true)) }, signal)
    }

    /// Aborts the request.
    pub fn abort(&self) {
        if self.live.replace(false)
            && let Some(controller) = &self.controller
        {
            controller.abort();
        }
    }
}

impl Drop for AbortHandle {
    fn drop(&mut self) {
        self.abort();
    }
}

/// Sends `request`. Calls `on_head` once, then `on_chunk` for each piece of the body, then `on_end` once; if there is
/// no answer, only `on_end`. Nothing is called before `start` has returned.
///
/// `on_chunk` says how long nobody looks at what comes next. Where the body comes bit by bit, it is not read meanwhile: the
/// browser keeps it, and hands it over in one go where each piece was a read, a promise and a task of its own.
pub fn start(
    request: StreamRequest,
    on_head: impl FnOnce(Head) + 'static,
    mut on_chunk: impl FnMut(&[u8]) -> Duration + 'static,
    on_end: impl FnOnce(Result<(), FetchFailure>) + 'static,
) -> AbortHandle {
    let (handle, signal) = AbortHandle::new();
    let live = handle.live.clone();
    spawn_local(async move {
        let end = async {
            let response = send(&request, signal.as_ref()).await?;
            if live.get() {
                on_head(head_of(&response));
                read_chunks(&response, &live, &mut on_chunk).await?;
            }
            Ok(())
        }
        .await;
        if live.replace(false) {
            on_end(end);
        }
    });
    handle
}

/// Sends `request` and reads the whole answer. Dropping the future aborts the request.
///
/// # Errors
/// What rejected. A status that is no success is no error here.
pub async fn fetch_text(request: &StreamRequest) -> Result<(Head, String), FetchFailure> {
    let (_abort_on_drop, signal) = AbortHandle::new();
    let response = send(request, signal.as_ref()).await?;
    Ok((head_of(&response), text_of(&response).await?))
}

/// `POST`s JSON with the window's fetch and reads the whole answer. Dropping the future aborts the request; `signal`
/// does so from elsewhere.
///
/// # Errors
/// What rejected. A status that is no success is no error here.
pub async fn post_json(
    url: &str,
    json: &str,
    signal: Option<&AbortSignal>,
) -> Result<(Head, String), FetchFailure> {
    let request = Request::post(url)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .abort_signal(signal)
        .body(json)
        .map_err(|error| FetchFailure::Threw { why: error.to_string() })?;
    // Not `Request::send`: it panics when a page has patched `fetch` and rejects with something that is no `Error`.
    let response = response_of(window_fetch(&web_sys::Request::from(request).into(), None)).await?;
    Ok((head_of(&response), text_of(&response).await?))
}

/// Calls the window's `fetch` as it is now: a page may have replaced it since the last call.
///
/// # Errors
/// What it threw instead of returning a promise.
pub fn window_fetch(input: &JsValue, init: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let fetch = js::get_function(&js_sys::global(), "fetch")
        .ok_or_else(|| js::error("TypeError", "this browser has no fetch"))?;
    match init {
        Some(init) => fetch.call2(&JsValue::UNDEFINED, input, init),
        None => fetch.call1(&JsValue::UNDEFINED, input),
    }
}

async fn send(request: &StreamRequest, signal: Option<&AbortSignal>) -> Result<Response, FetchFailure> {
    call(&request.url, &init_of(request, signal), request.fetch.as_ref()).await
}

/// Calls the page's fetch function, or the window's.
pub(super) async fn call(
    url: &str,
    init: &JsValue,
    fetch: Option<&Function>,
) -> Result<Response, FetchFailure> {
    let url = JsValue::from_str(url);
    response_of(match fetch {
        // Detached, as ChatKit does: `this` would be the options object.
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &url, init),
        None => window_fetch(&url, Some(init)),
    })
    .await
}

/// `headers` is a plain object, not `Headers`: host functions spread it (`{...init.headers, …}`), and spreading a
/// `Headers` gives nothing.
fn init_of(request: &StreamRequest, signal: Option<&AbortSignal>) -> JsValue {
    let headers = Object::new();
    if !request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        js::set(&headers, "Content-Type", "application/json");
    }
    for (name, value) in &request.headers {
        js::set(&headers, name, value.as_str());
    }
    let init = Object::new();
    js::set(&init, "method", "POST");
    js::set(&init, "headers", headers);
    js::set(&init, "body", request.body.as_str());
    if let Some(signal) = signal {
        js::set(&init, "signal", signal);
    }
    init.into()
}

/// Awaits what a fetch function returned. Throwing at once is a fault of that function: the standard's fetch always
/// returns a promise.
async fn response_of(returned: Result<JsValue, JsValue>) -> Result<Response, FetchFailure> {
    let returned = returned.map_err(|thrown| match js::fetch_failure(&thrown) {
        FetchFailure::Network { message } => FetchFailure::Threw { why: format!("TypeError: {message}") },
        failure => failure,
    })?;
    let value =
        JsFuture::from(Promise::resolve(&returned)).await.map_err(|thrown| js::fetch_failure(&thrown))?;
    // By its shape, not by `instanceof`: it may come from another realm or a polyfill.
    if js::get(&value, "status").as_f64().is_some() && js::get(&value, "headers").is_object() {
        Ok(value.unchecked_into())
    } else {
        Err(FetchFailure::Threw { why: "it did not answer with a Response".to_owned() })
    }
}

pub(super) fn head_of(response: &Response) -> Head {
    let headers = response.headers();
    let header = |name| headers.get(name).ok().flatten();
    Head {
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after")
            .and_then(|value| retry::parse_retry_after(&value, clock::now_ms(), clock::parse_date_ms)),
    }
}

pub(super) async fn text_of(response: &Response) -> Result<String, FetchFailure> {
    let text = response.text().map_err(|thrown| js::fetch_failure(&thrown))?;
    let text = JsFuture::from(text).await.map_err(|thrown| js::fetch_failure(&thrown))?;
    Ok(text.as_string().unwrap_or_default())
}

/// Bytes that are handed on in one go. A function of the page may have megabytes in one chunk, thousands of events: the
/// page must get its turn between them.
const TURN: u32 = 64 * 1024;

/// The last answer of `on_chunk`.
async fn hand_on(
    bytes: &Uint8Array,
    live: &Cell<bool>,
    on_chunk: &mut impl FnMut(&[u8]) -> Duration,
) -> Duration {
    let mut at = 0;
    let mut rest = Duration::ZERO;
    while live.get() && at < bytes.length() {
        let end = bytes.length().min(at.saturating_add(TURN));
        rest = on_chunk(&bytes.subarray(at, end).to_vec());
        at = end;
        // Timers of a page that nobody sees are slowed down, and nobody waits for its turn.
        if at < bytes.length() && listen::is_visible() {
            clock::sleep(Duration::ZERO).await;
        }
    }
    rest
}

/// A read that took as long had to wait: nothing more is there yet.
const WAITED: Duration = Duration::from_millis(2);

async fn read_chunks(
    response: &Response,
    live: &Cell<bool>,
    on_chunk: &mut impl FnMut(&[u8]) -> Duration,
) -> Result<(), FetchFailure> {
    let Some(body) = response.body() else {
        let text = text_of(response).await?;
        if live.get() && !text.is_empty() {
            on_chunk(text.as_bytes());
        }
        return Ok(());
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    while live.get() {
        let asked_ms = clock::now_ms();
        let read = JsFuture::from(reader.read()).await.map_err(|thrown| js::fetch_failure(&thrown))?;
        if js::get(&read, "done").is_truthy() || !live.get() {
            break;
        }
        let Ok(bytes) = js::get(&read, "value").dyn_into::<Uint8Array>() else {
            return Err(FetchFailure::Threw { why: "the body's chunks are no bytes".to_owned() });
        };
        let all = clock::elapsed(asked_ms) >= WAITED;
        let rest = hand_on(&bytes, live, on_chunk).await;
        // Not while there is more, of which a read may give any small piece: it must not queue up. And not where nobody
        // looks: timers there are slow, up to a minute.
        if all && !rest.is_zero() && live.get() && listen::is_visible() {
            clock::sleep(rest).await;
        }
    }
    Ok(())
}
