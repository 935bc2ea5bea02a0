//! Retry, session, problems and texts: what is decided, without a browser.

mod languages;
mod problems;
mod retries;
mod sessions;
mod shortcuts;
mod states;
mod texts;
mod unread;
mod widgets;

use chatkit_widget::json::Json;
use serde_json::Value;

/// Stands in for the browser's parser.
fn parse_json(text: &str) -> Result<Json<f64>, String> {
    serde_json::from_str(text).map(json).map_err(|error| error.to_string())
}

fn json(value: Value) -> Json<f64> {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Number(number) => Json::Number(number.as_f64().unwrap()),
        Value::String(text) => Json::String(text),
        Value::Array(values) => Json::Array(values.into_iter().map(json).collect()),
        Value::Object(fields) => {
            Json::Object(fields.into_iter().map(|(name, value)| (name, json(value))).collect())
        }
    }
}
