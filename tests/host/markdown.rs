//! Markdown: what is streamed is what was written, at a cost that follows the new text.

mod commonmark;
mod cost;
mod fixtures;
mod image;
mod link;
mod random;
mod streaming;
mod whole;
