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
            Reading::Frames { parser } => {
                let frames = parser.push(bytes);
                match frames.is_empty() {
                    true => vec![StreamAction::Alive],
                    false => frames.iter().map(frame).collect(),
                }
            }
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
        FetchFailure::NoSession { message, says } => Failure::Session { detail: message, says },
        FetchFailure::Threw { why } => Failure::PageFetch { why },
        FetchFailure::Network { .. } | FetchFailure::Aborted | FetchFailure::TimedOut => {
            Failure::NoConnection
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Key;

    const FRAME: &str = "data: {\"type\":\"stream_options\",\"stream_options\":{\"allow_cancel\":true}}\n\n";

    fn head(status: u16, content_type: &str) -> Head {
        Head { status, content_type: content_type.to_owned(), retry_after: None }
    }

    fn read(
        head: Head,
        body: &str,
        end: Result<(), FetchFailure>,
    ) -> (Vec<StreamAction>, Result<(), Failure>) {
        let mut reader = StreamReader::new();
        let mut actions: Vec<StreamAction> = reader.head(head).into_iter().collect();
        for byte in body.as_bytes() {
            actions.extend(reader.chunk(&[*byte]));
        }
        (actions, reader.end(end))
    }

    #[test]
    fn a_stream_is_one_whatever_its_headers_say() {
        for content_type in ["text/event-stream; charset=utf-8", "application/json", ""] {
            let (actions, end) = read(head(200, content_type), FRAME, Ok(()));
            assert!(
                matches!(actions.as_slice(), [StreamAction::Head, StreamAction::Event(_)]),
                "{actions:?}"
            );
            assert_eq!(end, Ok(()));
        }
    }

    #[test]
    fn a_frame_that_is_no_event_does_not_end_the_stream() {
        let (actions, end) = read(head(200, ""), &format!("data: [1]\n\n{FRAME}"), Ok(()));
        assert!(
            matches!(
                actions.as_slice(),
                [StreamAction::Head, StreamAction::BadFrame(_), StreamAction::Event(_)]
            ),
            "{actions:?}"
        );
        assert_eq!(end, Ok(()));
    }

    #[test]
    fn what_stands_there_instead_of_a_stream_is_told_apart() {
        let foreign = |content_type: &str| Err(Failure::NotAStream { content_type: content_type.to_owned() });
        assert_eq!(read(head(200, "text/html"), "", Ok(())), (Vec::new(), foreign("text/html")));
        assert_eq!(read(head(200, "text/plain"), "\n <!doctype html>", Ok(())).1, foreign("text/plain"));
        assert_eq!(read(head(200, ""), "{\"detail\":\"no\"}", Ok(())).1, foreign(""));
        assert_eq!(read(head(200, ""), "", Ok(())).1, Err(Failure::EmptyBody));
        assert_eq!(read(head(204, ""), "\n\n", Ok(())).1, Err(Failure::EmptyBody));
    }

    #[test]
    fn a_cut_is_a_cut_wherever_it_falls() {
        let lost = || Err(FetchFailure::Network { message: String::new() });
        for cut in 1..FRAME.len() {
            assert_eq!(read(head(200, ""), &FRAME[..cut], lost()).1, Err(Failure::Cut), "rejected at {cut}");
        }
        assert_eq!(read(head(200, ""), &FRAME[..20], Ok(())).1, Err(Failure::Cut));
        assert_eq!(read(head(200, ""), FRAME, lost()).1, Err(Failure::Cut));
    }

    #[test]
    fn of_a_refusal_only_the_beginning_is_kept() {
        let (actions, end) = read(head(500, "text/html"), &"é".repeat(KEPT), Ok(()));
        assert!(actions.is_empty());
        let Err(Failure::Status { status: 500, body, .. }) = end else { panic!("{end:?}") };
        assert!(body.len() <= KEPT + 3 && body.starts_with("éé"), "{}", body.len());
    }

    #[test]
    fn a_missing_session_is_not_a_missing_server() {
        let failure = FetchFailure::NoSession { message: "why".to_owned(), says: Key::Busy };
        assert_eq!(
            StreamReader::new().end(Err(failure)),
            Err(Failure::Session { detail: "why".to_owned(), says: Key::Busy })
        );
        let network = FetchFailure::Network { message: String::new() };
        assert_eq!(call(None, b"", Err(network)), CallAction::Failed(Failure::NoConnection));
        assert_eq!(call(Some(head(200, "")), b"{}", Ok(())), CallAction::Done("{}".to_owned()));
    }
}
