//! How often a growing answer is drawn.
//!
//! A frame costs the same however little it adds. Nobody sees words come sixty or a hundred and twenty times a second;
//! and what comes faster than anybody reads is not read while it comes: there a third as many frames do.

use std::time::Duration;

use crate::millis::millis;

/// Between two drawings at reading pace: every third frame of most displays, and a little less, so that a timer that is
/// late does not make it every fourth.
const READING: Duration = Duration::from_millis(46);

/// Between two drawings of what is only skimmed: every eighth frame.
const SKIMMING: Duration = Duration::from_millis(128);

/// How long before a drawing the stream is read for it: two timers and a read fit in, also where timers are late.
const AHEAD: Duration = Duration::from_millis(8);

/// Bytes of text a second that nobody reads: fast readers of English take about forty in. Models usually write some
/// hundreds.
const SKIMMED: u64 = 2_000;

/// The least time between the drawing at hand and the next one of the same answer, if `arrived` bytes of it came in
/// the time `since` the drawing before. Words that come one by one, slower than that, wait for nothing.
#[must_use]
pub fn until_next(arrived: usize, since: Duration) -> Duration {
    let arrived = u64::try_from(arrived).unwrap_or(u64::MAX);
    if arrived.saturating_mul(1000) / millis(since).max(1) > SKIMMED { SKIMMING } else { READING }
}

/// How long a stream need not be read, if the next drawing is due in `until_drawn`: what comes is in that drawing, and is
/// read for it once.
#[must_use]
pub fn until_read(until_drawn: Duration) -> Duration {
    until_drawn.saturating_sub(AHEAD)
}
