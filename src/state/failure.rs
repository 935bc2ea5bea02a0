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

impl Failure {
    /// The same in the terms of the retry policy.
    pub fn cause(&self) -> Cause {
        match self {
            Failure::NoConnection => Cause::NoConnection,
            Failure::Status { status, retry_after, .. } => {
                Cause::Status { status: *status, retry_after: *retry_after }
            }
            Failure::Cut | Failure::EmptyBody | Failure::NoEvent { .. } => Cause::Cut,
            Failure::Session { .. } | Failure::NotAStream { .. } | Failure::Undecodable(_) => Cause::Final,
        }
    }

    /// The same for people.
    pub fn problem(&self, at: At) -> Problem {
        match self {
            Failure::NoConnection => Problem::NoConnection { at },
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
