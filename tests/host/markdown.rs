//! Markdown: what is streamed is what was written, at a cost that follows the new text.

mod arriving;
mod commonmark;
mod cost;
mod drawn;
mod fixtures;
mod image;
mod link;
mod marks;
mod math;
mod random;
mod reference;
mod streaming;
mod whole;
