//! Frames of a stream as actions.

use super::StreamAction;
use crate::protocol::{DecodedEvent, ThreadStreamEvent, read_event};

/// Frames of servers and proxies that say nothing: signs of life, and the end of streams that have no other.
const SIGNS: [&str; 8] =
    ["ping", "heartbeat", "keepalive", "keep-alive", "keep_alive", "[done]", "done", "null"];

impl StreamAction {
    /// Reads a frame: what is left out of its event, then the event. A sign of life gives nothing.
    ///
    /// `event` is the frame's field of that name, `data` its data.
    #[must_use]
    pub fn of_frame(event: &str, data: &str) -> Vec<StreamAction> {
        match read_event(data) {
            Ok(DecodedEvent { event: ThreadStreamEvent::Unknown(_), kind, .. })
                if is_sign(&kind) || is_sign(event) =>
            {
                Vec::new()
            }
            Ok(DecodedEvent { event, kind, misfits }) => {
                let lost = (!misfits.is_empty()).then_some(StreamAction::LeftOut { of: kind, misfits });
                lost.into_iter().chain([StreamAction::Event(Box::new(event))]).collect()
            }
            Err(_) if is_sign(event) || is_sign(data) || matches!(data.trim(), "" | "{}") => Vec::new(),
            Err(error) => vec![StreamAction::BadFrame(error)],
        }
    }
}

fn is_sign(word: &str) -> bool {
    SIGNS.iter().any(|sign| word.trim().eq_ignore_ascii_case(sign))
}
