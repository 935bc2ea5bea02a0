//! Numbers as they are written.

use std::fmt;

/// A number: the text it was written as, by JSON's grammar, so that every digit survives the way through.
#[derive(Clone, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// `text` must be a number by JSON's grammar.
    pub(super) fn written(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// `None` for infinities and NaN, which JSON does not have.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        // `Debug` writes exponents for the very large and small, where `Display` writes hundreds of zeros.
        value.is_finite().then(|| Self(format!("{value:?}")))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is written as a whole one and within range.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// The number, if it is written as a whole one and within range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The nearest number there is. Takes the tables that all else here avoids.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // Rust reads all that JSON's grammar allows.
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(value.to_string())
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
