//! From an HTTP answer to a problem.

use std::time::Duration;

use super::{At, Problem};

/// The problem an answer's status is, or nothing if it is a success (2xx).
#[must_use]
pub fn status_problem(at: &At, status: u16, retry_after: Option<Duration>) -> Option<Problem> {
    let at = at.clone();
    Some(match status {
        200..=299 => return None,
        401 | 403 => Problem::Refused { at, status },
        408 | 425 | 429 | 502 | 503 | 504 => Problem::ServerBusy { at, status, retry_after },
        500..=599 => Problem::ServerError { at, status },
        _ => Problem::Rejected { at, status },
    })
}

/// Could this body be JSON? A missing or wrong `Content-Type` is forgiven, a body that begins like markup is not:
/// that is the error page of a proxy.
#[must_use]
pub fn looks_like_json(body: &str) -> bool {
    let body = body.trim_start_matches('\u{feff}').trim_start();
    !body.is_empty() && !body.starts_with('<')
}
