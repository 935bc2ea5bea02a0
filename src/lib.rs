//! **chatkit-widget**: a floating [OpenAI ChatKit](https://openai.github.io/chatkit-js/) widget and a
//! self-hosted implementation of its `<openai-chatkit>` element, in Rust and Yew.
//!
//! The modules without a `cfg` below are pure: no web types, no clock, no randomness. They hold every
//! decision and are tested on the host. The modules behind a feature touch the browser and decide nothing.
//! `docs/architecture.md` draws the whole.

pub mod config;
pub mod json;
pub mod markdown;
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
