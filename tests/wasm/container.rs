//! The hooks and the container in a real browser.
//!
//! The server is a stand-in: `stand_in::Server` takes the place of `window.fetch` in the test page, and with it of
//! chance and of the clock, so that nothing waits for real time. Everything else is the browser's own.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "container/client.rs"]
mod client;
#[path = "container/counts.rs"]
mod counts;
#[path = "container/hooks.rs"]
mod hooks;
#[path = "container/leaks.rs"]
mod leaks;
#[path = "container/page.rs"]
mod page;
#[path = "container/people.rs"]
mod people;
#[path = "container/stand_in.rs"]
mod stand_in;
#[path = "container/widget.rs"]
mod widget;
