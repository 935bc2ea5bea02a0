//! Raw options: a JavaScript value without JavaScript.

use crate::json::{self, Json};

/// A JavaScript value as far as options go. Keys whose value is `undefined` are left out, as absent ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, which may be NaN or infinite, and how JavaScript writes it: Rust's own way of writing
    /// floating point is several kilobytes of wasm.
    Number(f64, String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Raw>),
    /// A plain object, keys in the order written.
    Object(Vec<(String, Raw)>),
    /// A function; only its presence matters here.
    Function,
    /// Anything else, by the name of its type: `undefined`, `Date`, `Promise`, a value nested too deep …
    Other(String),
}

impl Raw {
    /// What the value is, in words for a message: `"dark"`, `a function`, `an array`.
    pub(super) fn describe(&self) -> String {
        const CHARACTERS: usize = 40;
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(_, text) => text.clone(),
            Self::String(text) if text.chars().nth(CHARACTERS).is_none() => format!("{text:?}"),
            Self::String(text) => {
                format!("a string beginning {:?}", text.chars().take(CHARACTERS).collect::<String>())
            }
            Self::Array(_) => "an array".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Function => "a function".to_owned(),
            Self::Other(name) => name.clone(),
        }
    }

    /// The value as JSON.
    ///
    /// # Errors
    /// The part that has no JSON form: a function, a number that is not finite, a foreign object.
    pub(super) fn to_json(&self) -> Result<Json, &Raw> {
        Ok(match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(_, text) => json::read(text).map_err(|_| self)?,
            Self::String(text) => Json::String(text.clone()),
            Self::Array(values) => Json::Array(values.iter().map(Self::to_json).collect::<Result<_, _>>()?),
            Self::Object(entries) => Json::Object(
                entries
                    .iter()
                    .map(|(key, value)| Ok((key.clone(), value.to_json()?)))
                    .collect::<Result<_, _>>()?,
            ),
            Self::Function | Self::Other(_) => return Err(self),
        })
    }
}

impl From<&Json> for Raw {
    fn from(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            Json::Number(value) => Self::Number(value.as_f64(), value.as_str().to_owned()),
            Json::String(text) => Self::String(text.clone()),
            Json::Array(values) => Self::Array(values.iter().map(Self::from).collect()),
            Json::Object(entries) => {
                Self::Object(entries.iter().map(|(key, value)| (key.to_owned(), Self::from(value))).collect())
            }
        }
    }
}
