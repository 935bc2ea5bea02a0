//! What came back for a request, read without a browser: a stream of frames, one JSON document, or something else
//! that a proxy or a misplaced server put there.

use crate::problem::FetchFailure;
use crate::protocol::{self, DecodedEvent, ThreadStreamEvent, excerpt};
use crate::sse::{Ending, Frame, Parser};
use crate::state::{CallAction, Failure, StreamAction};
use crate::web::fetch::Head;

/// How much of an answer that is no stream is kept for the integrator, in bytes.
const KEPT: usize = 2048;

/// Reads the answer to a streaming request piece by piece.
#[derive(Debug)]
pub struct StreamReader {
    state: Reading,
    /// Frames that came.
    frames: usize,
    /// Why the first of them could not be read, until one could.
    unread: Option<String>,
    /// Whether an event could be read.
    read: bool,
}

#[derive(Debug)]
enum Reading {
    /// No status line yet.
    Waiting,
    /// A 2xx, and too little of it so far: not known yet whether it is a stream.
    Opened { content_type: String, begun: Vec<u8> },
    /// A stream; whether a frame of it is unfinished is the parser's to know.
    Frames { parser: Parser },
    /// A 2xx that is no stream.
    Foreign { content_type: String, body: Vec<u8> },
    /// Not a 2xx.
    Refused { head: Head, body: Vec<u8> },
}

impl StreamReader {
    /// Nothing came yet.
    #[must_use]
    pub fn new() -> Self {
        Self { state: Reading::Waiting, frames: 0, unread: None, read: false }
    }

    /// The status line and headers came.
    pub fn head(&mut self, head: Head) -> Option<StreamAction> {
        let accepted = (200..300).contains(&head.status);
        self.state = if !accepted {
            Reading::Refused { head, body: Vec::new() }
        } else if is_html(&head.content_type) {
            Reading::Foreign { content_type: head.content_type, body: Vec::new() }
        } else {
            Reading::Opened { content_type: head.content_type, begun: Vec::new() }
        };
        matches!(self.state, Reading::Opened { .. }).then_some(StreamAction::Head)
    }

    /// A piece of the body came.
    pub fn chunk(&mut self, bytes: &[u8]) -> Vec<StreamAction> {
        match &mut self.state {
            Reading::Opened { begun, .. } => {
                begun.extend(bytes);
                return self.opened(false);
            }
            Reading::Frames { parser } => {
                let frames = parser.push(bytes);
                // A comment is a line of its own. Bytes that do not come to the end of a line are no sign of life: a stream
                // that drips would be waited for without an end.
                if frames.is_empty() {
                    return if bytes.contains(&b'\n') { vec![StreamAction::Alive] } else { Vec::new() };
                }
                return self.frames(&frames);
            }
            Reading::Refused { body, .. } | Reading::Foreign { body, .. } => keep(body, bytes),
            Reading::Waiting => {}
        }
        Vec::new()
    }

    /// Judges by its beginning whether the body is a stream. The headers may say anything: the host application chooses
    /// them.
    fn opened(&mut self, ended: bool) -> Vec<StreamAction> {
        let Reading::Opened { content_type, begun } = &mut self.state else { return Vec::new() };
        let first = begun.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begun).trim_ascii_start();
        let line_end = first.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let is_stream = match (first.first(), line_end) {
            (None, _) => return Vec::new(),
            // No line of a stream begins like this.
            (Some(b'<' | b'['), _) => false,
            // Nor like this, but servers that write an event a line.
            (Some(b'{'), None) if !ended => return Vec::new(),
            (Some(b'{'), end) => {
                let line = first.get(..end.unwrap_or(first.len())).unwrap_or_default();
                is_event(&String::from_utf8_lossy(line), content_type)
            }
            _ => true,
        };
        let (content_type, begun) = (std::mem::take(content_type), std::mem::take(begun));
        if is_stream {
            let mut parser = Parser::new();
            let frames = parser.push(&begun);
            self.state = Reading::Frames { parser };
            return self.frames(&frames);
        }
        let mut body = Vec::new();
        keep(&mut body, &begun);
        self.state = Reading::Foreign { content_type, body };
        Vec::new()
    }

    fn frames(&mut self, frames: &[Frame]) -> Vec<StreamAction> {
        let mut actions = Vec::new();
        for frame in frames {
            let read = StreamAction::of_frame(&frame.event, &frame.data);
            self.frames += 1;
            self.read |= read.iter().any(is_read);
            if self.unread.is_none() {
                self.unread = Some(read.iter().find_map(why_not).unwrap_or_else(|| "it says nothing".into()));
            }
            actions.extend(read);
        }
        actions
    }

    /// The body is over: what its end brought, and how it went.
    pub fn end(mut self, end: Result<(), FetchFailure>) -> (Vec<StreamAction>, Result<(), Failure>) {
        let mut last = if end.is_ok() { self.opened(true) } else { Vec::new() };
        let ended = match (std::mem::replace(&mut self.state, Reading::Waiting), end) {
            // The rest of a refusal or of a foreign page is of no interest, so neither is how it ended.
            (Reading::Refused { head, body }, _) => Err(refusal(&head, &String::from_utf8_lossy(&body))),
            (Reading::Foreign { content_type, body }, _) => {
                let content_type = content_type.split(';').next().unwrap_or_default().trim().to_owned();
                Err(Failure::NotAStream { content_type, excerpt: excerpt(&String::from_utf8_lossy(&body)) })
            }
            (Reading::Waiting, Err(failure)) => Err(unanswered(failure)),
            (Reading::Opened { .. }, Ok(())) => Err(Failure::EmptyBody),
            (Reading::Frames { parser }, Ok(())) => self.ended(parser, &mut last),
            (Reading::Waiting, Ok(())) => Err(Failure::NoConnection),
            (Reading::Opened { .. } | Reading::Frames { .. }, Err(_)) => Err(Failure::Cut),
        };
        (last, ended)
    }

    /// The stream was closed properly. Some servers leave out the blank line behind the last frame, which may not be lost
    /// by that if it is whole.
    fn ended(&mut self, mut parser: Parser, last: &mut Vec<StreamAction>) -> Result<(), Failure> {
        let mut closed = parser.clone();
        let frames = closed.push(b"\n\n");
        let is_whole = |frame: &Frame| {
            let read = StreamAction::of_frame(&frame.event, &frame.data);
            !read.iter().any(|action| matches!(action, StreamAction::BadFrame(_)))
        };
        if !frames.is_empty() && frames.iter().all(is_whole) {
            last.extend(self.frames(&frames));
            parser = closed;
        }
        match (parser.finish(), self.unread.take()) {
            (Ending::Truncated { .. }, _) => Err(Failure::Cut),
            (Ending::Complete, Some(first)) if !self.read => {
                Err(Failure::NoEvent { frames: self.frames, first })
            }
            (Ending::Complete, _) => Ok(()),
        }
    }
}

fn keep(body: &mut Vec<u8>, bytes: &[u8]) {
    body.extend(bytes.iter().take(KEPT.saturating_sub(body.len())));
}

fn is_event(line: &str, content_type: &str) -> bool {
    let of_events = ["event-stream", "ndjson", "jsonl", "x-json-stream"];
    match protocol::read_event(line) {
        Ok(DecodedEvent { event: ThreadStreamEvent::Unknown(_), .. }) => {
            let content_type = content_type.to_ascii_lowercase();
            of_events.iter().any(|kind| content_type.contains(kind))
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

fn is_read(action: &StreamAction) -> bool {
    matches!(action, StreamAction::Event(event) if !matches!(**event, ThreadStreamEvent::Unknown(_)))
}

fn why_not(action: &StreamAction) -> Option<String> {
    match action {
        StreamAction::BadFrame(error) => Some(error.to_string()),
        StreamAction::LeftOut { of, misfits } => misfits.first().map(|misfit| format!("{of}: {misfit}")),
        _ => None,
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
    use crate::problem::At;
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
            // Signs of life are no part of what is said.
            actions
                .extend(reader.chunk(&[*byte]).into_iter().filter(|action| *action != StreamAction::Alive));
        }
        let (last, end) = reader.end(end);
        actions.extend(last);
        (actions, end)
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
        let foreign = |content_type: &str, excerpt: &str| {
            Err(Failure::NotAStream { content_type: content_type.to_owned(), excerpt: excerpt.to_owned() })
        };
        assert_eq!(read(head(200, "text/html"), "", Ok(())), (Vec::new(), foreign("text/html", "")));
        let page = "\n <!doctype html>";
        assert_eq!(read(head(200, "text/plain"), page, Ok(())).1, foreign("text/plain", "  <!doctype html>"));
        for json in ["{\"detail\":\"no\"}", "{\"type\":\"x\"}", "{\n\"type\":\"error\"}", "[{}]"] {
            let kept = json.replace('\n', " ");
            let json = read(head(200, "application/json; charset=utf-8"), json, Ok(()));
            assert_eq!(json, (vec![StreamAction::Head], foreign("application/json", &kept)));
        }
        assert_eq!(read(head(200, ""), "", Ok(())).1, Err(Failure::EmptyBody));
        assert_eq!(read(head(204, ""), "\n\n", Ok(())).1, Err(Failure::EmptyBody));
    }

    #[test]
    fn a_document_in_place_of_a_stream_is_named_to_the_integrator() {
        let document = include_str!("../../tests/fixtures/field/chatkit-11.json");
        let (_, end) = read(head(200, "application/json"), document, Ok(()));
        assert_eq!(
            end.expect_err("no stream").problem(At::post("http://localhost/chatkit")).detail(),
            "POST /chatkit: a stream was expected, application/json came: {\"error\": \"Model not found\"}"
        );
    }

    #[test]
    fn an_event_a_line_is_a_stream_as_well() {
        let event = FRAME.trim_start_matches("data: ").trim_end();
        let lines = [event, event].join("\n");
        for body in
            [lines.clone(), lines.clone() + "\n", lines.clone() + "\r\n\r\n", format!("\u{feff}{lines}")]
        {
            let (actions, end) = read(head(200, "text/event-stream"), &body, Ok(()));
            let events = actions.iter().filter(|action| is_read(action)).count();
            assert_eq!((actions.len(), events, end), (3, 2, Ok(())), "{body:?}: {actions:?}");
        }
        assert_eq!(read(head(200, ""), &lines[..lines.len() - 1], Ok(())).1, Err(Failure::Cut));
    }

    #[test]
    fn a_last_frame_without_its_blank_line_is_not_lost() {
        for rest in [FRAME.trim_end(), "data: [DONE]", ": ping", "event: ping\ndata: {}", "data: [DONE]\n"] {
            let (actions, end) = read(head(200, ""), &format!("{FRAME}{rest}"), Ok(()));
            assert!(end.is_ok() && actions.iter().skip(1).all(is_read), "{rest:?}: {end:?} {actions:?}");
        }
    }

    #[test]
    fn a_stream_without_any_event_says_what_came_instead() {
        let (_, end) = read(head(200, ""), "data: nonsense\n\ndata: {\"type\":\"x\"}\n\n", Ok(()));
        let Err(Failure::NoEvent { frames: 2, first }) = end else { panic!("{end:?}") };
        assert!(first.contains("it begins: nonsense"), "{first}");
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
            StreamReader::new().end(Err(failure)).1,
            Err(Failure::Session { detail: "why".to_owned(), says: Key::Busy })
        );
        let network = FetchFailure::Network { message: String::new() };
        assert_eq!(call(None, b"", Err(network)), CallAction::Failed(Failure::NoConnection));
        assert_eq!(call(Some(head(200, "")), b"{}", Ok(())), CallAction::Done("{}".to_owned()));
    }
}
