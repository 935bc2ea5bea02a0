//! (being written)

pub mod bridge;
