//! What the transport saw, before anybody judged it.

use std::time::Duration;

use crate::problem::{At, Problem, status_problem};
use crate::protocol::DecodeError;
use crate::retry::Cause;
use crate::text::Key;

/// Why a request or its stream ended early.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// `fetch` was rejected: no network, no server, or an answer the browser may not show (no CORS headers).
    NoConnection,
    /// Nothing came within the time that the options allow for it.
    TimedOut {
        /// That time.
        after: Duration,
    },
    /// The page's own `api.fetch` threw, rejected with something that is no network error, or gave no response.
    PageFetch {
        /// Name and message of what was thrown.
        why: String,
    },
    /// No session could be had. It was retried where it arose, so nobody retries it again by itself.
    Session {
        /// For the integrator.
        detail: String,
        /// For the reader.
        says: Key,
    },
    /// The server answered with something other than 2xx.
    Status {
        /// The HTTP status.
        status: u16,
        /// `Retry-After`, where given.
        retry_after: Option<Duration>,
        /// The start of the body, for the integrator.
        body: String,
    },
    /// A 2xx that is no event stream: the page of a proxy, most often.
    NotAStream {
        /// Its `Content-Type`.
        content_type: String,
        /// Its beginning.
        excerpt: String,
    },
    /// A 2xx that cannot be read as what was asked for.
    Undecodable(DecodeError),
    /// A 2xx whose frames are none that can be read.
    NoEvent {
        /// How many there are.
        frames: usize,
        /// Why the first could not be read.
        first: String,
    },
    /// A 2xx without any body.
    EmptyBody,
    /// The connection ended in the middle of the body.
    Cut,
}

/// Whether a request that failed reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It did not, and will not.
    Not,
    /// Nobody knows, but it is not on its way any more: the thread tells.
    Unknown,
    /// Nobody knows, and it may still arrive although nobody waits for it: a proxy or a queue may hold it.
    UnderWay,
    /// It did: the server answered with a success, readable or not.
    Done,
}

impl Failure {
    /// The same in the terms of the retry policy.
    pub fn cause(&self) -> Cause {
        match self {
            Failure::NoConnection | Failure::TimedOut { .. } => Cause::NoConnection,
            Failure::Status { status, retry_after, .. } => {
                Cause::Status { status: *status, retry_after: *retry_after }
            }
            Failure::Cut | Failure::EmptyBody => Cause::Cut,
            Failure::Session { .. }
            | Failure::PageFetch { .. }
            | Failure::NotAStream { .. }
            | Failure::NoEvent { .. }
            | Failure::Undecodable(_) => Cause::Final,
        }
    }

    /// How sure it is that a request that ended like this did not reach the server.
    pub fn delivery(&self) -> Delivery {
        match self {
            Failure::Session { .. } | Failure::PageFetch { .. } => Delivery::Not,
            // A 4xx is said before the work begins.
            Failure::Status { status: 408, .. } => Delivery::UnderWay,
            Failure::Status { status: 400..=499, .. } => Delivery::Not,
            Failure::Status { status: 504, .. } | Failure::NoConnection | Failure::TimedOut { .. } => {
                Delivery::UnderWay
            }
            // Any other 5xx may come from a proxy whose server has acted.
            Failure::Status { .. } => Delivery::Unknown,
            Failure::NotAStream { .. }
            | Failure::Undecodable(_)
            | Failure::EmptyBody
            | Failure::NoEvent { .. }
            | Failure::Cut => Delivery::Done,
        }
    }

    /// The same for people.
    pub fn problem(&self, at: At) -> Problem {
        match self {
            Failure::NoConnection => Problem::NoConnection { at },
            Failure::TimedOut { after } => Problem::TimedOut { at, after: *after },
            Failure::PageFetch { why } => {
                Problem::HostFunctionThrew { path: "$.api.fetch".to_owned(), why: why.clone() }
            }
            Failure::Session { detail, says } => Problem::NoSession { what: detail.clone(), says: *says },
            Failure::Status { status, retry_after, body } => status_problem(&at, *status, *retry_after)
                .unwrap_or_else(|| Problem::NotJson { at, content_type: body.clone() }),
            Failure::NotAStream { content_type, excerpt } => {
                Problem::NotAStream { at, content_type: content_type.clone(), excerpt: excerpt.clone() }
            }
            Failure::Undecodable(DecodeError::Empty) => Problem::EmptyBody { at },
            Failure::Undecodable(DecodeError::Html { .. }) => {
                Problem::NotJson { at, content_type: "text/html".into() }
            }
            Failure::Undecodable(error) => Problem::BadJson { at, what: error.to_string() },
            Failure::NoEvent { frames, first } => {
                Problem::NoEvent { at, frames: *frames, first: first.clone() }
            }
            Failure::EmptyBody => Problem::EmptyBody { at },
            Failure::Cut => Problem::StreamCut { at },
        }
    }
}
