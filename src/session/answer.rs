//! The answer of `POST {backend}/api/chatkit/session`:
//! `{"client_secret", "session_id"?, "expires_at"? | "expires_in"?, "idempotent"?}`.

use super::Grant;
use crate::json::Json;
use crate::problem::{At, Problem, SessionFault, looks_like_json};

/// Reads a successful answer.
///
/// `content_type` is the header's value or empty; `parse` reads JSON; `date_ms` reads an ISO 8601 date into
/// milliseconds since 1970.
///
/// # Errors
/// [`Problem::EmptyBody`], [`Problem::NotJson`], [`Problem::BadJson`] or [`Problem::SessionMalformed`].
pub fn parse_answer(
    at: &At,
    content_type: &str,
    body: &str,
    now_ms: f64,
    parse: impl Fn(&str) -> Result<Json<f64>, String>,
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
    let answer = parse(body).map_err(|what| Problem::BadJson { at: at(), what })?;
    if !matches!(answer, Json::Object(_)) {
        return Err(malformed(SessionFault::NotAnObject));
    }
    let secret = match answer.given("client_secret") {
        None => return Err(malformed(SessionFault::NoSecret)),
        Some(Json::String(secret)) if is_header_safe(secret) => secret.clone(),
        Some(_) => return Err(malformed(SessionFault::BadSecret)),
    };
    let until_ms = end_of(&answer, now_ms, date_ms).map_err(malformed)?;
    Ok(Grant {
        secret,
        session_id: answer.given("session_id").and_then(Json::as_str).map(str::to_owned),
        since_ms: now_ms,
        idempotent: answer.given("idempotent").and_then(Json::as_bool) == Some(true),
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
    answer: &Json<f64>,
    now_ms: f64,
    date_ms: impl Fn(&str) -> Option<f64>,
) -> Result<Option<f64>, SessionFault> {
    if let Some(value) = answer.given("expires_in") {
        let seconds = *value.as_number().ok_or(SessionFault::BadExpiry("expires_in"))?;
        return Ok(Some(now_ms + seconds * 1000.0));
    }
    match answer.given("expires_at") {
        None => Ok(None),
        // Seconds reach 1e11 in the year 5138; whatever is larger is milliseconds.
        Some(Json::Number(number)) => Ok(Some(if *number < 1e11 { number * 1000.0 } else { *number })),
        Some(Json::String(date)) => date_ms(date).map(Some).ok_or(SessionFault::BadExpiry("expires_at")),
        Some(_) => Err(SessionFault::BadExpiry("expires_at")),
    }
}
