//! **chatkit-widget**: a floating [OpenAI ChatKit](https://openai.github.io/chatkit-js/) widget and a
//! self-hosted implementation of its `<openai-chatkit>` element, in Rust and Yew.
//!
//! # In a Yew app
//!
//! ```toml
//! chatkit-widget = { path = "../chatkit-widget", features = ["components"] }
//! ```
//!
//! | feature | gives |
//! |---|---|
//! | `components` | `components`: `<ChatWidget>` and `<ChatKit>`, and all of `hooks` |
//! | `locales` | every language of the conversation, see [`text::language`]; English is always there |
//! | `hooks` | `hooks`: `use_chat_session` and `use_error_retry`, for an app that draws everything itself |
//! | `container`, `element` | the two wasm modules of the npm package, with exports to JavaScript; nothing for a Rust app |
//! | none | the pure modules: protocol, retry, session, markdown, for any program |
//!
//! # How it is made
//!
//! The modules without a `cfg` below are pure: no web types, no clock, no randomness. They hold every
//! decision and are tested on the host. The modules behind a feature touch the browser and decide nothing.
//! `docs/architecture.md` draws the whole.

pub mod config;
pub mod json;
pub mod markdown;
pub mod millis;
pub mod problem;
pub mod protocol;
pub mod retry;
pub mod session;
pub mod sse;
pub mod state;
pub mod text;
pub mod widget;

#[cfg(feature = "components")]
pub mod components;
#[cfg(any(feature = "container", feature = "components"))]
pub mod container;
#[cfg(any(feature = "element", feature = "components"))]
pub mod element;
#[cfg(feature = "hooks")]
pub mod hooks;
#[cfg(feature = "hooks")]
pub mod web;

#[cfg(all(target_arch = "wasm32", feature = "container"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The example of the README is compiled too.
#[cfg(all(doctest, feature = "components"))]
#[doc = include_str!("../README.md")]
mod readme {}
