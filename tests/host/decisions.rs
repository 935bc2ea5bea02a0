//! Retry, session, problems and texts: what is decided, without a browser.

mod problems;
mod retries;
mod sessions;
mod texts;
