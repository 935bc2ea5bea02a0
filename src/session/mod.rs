//! The session of one reader with one backend, as values and decisions.
//!
//! * A **grant** is what the server gave: the client secret and how long it lives.
//! * A **flight** is one run of asking for a grant, its repetitions included. There is at most one.
//! * **Renewing** asks again and shows the old secret (`existing`), so that the conversation stays the reader's.
//! * **Denied** means the chat endpoint answered 401 or 403 to a secret we held to be good.
//!
//! Times are milliseconds since 1970 by this device's clock (`now_ms`).

use std::time::Duration;

use crate::problem::Problem;

mod answer;
mod kept;

pub use answer::{Answer, parse_answer};
pub use kept::{Kept, storage_key};

/// What the server gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The client secret: the bearer token of the chat endpoint.
    pub secret: String,
    /// The server's name for the session, where it gives one.
    pub session_id: Option<String>,
    /// When we got it.
    pub since_ms: f64,
    /// When it ends; `None` if the server does not say, then only a denial shows it.
    pub until_ms: Option<f64>,
    /// Whether the server says that it does nothing twice for requests with the same `metadata.idempotency_key`.
    pub idempotent: bool,
}

/// A grant is renewed this long before it ends, or after four fifths of a shorter life.
const AHEAD_MS: f64 = 60_000.0;

/// A grant that ends sooner than this is not used for a new request: the request would arrive too late.
const TRAVEL_MS: f64 = 5_000.0;

impl Grant {
    /// When to renew ahead of the end; `None` if the end is unknown.
    #[must_use]
    pub fn renew_at_ms(&self) -> Option<f64> {
        self.until_ms.map(|until| until - AHEAD_MS.min((until - self.since_ms).max(0.0) * 0.2))
    }

    /// Whether a request sent now would still arrive in time.
    #[must_use]
    pub fn usable(&self, now_ms: f64) -> bool {
        match self.until_ms {
            // A life shorter than twice the travel time would make every request renew first.
            Some(until) => now_ms < until - TRAVEL_MS.min((until - self.since_ms).max(0.0) * 0.5),
            None => true,
        }
    }
}

/// The session.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Session {
    /// Nobody asked yet.
    #[default]
    None,
    /// A flight is under way.
    Fetching {
        /// Attempt now running or waited for, from 1 to [`crate::retry::MAX_ATTEMPTS`].
        attempt: u32,
        /// `Some` while that attempt is waited for: how long in all, from when this state began.
        wait: Option<Duration>,
        /// The grant to fall back on if renewing fails. Never one that was denied.
        fallback: Option<Grant>,
    },
    /// The flight waits for the network of this device and goes on by itself.
    Offline {
        /// As in [`Session::Fetching`].
        fallback: Option<Grant>,
    },
    /// There is a grant.
    Active(Grant),
    /// The flight failed for good; the reader may start another.
    Refused(Problem),
}

/// Why a secret is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// The panel opens, or a request is about to be sent, or the reader pressed "Try again".
    Needed,
    /// A request is about to be sent while the browser says that there is no network. Browsers are wrong about a server
    /// on the device itself, so it is tried, with the one request that harms nobody; what was to be sent waits for its
    /// end, and no message is lost or doubled by a connection that is going away.
    NeededOffline,
    /// The chat endpoint answered 401 or 403 to this secret.
    Denied(&'a str),
    /// The time to renew came, or the tab woke up. `visible`: somebody can see the page. A hidden tab does not renew:
    /// it would do so all night.
    Ahead {
        /// Whether the page is visible.
        visible: bool,
    },
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Use this secret.
    Use(String),
    /// Start a flight, showing `existing`.
    Fetch {
        /// The secret that proves the session is ours.
        existing: Option<String>,
        /// See [`Session::Fetching`].
        fallback: Option<Grant>,
    },
    /// A flight is under way: wait for its end.
    Join,
    /// Nothing.
    Nothing,
}

/// Decides what to do when a secret is wanted. `kept` is the secret this tab remembers, used where the session
/// itself knows none.
#[must_use]
pub fn decide(session: &Session, why: Why<'_>, kept: Option<&str>, now_ms: f64) -> Ask {
    let remembered = || kept.map(str::to_owned);
    match (session, why) {
        (Session::Fetching { .. } | Session::Offline { .. }, Why::Ahead { .. }) => Ask::Nothing,
        (Session::Fetching { .. } | Session::Offline { .. }, _) => Ask::Join,
        (Session::None | Session::Refused(_), Why::Ahead { .. }) => Ask::Nothing,
        (Session::None | Session::Refused(_), _) => Ask::Fetch { existing: remembered(), fallback: None },
        (Session::Active(grant), Why::Needed) if grant.usable(now_ms) => Ask::Use(grant.secret.clone()),
        (Session::Active(grant), Why::Needed) => {
            Ask::Fetch { existing: Some(grant.secret.clone()), fallback: None }
        }
        // Two requests were denied at once and the other one has renewed already.
        (Session::Active(grant), Why::Denied(secret)) if grant.secret != secret => {
            Ask::Use(grant.secret.clone())
        }
        (Session::Active(grant), Why::NeededOffline) => Ask::Fetch {
            existing: Some(grant.secret.clone()),
            fallback: grant.usable(now_ms).then(|| grant.clone()),
        },
        (Session::Active(grant), Why::Denied(_)) => {
            Ask::Fetch { existing: Some(grant.secret.clone()), fallback: None }
        }
        (Session::Active(grant), Why::Ahead { visible }) => {
            let due = visible && grant.renew_at_ms().is_some_and(|at| now_ms >= at);
            if due {
                let fallback = grant.usable(now_ms).then(|| grant.clone());
                Ask::Fetch { existing: Some(grant.secret.clone()), fallback }
            } else {
                Ask::Nothing
            }
        }
    }
}

/// The session after a flight that failed for good. A grant that still holds outlives a failed renewal: the reader
/// notices nothing.
#[must_use]
pub fn after_failure(session: &Session, problem: Problem, now_ms: f64) -> Session {
    match session {
        Session::Fetching { fallback: Some(grant), .. } | Session::Offline { fallback: Some(grant) }
            if grant.usable(now_ms) =>
        {
            Session::Active(grant.clone())
        }
        _ => Session::Refused(problem),
    }
}

/// Should the flight go on at once without `existing`? When the server turns down the proof of an old session, a new
/// session is the only way on; without this the reader would stay locked out until the tab is closed.
#[must_use]
pub fn drop_existing(problem: &Problem, existing: Option<&str>) -> bool {
    existing.is_some() && matches!(problem, Problem::Refused { .. } | Problem::Rejected { .. })
}

/// Should a flight start by itself when the network comes back or the tab wakes up? Only where the network was what
/// failed.
#[must_use]
pub fn recovers_online(session: &Session) -> bool {
    matches!(
        session,
        Session::Refused(Problem::Offline { .. } | Problem::NoConnection { .. } | Problem::TimedOut { .. })
    )
}

/// Milliseconds until [`Why::Ahead`] is due, from now; `None` if there is nothing to wait for. Not less than
/// a second, so that a clock that jumps cannot make a busy loop.
#[must_use]
pub fn next_renewal_ms(session: &Session, now_ms: f64) -> Option<f64> {
    match session {
        Session::Active(grant) => grant.renew_at_ms().map(|at| (at - now_ms).max(1_000.0)),
        _ => None,
    }
}
