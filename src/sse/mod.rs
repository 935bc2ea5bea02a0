//! Server-sent events: from the bytes of a response body to frames.
//!
//! * A **chunk** is whatever bytes the network delivers at once. It may end anywhere, inside a character too.
//! * A **line** ends in LF, CR or CRLF.
//! * A **frame** is the lines up to a blank one; the standard calls it an event. Its **data** is what counts.
//!
//! The steps are those of the HTML standard, section "Server-sent events" ("Interpreting an event stream"). A
//! ChatKit server writes `data: <json>` LF LF and nothing else; the rest is here because proxies and servers
//! of other make stand in between. Some of those write a JSON object a line without `data:` (NDJSON), which is a frame here
//! as well. Written by hand: the crates for this are tied to an HTTP client or an async
//! runtime, and none says whether the end cut a frame.

mod parser;

pub use parser::{Ending, Frame, Parser};
