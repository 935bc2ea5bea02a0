//! Host tests: everything that is pure, in milliseconds. One module a subject.
// wasm-pack builds all tests of the crate before it runs those of the browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod around;
mod compatibility;
mod composer;
mod config;
mod decisions;
mod json;
mod markdown;
mod protocol;
mod schema;
mod sse;
mod state;
