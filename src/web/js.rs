//! Reading foreign JavaScript values without trusting them.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::json::Json;
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

/// A number as JavaScript writes it. Rust's own way of writing floating point is several kilobytes of wasm.
#[must_use]
pub fn number(value: f64) -> String {
    // Fails for a radix that is none; 10 is one.
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
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
        (Some(name), message) => FetchFailure::from_error(
            &name,
            message.as_deref().unwrap_or_default(),
            get_string(thrown, "key").as_deref(),
        ),
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

/// What a fetch of ours rejects with when no session can be had. Its `key` names the sentence for the reader.
#[must_use]
pub fn session_error(problem: &Problem) -> JsValue {
    let error = error(SESSION_ERROR, &problem.detail());
    set(&error, "key", problem.key().name());
    error
}

/// Reads JSON text with the browser's own parser.
///
/// # Errors
/// The parser's sentence.
pub fn parse_json(text: &str) -> Result<Json<f64>, String> {
    js_sys::JSON::parse(text).map(|value| to_json(&value)).map_err(|thrown| describe(&thrown))
}

/// Plain data as JSON. Functions and whatever else JSON does not know become `null`; so does what lies deeper than
/// anything here is read, and with it every circle.
#[must_use]
pub fn to_json(value: &JsValue) -> Json<f64> {
    to_json_within(value, 3)
}

fn to_json_within(value: &JsValue, depth: u32) -> Json<f64> {
    if let Some(text) = value.as_string() {
        return Json::String(text);
    }
    if let Some(number) = value.as_f64() {
        return Json::Number(number);
    }
    if let Some(truth) = value.as_bool() {
        return Json::Bool(truth);
    }
    if depth == 0 {
        return Json::Null;
    }
    if Array::is_array(value) {
        return Json::Array(
            Array::from(value).iter().map(|value| to_json_within(&value, depth - 1)).collect(),
        );
    }
    if !value.is_object() {
        return Json::Null;
    }
    let names = Object::keys(value.unchecked_ref::<Object>()).into_iter().filter_map(|name| name.as_string());
    Json::Object(names.map(|name| (name.clone(), to_json_within(&get(value, &name), depth - 1))).collect())
}
