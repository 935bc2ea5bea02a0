//! The browser, thinly wrapped: fetch, timers, listeners, storage, console, focus, stylesheets. Decides nothing.
//!
//! What is started here ends when its owner is dropped: requests abort, timers are cleared, listeners removed.
//! Nothing here panics on what a page or a server does.

pub mod clock;
pub mod dom;
pub mod fetch;
pub mod js;
pub mod listen;
pub mod log;
pub mod observe;
pub mod stylesheet;
pub mod tab;
pub mod task;
pub mod upload;
