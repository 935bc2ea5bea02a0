//! Host tests: everything that is pure, in milliseconds. One module a subject.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod config;
mod decisions;
mod markdown;
mod protocol;
mod sse;
mod state;
