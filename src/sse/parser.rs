//! The parser. Every byte is looked at once and copied at most twice, however the chunks fall.

/// One complete event of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The `event` field; empty when absent, which means `message`.
    pub event: String,
    /// The `data` lines, joined by LF.
    pub data: String,
    /// The last `id` seen in the stream; empty when there was none.
    pub last_event_id: String,
}

/// How a stream ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Between two frames.
    Complete,
    /// Within a frame. As the standard demands, the frame does not count.
    Truncated {
        /// Bytes of the unfinished frame that had arrived, line ends not counted.
        pending_bytes: usize,
    },
}

/// An incremental parser of one response body.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    /// Bytes of the line that has not ended yet.
    line: Vec<u8>,
    /// The last byte was a CR: an LF that follows belongs to it. Kept instead of waiting for the next byte, or
    /// a stream with CR line ends would show each frame one frame late.
    after_cr: bool,
    /// The first line is over; a byte order mark counts before that only.
    begun: bool,
    /// Bytes of the current frame's lines that have ended, for [`Ending::Truncated`].
    pending: usize,
    event: String,
    data: String,
    last_event_id: String,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Parser {
    /// A parser at the start of a body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes; gives the frames they complete, in order. Never fails: what is no event stream
    /// has no frames, and bytes that are no UTF-8 become U+FFFD.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        let mut rest = chunk;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let (line, tail) = rest.split_at(end);
            let carriage_return = tail.first() == Some(&b'\r');
            rest = tail.get(1..).unwrap_or_default();
            if carriage_return {
                match rest.split_first() {
                    Some((b'\n', after)) => rest = after,
                    Some(_) => {}
                    None => self.after_cr = true,
                }
            }
            frames.extend(self.end_line(line));
        }
        self.line.extend_from_slice(rest);
        frames
    }

    /// Says how the stream ended, after the last [`Parser::push`].
    pub fn finish(self) -> Ending {
        let comment = self.line.first() == Some(&b':');
        let pending_bytes = self.pending + if comment { 0 } else { self.line.len() };
        if pending_bytes == 0 { Ending::Complete } else { Ending::Truncated { pending_bytes } }
    }

    /// Takes the rest of a line whose beginning may wait in the buffer.
    fn end_line(&mut self, tail: &[u8]) -> Option<Frame> {
        if self.line.is_empty() {
            return self.interpret(tail);
        }
        let mut line = std::mem::take(&mut self.line);
        line.extend_from_slice(tail);
        let frame = self.interpret(&line);
        // The buffer goes back, so a stream of small chunks does not allocate for every line.
        line.clear();
        self.line = line;
        frame
    }

    /// "Lines must be processed, in the order they are received, as follows."
    fn interpret(&mut self, line: &[u8]) -> Option<Frame> {
        // "One leading U+FEFF BYTE ORDER MARK character must be ignored if any are present."
        let line = if self.begun { line } else { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) };
        self.begun = true;
        // "If the line is empty (a blank line), dispatch the event."
        if line.is_empty() {
            return self.dispatch();
        }
        // "If the line starts with a U+003A COLON character (:), ignore the line."
        if line.first() == Some(&b':') {
            return None;
        }
        // Not of the standard, for which this is a field that nobody knows: servers that write an object a line.
        if line.first() == Some(&b'{') && self.data.is_empty() {
            let event = std::mem::take(&mut self.event);
            let data = String::from_utf8_lossy(line).into_owned();
            return Some(Frame { event, data, last_event_id: self.last_event_id.clone() });
        }
        // "If the line contains a U+003A COLON character (:), collect the characters before it as field, those
        // after it as value; if value starts with a U+0020 SPACE character, remove it." Otherwise: "use the
        // whole line as the field name, and the empty string as the field value."
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let field = parts.next().unwrap_or_default();
        let value = parts.next().unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        self.process_field(field, value);
        None
    }

    /// "The steps to process the field given a field name and a field value." Line ends are ASCII, so a line
    /// never cuts a character in two and decoding it by itself equals decoding the stream.
    fn process_field(&mut self, field: &[u8], value: &[u8]) {
        match field {
            // "Append the field value to the data buffer, then append a single LF character."
            b"data" => {
                self.pending += field.len() + value.len();
                self.data.push_str(&String::from_utf8_lossy(value));
                self.data.push('\n');
            }
            // "Set the event type buffer to field value."
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            // "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field
            // value. Otherwise, ignore the field."
            b"id" if !value.contains(&0) => self.last_event_id = String::from_utf8_lossy(value).into_owned(),
            // `retry` sets the delay of a reconnection, and there is none: a ChatKit stream cannot be resumed.
            // "Otherwise: the field is ignored."
            _ => {}
        }
    }

    /// "When the user agent is required to dispatch the event."
    fn dispatch(&mut self) -> Option<Frame> {
        self.pending = 0;
        let event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        // "If the data buffer is an empty string, set the event type buffer to the empty string and return."
        // "If the data buffer's last character is a LF character, then remove the last character."
        data.pop().map(|_| Frame { event, data, last_event_id: self.last_event_id.clone() })
    }
}
