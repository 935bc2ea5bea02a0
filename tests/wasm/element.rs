//! The element in a browser.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod bridge;
