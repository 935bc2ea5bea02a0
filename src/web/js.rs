//! Reading foreign JavaScript values without trusting them.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

use crate::problem::{FetchFailure, Problem, SESSION_ERROR};

/// Property `name` of `value`; `undefined` if it has none, or if its getter throws.
#[must_use]
pub fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// String property `name` of `value`.
#[must_use]
pub fn get_string(value: &JsValue, name: &str) -> Option<String> {
    get(value, name).as_string()
}

/// Function property `name` of `value`.
#[must_use]
pub fn get_function(value: &JsValue, name: &str) -> Option<js_sys::Function> {
    get(value, name).dyn_into().ok()
}

/// Sets property `name` of an object of ours.
pub fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // Fails for frozen objects only; ours are not.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// What was thrown or rejected, in one line for the integrator: "TypeError: x is undefined".
#[must_use]
pub fn describe(thrown: &JsValue) -> String {
    match (get_string(thrown, "name"), get_string(thrown, "message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (None, Some(message)) => message,
        _ => thrown.as_string().unwrap_or_else(|| format!("{thrown:?}")),
    }
}

/// Sorts what a fetch rejected with.
#[must_use]
pub fn fetch_failure(thrown: &JsValue) -> FetchFailure {
    match (get_string(thrown, "name"), get_string(thrown, "message")) {
        (Some(name), message) => FetchFailure::from_error(&name, message.as_deref().unwrap_or_default()),
        _ => FetchFailure::Threw { why: describe(thrown) },
    }
}

/// An `Error` with a `name` of our choice.
#[must_use]
pub fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}

/// What a fetch of ours rejects with when no session can be had.
#[must_use]
pub fn session_error(problem: &Problem) -> JsValue {
    error(SESSION_ERROR, &problem.detail())
}
