//! The Yew components in a real browser, inside a Yew app. The server is a stand-in; everything else is the browser's.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "components/app.rs"]
mod app;
#[path = "components/chat_kit.rs"]
mod chat_kit;
#[path = "components/chat_widget.rs"]
mod chat_widget;
#[path = "container/counts.rs"]
mod counts;
#[path = "container/stand_in.rs"]
#[allow(dead_code, reason = "shared with the tests of the container, which use more of it")]
mod stand_in;
