//! Sending what is no JSON: a file, or a form with one.

use js_sys::{Function, Object};
use wasm_bindgen::JsValue;

use super::fetch::{AbortHandle, Head, call, head_of, text_of};
use super::js;
use crate::problem::FetchFailure;

/// A request with a body of the browser's own kind.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Address, absolute or relative to the page.
    pub url: String,
    /// `POST` or `PUT`.
    pub method: &'static str,
    /// A `File` or a `FormData`.
    pub body: JsValue,
    /// Headers. None are added: a signed address may allow no others.
    pub headers: Vec<(String, String)>,
    /// The host page's own fetch function; `None` means the window's, as it is at the time of the call.
    pub fetch: Option<Function>,
}

/// Sends `upload` and reads the whole answer. Dropping the future aborts the request.
///
/// # Errors
/// What rejected. A status that is no success is no error here.
pub async fn send(upload: &Upload) -> Result<(Head, String), FetchFailure> {
    let (_abort_on_drop, signal) = AbortHandle::new();
    // Plain, as host functions spread it.
    let headers = Object::new();
    for (name, value) in &upload.headers {
        js::set(&headers, name, value.as_str());
    }
    let init = Object::new();
    js::set(&init, "method", upload.method);
    js::set(&init, "headers", headers);
    js::set(&init, "body", &upload.body);
    if let Some(signal) = &signal {
        js::set(&init, "signal", signal);
    }
    let response = call(&upload.url, &init, upload.fetch.as_ref()).await?;
    Ok((head_of(&response), text_of(&response).await?))
}
