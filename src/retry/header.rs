//! `Retry-After` (RFC 9110 §10.2.3): whole seconds, or an HTTP date.

use std::time::Duration;

use crate::millis::from_js;

/// How long the server asks us to wait. `now_ms` and the result of `date_ms` (which reads an HTTP date) are
/// milliseconds since 1970. A date in the past means no wait; an unreadable value means the header says nothing.
#[must_use]
pub fn parse_retry_after(
    value: &str,
    now_ms: f64,
    date_ms: impl Fn(&str) -> Option<f64>,
) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let wait_ms = date_ms(value)? - now_ms;
    Some(from_js(wait_ms))
}
