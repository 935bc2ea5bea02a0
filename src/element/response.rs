//! What came back for a request, read without a browser: a stream of frames, one JSON document, or something else
//! that a proxy or a misplaced server put there.

use crate::problem::FetchFailure;
use crate::protocol::decode_event;
use crate::sse::{Ending, Frame, Parser};
use crate::state::{CallAction, Failure, StreamAction};
use crate::web::fetch::Head;

/// How much of a refused request's answer is kept for the integrator, in bytes.
const KEPT: usize = 2048;

/// Reads the answer to a streaming request piece by piece.
#[derive(Debug)]
pub struct StreamReader {
    state: Reading,
}

#[derive(Debug)]
enum Reading {
    /// No status line yet.
    Waiting,
    /// A 2xx, and nothing but white space so far: not known yet whether it is a stream.
    Opened { content_type: String },
    /// A stream; whether a frame of it is unfinished is the parser's to know.
    Frames { parser: Parser },
    /// A 2xx that is no stream.
    Foreign { content_type: String },
    /// Not a 2xx.
    Refused { head: Head, body: Vec<u8> },
}

impl StreamReader {
    /// Nothing came yet.
    #[must_use]
    pub fn new() -> Self {
        Self { state: Reading::Waiting }
    }

    /// The status line and headers came.
    pub fn head(&mut self, head: Head) -> Option<StreamAction> {
        let accepted = (200..300).contains(&head.status);
        self.state = if !accepted {
            Reading::Refused { head, body: Vec::new() }
        } else if is_html(&head.content_type) {
            Reading::Foreign { content_type: head.content_type }
        } else {
            Reading::Opened { content_type: head.content_type }
        };
        matches!(self.state, Reading::Opened { .. }).then_some(StreamAction::Head)
    }

    /// A piece of the body came.
    pub fn chunk(&mut self, bytes: &[u8]) -> Vec<StreamAction> {
        if let Reading::Opened { content_type } = &mut self.state
            && let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace())
        {
            // No line of a stream begins like this, whatever the headers say. (They may say anything: the host
            // application chooses them.)
            self.state = if matches!(first, b'<' | b'{' | b'[') {
                Reading::Foreign { content_type: std::mem::take(content_type) }
            } else {
                Reading::Frames { parser: Parser::new() }
            };
        }
        match &mut self.state {
            Reading::Frames { parser } => parser.push(bytes).iter().map(frame).collect(),
            Reading::Refused { body, .. } => {
                body.extend(bytes.iter().take(KEPT.saturating_sub(body.len())));
                Vec::new()
            }
            Reading::Waiting | Reading::Opened { .. } | Reading::Foreign { .. } => Vec::new(),
        }
    }

    /// The body is over: how it went.
    pub fn end(self, end: Result<(), FetchFailure>) -> Result<(), Failure> {
        match (self.state, end) {
            // The rest of a refusal or of a foreign page is of no interest, so neither is how it ended.
            (Reading::Refused { head, body }, _) => Err(refusal(&head, &String::from_utf8_lossy(&body))),
            (Reading::Foreign { content_type }, _) => Err(Failure::NotAStream { content_type }),
            (Reading::Waiting, Err(failure)) => Err(unanswered(failure)),
            (Reading::Opened { .. }, Ok(())) => Err(Failure::EmptyBody),
            (Reading::Frames { parser }, Ok(())) => match parser.finish() {
                Ending::Complete => Ok(()),
                Ending::Truncated { .. } => Err(Failure::Cut),
            },
            (Reading::Waiting, Ok(())) => Err(Failure::NoConnection),
            (Reading::Opened { .. } | Reading::Frames { .. }, Err(_)) => Err(Failure::Cut),
        }
    }
}

fn frame(frame: &Frame) -> StreamAction {
    match decode_event(&frame.data) {
        Ok(event) => StreamAction::Event(Box::new(event)),
        Err(error) => StreamAction::BadFrame(error),
    }
}

/// Reads the answer to a JSON request. Without a `head` there was none.
#[must_use]
pub fn call(head: Option<Head>, body: &[u8], end: Result<(), FetchFailure>) -> CallAction {
    let body = String::from_utf8_lossy(body);
    let failure = match (head, end) {
        (Some(head), _) if !(200..300).contains(&head.status) => refusal(&head, &body),
        (None, Err(failure)) => unanswered(failure),
        (Some(_), Err(_)) => Failure::Cut,
        (None, Ok(())) => Failure::NoConnection,
        (Some(_), Ok(())) => return CallAction::Done(body.into_owned()),
    };
    CallAction::Failed(failure)
}

fn unanswered(failure: FetchFailure) -> Failure {
    match failure {
        FetchFailure::NoSession { message } => Failure::Session { detail: message },
        FetchFailure::Network { .. }
        | FetchFailure::Aborted
        | FetchFailure::TimedOut
        | FetchFailure::Threw { .. } => Failure::NoConnection,
    }
}

fn refusal(head: &Head, body: &str) -> Failure {
    let kept = body.char_indices().map(|(at, _)| at).find(|at| *at >= KEPT).unwrap_or(body.len());
    Failure::Status {
        status: head.status,
        retry_after: head.retry_after,
        body: body.get(..kept).unwrap_or_default().to_owned(),
    }
}

fn is_html(content_type: &str) -> bool {
    content_type.trim_start().to_ascii_lowercase().starts_with("text/html")
}
