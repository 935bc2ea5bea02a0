//! The one retry policy of both wasm modules.
//!
//! * An **attempt** is one request; the first is number 1.
//! * A **cause** is why an attempt failed, without words or addresses.
//! * The **fate** of a request is known when we can be sure that the server did not act on it. A message whose
//!   fate is unknown is **settled** first: the conversation is read back to see whether the message is there.
//!   Repeating it blindly would store it twice.
//!
//! An attempt that failed because the device is **offline** is not counted: the run waits for the network and starts
//! over. A device that **slept** through a wait begins anew as well: its attempts were made in another network's time.
//!
//! The caller brings time and chance (`elapsed`, `jitter`), so every decision can be tested on the host.

use std::time::Duration;

mod header;

pub use header::parse_retry_after;

/// Attempts in all, the first included. With one, a hiccup of the network reaches the reader; with many, a server
/// in trouble is kept in trouble.
pub const MAX_ATTEMPTS: u32 = 3;

/// Base of the backoff: attempt `n` is followed by a wait of up to `BASE × 2ⁿ`, so up to 1 s and up to 2 s.
pub const BASE: Duration = Duration::from_millis(500);

/// All waiting ends within this, counted from the start of the first attempt. After it a reader wants a button.
pub const BUDGET: Duration = Duration::from_secs(10);

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nothing came back, and the browser says that the device has no network.
    Offline,
    /// Nothing came back: name not found, refused, CORS, or no answer in time.
    NoConnection,
    /// The server answered with this HTTP status.
    Status {
        /// The HTTP status.
        status: u16,
        /// The answer's `Retry-After`, see [`parse_retry_after`].
        retry_after: Option<Duration>,
    },
    /// The answer began well and broke off, or had no body.
    Cut,
    /// An answer that will not get better: not readable, refused by us, or wrong set-up.
    Final,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// `POST …/api/chatkit/session`: repeating it harms nobody, and its 500 is often a start-up hiccup.
    Session,
    /// A request that only reads (`threads.get_by_id`, `items.list`, a script).
    Read,
    /// A request that writes, with an idempotency key that the server knows it by: however often it arrives, it is stored
    /// once.
    Keyed,
    /// A request that writes (`threads.create`, `threads.add_user_message`, `threads.custom_action`, …).
    Write,
}

/// May a request be sent again without knowing what became of it?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Sending it twice has the effect of sending it once.
    Idempotent,
    /// Sending it twice may store a message twice.
    Unsafe,
}

impl Request {
    /// Whether the request may be repeated while its fate is unknown.
    #[must_use]
    pub fn safety(self) -> Safety {
        match self {
            Request::Session | Request::Read | Request::Keyed => Safety::Idempotent,
            Request::Write => Safety::Unsafe,
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Wait this long, then send the request again.
    After(Duration),
    /// Wait until the device has a network, then start over with attempt 1.
    Online,
    /// Wait this long, then read the conversation back to learn whether the request arrived. If it did, continue
    /// from there (`threads.retry_after_item`); if not, send it again as the next attempt.
    Settle(Duration),
    /// Do nothing by yourself any more; offer the reader a button. A [`Request::Write`] given up while its fate is
    /// unknown is still to be settled before that button sends it again, see [`fate_unknown`].
    GiveUp,
}

impl Cause {
    fn worth_repeating(&self, request: Request) -> bool {
        match self {
            Cause::Offline | Cause::NoConnection | Cause::Cut => true,
            Cause::Status { status: 500, .. } => request == Request::Session,
            Cause::Status { status, .. } => matches!(status, 408 | 425 | 429 | 502 | 503 | 504),
            Cause::Final => false,
        }
    }

    fn asked_wait(&self) -> Duration {
        match self {
            Cause::Status { retry_after: Some(wait), .. } => *wait,
            _ => Duration::ZERO,
        }
    }
}

/// Could the server have acted on a request that failed like this? Only answers that say "I have not taken it" rule
/// that out: a 4xx comes before the work. 5xx may come from a proxy whose server is still at work.
#[must_use]
pub fn fate_unknown(cause: &Cause) -> bool {
    match cause {
        Cause::Offline | Cause::NoConnection | Cause::Cut => true,
        Cause::Status { status, .. } => !(400..500).contains(status),
        Cause::Final => false,
    }
}

/// Decides what follows a failed attempt.
///
/// * `attempt`: attempts made so far, this one included (from 1).
/// * `jitter`: a fresh random number in `0.0..=1.0`; anything else counts as 1. Full jitter: it scales the whole
///   wait, so that the readers of a page do not all come back in the same moment.
/// * `elapsed`: since the first attempt began.
///
/// A `Retry-After` is a lower bound. One that does not fit into [`BUDGET`] means giving up: coming back earlier
/// would disobey the server, waiting longer would keep the reader in the dark.
#[must_use]
pub fn decide(cause: &Cause, request: Request, attempt: u32, jitter: f64, elapsed: Duration) -> Decision {
    if *cause == Cause::Offline && request.safety() == Safety::Idempotent {
        return Decision::Online;
    }
    if attempt >= MAX_ATTEMPTS || !cause.worth_repeating(request) {
        return Decision::GiveUp;
    }
    let Some(left) = BUDGET.checked_sub(elapsed) else { return Decision::GiveUp };
    let jitter = if (0.0..=1.0).contains(&jitter) { jitter } else { 1.0 };
    let backoff = BASE.saturating_mul(1 << attempt).mul_f64(jitter).min(left);
    let wait = backoff.max(cause.asked_wait());
    if wait > left {
        return Decision::GiveUp;
    }
    match request.safety() {
        Safety::Unsafe if fate_unknown(cause) => Decision::Settle(wait),
        Safety::Unsafe | Safety::Idempotent => Decision::After(wait),
    }
}

/// Whether the device slept while something that lasts `expected` at most was under way. Then neither the attempts nor
/// the time of the run mean anything: nobody waited, and the network is another one.
#[must_use]
pub fn slept(expected: Duration, took: Duration) -> bool {
    took > expected.saturating_add(BUDGET)
}
