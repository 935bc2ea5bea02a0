//! The answer of `POST {backend}/api/chatkit/session`:
//! `{"client_secret", "session_id"?, "expires_at"? | "expires_in"?}`.

use serde_json::{Map, Value};

use super::Grant;
use crate::problem::{At, Problem, SessionFault, looks_like_json};

/// Reads a successful answer.
///
/// `content_type` is the header's value or empty; `date_ms` reads an ISO 8601 date into milliseconds since 1970.
///
/// # Errors
/// [`Problem::EmptyBody`], [`Problem::NotJson`], [`Problem::BadJson`] or [`Problem::SessionMalformed`].
pub fn parse_answer(
    at: &At,
    content_type: &str,
    body: &str,
    now_ms: f64,
    date_ms: impl Fn(&str) -> Option<f64>,
) -> Result<Grant, Problem> {
    let at = || at.clone();
    let malformed = |what| Problem::SessionMalformed { at: at(), what };
    if body.trim().is_empty() {
        return Err(Problem::EmptyBody { at: at() });
    }
    if !looks_like_json(body) {
        return Err(Problem::NotJson { at: at(), content_type: content_type.to_owned() });
    }
    let Value::Object(fields) =
        serde_json::from_str(body).map_err(|error| Problem::BadJson { at: at(), what: error.to_string() })?
    else {
        return Err(malformed(SessionFault::NotAnObject));
    };
    let secret = match fields.get("client_secret") {
        None | Some(Value::Null) => return Err(malformed(SessionFault::NoSecret)),
        Some(Value::String(secret)) if is_header_safe(secret) => secret.clone(),
        Some(_) => return Err(malformed(SessionFault::BadSecret)),
    };
    let until_ms = end_of(&fields, now_ms, date_ms).map_err(malformed)?;
    Ok(Grant {
        secret,
        session_id: fields.get("session_id").and_then(Value::as_str).map(str::to_owned),
        since_ms: now_ms,
        // A date in the past is a wrong clock, ours or theirs. Believing it would renew before every request.
        until_ms: until_ms.filter(|until| *until > now_ms),
    })
}

/// The secret travels in an `Authorization` header, where anything but visible ASCII makes `fetch` throw.
fn is_header_safe(secret: &str) -> bool {
    !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `expires_in` wins: it does not depend on two clocks agreeing.
fn end_of(
    fields: &Map<String, Value>,
    now_ms: f64,
    date_ms: impl Fn(&str) -> Option<f64>,
) -> Result<Option<f64>, SessionFault> {
    match fields.get("expires_in") {
        None | Some(Value::Null) => {}
        Some(value) => {
            let seconds = value.as_f64().ok_or(SessionFault::BadExpiry("expires_in"))?;
            return Ok(Some(now_ms + seconds * 1000.0));
        }
    }
    match fields.get("expires_at") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(date)) => date_ms(date).map(Some).ok_or(SessionFault::BadExpiry("expires_at")),
        Some(value) => {
            let number = value.as_f64().ok_or(SessionFault::BadExpiry("expires_at"))?;
            // Seconds reach 1e11 in the year 5138; whatever is larger is milliseconds.
            Ok(Some(if number < 1e11 { number * 1000.0 } else { number }))
        }
    }
}
