//! Markdown that arrives piece by piece, as typed blocks.
//!
//! GFM through pulldown-cmark: tables, strikethrough, task lists, footnotes; bare `http`, `https`, `www.` and
//! e-mail addresses become links afterwards. Nothing is ever turned into an HTML string; raw HTML in the text is text.
//!
//! # Words
//! - **settled**: what no later text can change. It is not parsed again and keeps its pointer, so a view that
//!   compares pointers does not draw it again.
//! - **tail**: the source after everything settled; the only source that is parsed when text arrives.
//! - **piece**: source that parses by itself as it would in its place in the whole text.
//! - **lead**: source put in front of a piece so that it continues the block it belongs to (see [`parse`]).
//! - **part**: a chunk of a block that settled while the block still grows: items of a list, rows of a table,
//!   blocks of a quote, lines of a fenced code block.
//!
//! # What settles when
//! Only complete lines decide. Of the tail's blocks all but the last settle; the cut goes in front of the last
//! one's line, and in front of link definitions that stand right before it (their title may still be coming).
//! A footnote that begins in the middle of another one's line is cut off there, not at the line. A last
//! block that has grown long settles inside itself ([`grow`]). What cannot be cut (a paragraph, a list nested
//! in an item, an HTML block) is parsed again only after it has grown by a sixteenth, which keeps the sum of
//! all parses proportional to the text; text in between is shown plain.
//!
//! # References that are defined later
//! The parser resolves a reference only if it saw the definition. So: settled definitions are handed to every
//! parse, and a settled piece that looked up a label in vain keeps its source and waits. When the label's
//! definition settles, the piece is parsed again and takes the old one's place, key unchanged. All such work
//! together may parse at most as many bytes as have arrived; what would exceed that waits for
//! [`Document::finish`], which does each waiting piece once.
//!
//! # The promise
//! However a text is cut into deltas, after `finish()` the document equals [`Document::parse`] of the whole.
//! Known limits: the parser stops resolving references after expanding 100 kB of addresses in one text, and
//! counts per piece here; and a block that cannot be cut ends after 64 kB while it is streamed.

mod arriving;
mod build;
mod document;
mod grow;
pub mod image;
mod inline;
mod label;
mod line_end;
pub mod link;
mod marks;
mod math;
mod node;
mod parse;
mod settled;
mod waiting;

pub use arriving::Arriving;
pub use document::Document;
pub use marks::{Face, Mark, Marks};
pub use node::{Align, Block, CodeText, Inline, Inlines, Item, Parts, Row, Task, plain_text};
pub use parse::options;
pub use settled::{Entry, GROUP};
