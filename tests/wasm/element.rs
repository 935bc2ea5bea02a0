//! The element in a browser.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod bridge;
mod conversation;
mod markdown;
mod stage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
