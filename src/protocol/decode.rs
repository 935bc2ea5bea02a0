//! From text to types, with errors that name what was wrong and where.

use std::fmt;

use crate::json::{self, Json};

use super::ThreadStreamEvent;
use super::wire::{Decoded, Misfit, Misfits, Wire};

/// Why a frame or an answer could not be read. Meant for the integrator, never for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// There is nothing to read.
    Empty,
    /// An HTML page, for example the error page of a proxy.
    Html {
        /// Its beginning.
        excerpt: String,
    },
    /// Not JSON, or cut short.
    NotJson {
        /// What the JSON parser says, with line and column.
        problem: String,
        /// The beginning of the text.
        excerpt: String,
    },
    /// JSON, but not the object it must be.
    NotAnObject {
        /// What it is.
        found: JsonKind,
    },
    /// An event without a `type`.
    NoType {
        /// The beginning of the text.
        excerpt: String,
    },
    /// An object that lacks what the answer must have.
    BadShape {
        /// What the decoder says, with the field.
        problem: String,
    },
}

/// Kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// Kind of `value`.
    pub fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(_) => Self::Boolean,
            Json::Number(_) => Self::Number,
            Json::String(_) => Self::String,
            Json::Array(_) => Self::Array,
            Json::Object(_) => Self::Object,
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("expected JSON, got an empty body"),
            Self::Html { excerpt } => write!(
                f,
                "expected JSON, got an HTML page (is the URL the ChatKit endpoint, and does a proxy answer for it?): {excerpt}"
            ),
            Self::NotJson { problem, excerpt } => write!(f, "expected JSON: {problem}; it begins: {excerpt}"),
            Self::NotAnObject { found } => write!(f, "expected a JSON object, got {found}"),
            Self::NoType { excerpt } => write!(f, "expected an event with a string `type`, got: {excerpt}"),
            Self::BadShape { problem } => write!(f, "unexpected answer: {problem}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// An event as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodedEvent {
    /// The event.
    pub event: ThreadStreamEvent,
    /// Its `type`.
    pub kind: String,
    /// What was left out of it, each kind once.
    pub misfits: Vec<Misfit>,
}

/// Decodes the data of one frame, as [`read_event`] does, without a word of what was left out.
///
/// # Errors
/// When the data is not a JSON object with a string `type`.
pub fn decode_event(data: &str) -> Result<ThreadStreamEvent, DecodeError> {
    read_event(data).map(|read| read.event)
}

/// Decodes the data of one frame. An event whose type is unknown, or that lacks what it cannot be shown without, is
/// [`ThreadStreamEvent::Unknown`] and no error.
///
/// # Errors
/// When the data is not a JSON object with a string `type`.
pub fn read_event(data: &str) -> Result<DecodedEvent, DecodeError> {
    let value = object(data)?;
    let Some(kind) = value.get("type").and_then(Json::as_str) else {
        return Err(DecodeError::NoType { excerpt: excerpt(data) });
    };
    let mut misfits = Misfits::lenient();
    let event = ThreadStreamEvent::read(&value, &mut misfits);
    // An event that does not fit is `Unknown`, and what was wrong with it is among the misfits.
    Ok(DecodedEvent { event, kind: kind.to_owned(), misfits: misfits.check().unwrap_or_default() })
}

/// Decodes the body of an answer that is one JSON document, as [`read_response`] does, without a word of what was left
/// out.
///
/// # Errors
/// When the body is not a JSON object, or lacks what `T` must have.
pub fn decode_response<T: Wire>(body: &str) -> Result<T, DecodeError> {
    read_response(body).map(|read| read.value)
}

/// Decodes the body of an answer that is one JSON document.
///
/// # Errors
/// When the body is not a JSON object, or lacks what `T` must have.
pub fn read_response<T: Wire>(body: &str) -> Result<Decoded<T>, DecodeError> {
    let mut read = None;
    let misfits = read_into(body, &mut |value, misfits| read = Some(T::read(value, misfits)))?;
    read.map(|value| Decoded { value, misfits }).ok_or(DecodeError::Empty)
}

/// Decodes the body of an answer by `read`. Returns what was left out. Of all types, so that it is compiled once.
///
/// # Errors
/// When the body is not a JSON object, or lacks what `read` needs.
pub fn read_into(body: &str, read: &mut dyn FnMut(&Json, &mut Misfits)) -> Result<Vec<Misfit>, DecodeError> {
    let value = object(body)?;
    let mut misfits = Misfits::lenient();
    read(&value, &mut misfits);
    misfits.check().map_err(|misfit| DecodeError::BadShape { problem: misfit.to_string() })
}

fn object(text: &str) -> Result<Json, DecodeError> {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return Err(DecodeError::Empty);
    }
    if trimmed.starts_with('<') {
        return Err(DecodeError::Html { excerpt: excerpt(trimmed) });
    }
    match json::read(trimmed) {
        Ok(value @ Json::Object(_)) => Ok(value),
        Ok(other) => Err(DecodeError::NotAnObject { found: JsonKind::of(&other) }),
        Err(problem) => Err(DecodeError::NotJson { problem, excerpt: excerpt(trimmed) }),
    }
}

/// The beginning of a text on one line, short enough for a log.
pub fn excerpt(text: &str) -> String {
    const CHARACTERS: usize = 80;
    let mut excerpt: String =
        text.chars().take(CHARACTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARACTERS).is_some() {
        excerpt.push('…');
    }
    excerpt
}
