//! JSON as a value.
//!
//! `serde_json` would do, but from text to floating point and back takes tables, its reader works for any type and
//! its maps are trees: some 20 KB of compressed wasm for what is never calculated with here. So numbers stay as they
//! came: a [`Number`] is the text it was written as, and what the browser's own parser read (the container's way, as
//! it needs no reader of ours then) is a `Json<f64>`. The tests hold reader, writer and serde's traits to
//! `serde_json`.

mod number;
mod object;
mod read;
mod serde;
mod write;

pub use number::Number;
pub use object::Object;
pub use read::read;
pub use write::{quoted, quoted_or_null};

/// A JSON value; `N` is what a number is.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Json<N = Number> {
    Null,
    Bool(bool),
    Number(N),
    String(String),
    Array(Vec<Json<N>>),
    Object(Object<N>),
}

impl<N> Json<N> {
    /// An object of these fields.
    #[must_use]
    pub fn object<const FIELDS: usize>(fields: [(&str, Self); FIELDS]) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Field `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// Field `name` of an object; `null` counts as missing.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&Self> {
        self.get(name).filter(|value| !value.is_null())
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&N> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }

    /// The fields, if it is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object<N>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// What it is, for an integrator: a text as written, everything else by its kind.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(_) => "a number".to_owned(),
            Self::String(text) => quoted(text),
            Self::Array(_) => "an array".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }
}

impl<N> From<&str> for Json<N> {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
