//! Milliseconds as browsers count them, in 64 bits: the 128 of [`Duration::as_millis`] cost half a kilobyte of wasm.

use std::time::Duration;

/// Whole milliseconds, at most `u64::MAX`.
#[must_use]
pub fn millis(duration: Duration) -> u64 {
    duration.as_secs().saturating_mul(1000).saturating_add(u64::from(duration.subsec_millis()))
}

/// From milliseconds as JavaScript has them. What is negative or not a number is none at all.
#[must_use]
pub fn from_js(millis: f64) -> Duration {
    // `as` keeps within the bounds of the type.
    Duration::from_millis(millis as u64)
}
