//! From a fetch that rejected to a problem.

use std::time::Duration;

use super::{At, Problem};
use crate::text::Key;

/// `name` of the `Error` our session's fetch rejects with when no session could be had.
pub const SESSION_ERROR: &str = "ChatKitSessionError";

/// Why a fetch, or the reading of its body, rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// A `TypeError`: the fetch standard's only word for "no answer", CORS included.
    Network {
        /// The browser's own words.
        message: String,
    },
    /// An `AbortError`: somebody gave up on it.
    Aborted,
    /// A `TimeoutError`, see `AbortSignal.timeout`.
    TimedOut,
    /// No session could be had. It was retried already: nobody retries it again by themselves.
    NoSession {
        /// What went wrong, for the integrator.
        message: String,
        /// The reader's sentence for it.
        says: Key,
    },
    /// The host's fetch function threw at once, rejected with something else, or answered with no `Response`.
    Threw {
        /// Name and message of what was thrown.
        why: String,
    },
}

impl FetchFailure {
    /// Sorts an `Error` by its `name` property. Names are used, not classes: the error may come from an iframe. `key` is
    /// the property that names the reader's sentence for a missing session; a page's own fetch may leave it out.
    #[must_use]
    pub fn from_error(name: &str, message: &str, key: Option<&str>) -> Self {
        match name {
            "TypeError" => Self::Network { message: message.to_owned() },
            "AbortError" => Self::Aborted,
            "TimeoutError" => Self::TimedOut,
            SESSION_ERROR => Self::NoSession {
                message: message.to_owned(),
                says: key.and_then(Key::from_name).unwrap_or(Key::NoConnection),
            },
            _ => Self::Threw { why: [name, message].join(": ").trim_matches([':', ' ']).to_owned() },
        }
    }

    /// The problem it is; `None` for an abort, which is nobody's failure.
    ///
    /// `began`: the head of the answer had arrived. `online`: the browser believes to have a network. `waited`: since
    /// the request was sent.
    #[must_use]
    pub fn problem(self, at: At, began: bool, online: bool, waited: Duration) -> Option<Problem> {
        Some(match self {
            Self::Aborted => return None,
            Self::Network { .. } if began => Problem::StreamCut { at },
            Self::Network { .. } if !online => Problem::Offline { at },
            Self::Network { .. } => Problem::NoConnection { at },
            Self::TimedOut => Problem::TimedOut { at, after: waited },
            Self::NoSession { message, says } => Problem::NoSession { what: message, says },
            Self::Threw { why } => Problem::HostFunctionThrew { path: "api.fetch".to_owned(), why },
        })
    }
}
