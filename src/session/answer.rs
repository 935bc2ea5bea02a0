//! The answer of `POST {backend}/api/chatkit/session`:
//! `{"client_secret", "session_id"?, "expires_at"? | "expires_in"?, "idempotent"?}`. Without the secret there is no
//! session; everything else may be missing or odd, and costs no more than itself.

use super::Grant;
use crate::json::Json;
use crate::problem::{At, Problem, SessionFault, looks_like_json};

/// A successful answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the server gave.
    pub grant: Grant,
    /// What of it could not be read and was ignored, for the integrator.
    pub ignored: Option<SessionFault>,
}

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
) -> Result<Answer, Problem> {
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
        Some(Json::String(secret)) if is_header_safe(secret.trim()) => secret.trim().to_owned(),
        Some(_) => return Err(malformed(SessionFault::BadSecret)),
    };
    // The end of a session that does not say it is seen when it is refused.
    let (until_ms, ignored) = match end_of(&answer, now_ms, date_ms) {
        Ok(until_ms) => (until_ms, None),
        Err(fault) => (None, Some(fault)),
    };
    let grant = Grant {
        secret,
        session_id: answer.given("session_id").and_then(text).filter(|id| !id.is_empty()),
        since_ms: now_ms,
        // A date in the past is a wrong clock, ours or theirs. Believing it would renew before every request.
        until_ms: until_ms.filter(|until| *until > now_ms),
        idempotent: answer.given("idempotent").is_some_and(is_true),
    };
    Ok(Answer { grant, ignored })
}

/// A string, or a whole number as its text. Writing and reading fractions would be 25 kB of the container's 95.
fn text(value: &Json<f64>) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            #[expect(clippy::cast_possible_truncation, reason = "whole, and within ±2^53")]
            let whole = *number as i64;
            Some(whole.to_string())
        }
        _ => None,
    }
}

/// Whole numbers below this are what they are written as.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn is_true(value: &Json<f64>) -> bool {
    match value {
        Json::Bool(value) => *value,
        Json::String(word) => word.trim().eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// A number, or a whole one written as text.
fn number(value: &Json<f64>) -> Option<f64> {
    let number = match value {
        Json::Number(number) => Some(*number),
        Json::String(text) => {
            let whole: Option<i64> = text.trim().parse().ok();
            #[expect(clippy::cast_precision_loss, reason = "seconds and milliseconds lie within ±2^53")]
            whole.map(|whole| whole as f64)
        }
        _ => None,
    };
    number.filter(|number| number.is_finite())
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
        let seconds = number(value).ok_or(SessionFault::BadExpiry("expires_in"))?;
        return Ok(Some(now_ms + seconds * 1000.0));
    }
    let Some(value) = answer.given("expires_at") else { return Ok(None) };
    if let Some(number) = number(value) {
        // Seconds reach 1e11 in the year 5138; whatever is larger is milliseconds.
        return Ok(Some(if number < 1e11 { number * 1000.0 } else { number }));
    }
    value.as_str().and_then(date_ms).map(Some).ok_or(SessionFault::BadExpiry("expires_at"))
}
