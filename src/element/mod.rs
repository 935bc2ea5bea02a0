//! (being written)

pub mod bridge;
pub mod markdown;
