//! Yew hooks for any app that talks to a ChatKit server.
//!
//! * [`use_error_retry`]: run something that may fail, with the retry policy of [`crate::retry`], and show it.
//! * [`use_chat_session`]: the session of [`crate::session`], fetched on demand, renewed, remembered for the tab.
//!
//! Both stand on parts that need no component: [`with_retry`] and [`SessionClient`].

mod authorized;
pub(crate) mod client;
mod memory;
mod retrying;
mod use_chat_session;
mod use_error_retry;

pub use client::{SessionClient, Watch};
pub use memory::TabMemory;
pub use retrying::{Attempt, RetryState, with_retry};
pub use use_chat_session::{ChatSession, use_chat_session, use_session_client};
pub use use_error_retry::{ErrorRetry, use_error_retry};
