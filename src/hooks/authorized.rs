//! `fetch` with a bearer token that is renewed once.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response, Url};

use crate::problem::Problem;
use crate::web::fetch::window_fetch;
use crate::web::js::session_error;

/// Sends `input`/`init` with the secret of `secret(None)`; on 401 or 403 once more with that of `secret(Some(old))`.
/// What goes to another origin than `backend` goes without: files are uploaded where the server says, which may be a
/// storage of somebody else's, whose signed addresses allow no other credentials.
pub(super) async fn fetch(
    input: &JsValue,
    init: &JsValue,
    backend: &str,
    secret: impl AsyncFn(Option<&str>) -> Result<String, Problem>,
) -> Result<JsValue, JsValue> {
    // The browser itself merges a `Request`, a URL and every kind of `init.headers`, keeps the caller's signal, and
    // throws for what is wrong, as `fetch` would.
    let request = request_of(input, init)?;
    if !same_origin(&request, backend) {
        return answered(window_fetch(&request, None)?).await;
    }
    let first = secret(None).await.map_err(|problem| session_error(&problem))?;
    let answer = send(&request, &first).await?;
    if !is_denied(&answer) {
        return Ok(answer);
    }
    let fresh = secret(Some(&first)).await.map_err(|problem| session_error(&problem))?;
    if fresh == first {
        return Ok(answer);
    }
    send(&request, &fresh).await
}

fn request_of(input: &JsValue, init: &JsValue) -> Result<Request, JsValue> {
    let init: &RequestInit = init.unchecked_ref();
    match input.dyn_ref::<Request>() {
        Some(request) => Request::new_with_request_and_init(request, init),
        // A `URL` becomes text as the constructor would do it.
        None => {
            let url = input
                .as_string()
                .unwrap_or_else(|| String::from(input.unchecked_ref::<Object>().to_string()));
            Request::new_with_str_and_init(&url, init)
        }
    }
}

/// Sends a copy: the body of the original is needed for the second time.
async fn send(request: &Request, secret: &str) -> Result<JsValue, JsValue> {
    let request = request.clone()?;
    request.headers().set("Authorization", &format!("Bearer {secret}"))?;
    answered(window_fetch(&request, None)?).await
}

async fn answered(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(js_sys::Promise::resolve(&promise)).await
}

/// `backend` may be relative to the page.
fn same_origin(request: &Request, backend: &str) -> bool {
    let origin = |url: String| Url::new(&url).ok().map(|url| url.origin());
    let backend = Request::new_with_str(backend).ok().and_then(|request| origin(request.url()));
    backend.is_some() && backend == origin(request.url())
}

fn is_denied(answer: &JsValue) -> bool {
    matches!(answer.unchecked_ref::<Response>().status(), 401 | 403)
}
