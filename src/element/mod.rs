//! The self-hosted `<openai-chatkit>`: the edge around [`crate::state`], which decides everything.
//!
//! - `host`: what JavaScript calls.
//! - `driver`: the loop between reducer and browser; `effect` performs what the reducer asks for.
//! - `response` and `params`: what comes from servers and pages, read without a browser.
//! - `intake`: where files come in; `files` holds them. `microphone`: the reader's voice.
//! - `screen`, `view`, `style`, [`markdown`]: what the reader sees; `trouble` when nothing else can be shown.
//! - [`bridge`]: options of the page as data and functions.

pub mod bridge;
mod driver;
mod effect;
mod field;
mod files;
#[cfg(feature = "element")]
pub mod host;
mod intake;
pub mod markdown;
mod microphone;
#[cfg(feature = "element")]
mod params;
mod response;
mod running;
mod screen;
mod style;
#[cfg(feature = "element")]
mod trouble;
mod view;

#[cfg(feature = "components")]
pub(crate) use driver::Driver;
#[cfg(feature = "components")]
pub(crate) use effect::event as event_of;
pub use view::HeaderSide;
