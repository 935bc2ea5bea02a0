//! What could not be read, and where it is.

use std::fmt::{self, Write};

use super::JsonKind;
use crate::json::{Json, Object};

/// How absence and `null` are called.
const NOTHING: &str = "nothing";

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Its place, such as `thread.items.data[3].created_at`; empty for the value itself.
    pub path: String,
    /// What is there: its kind, or a `type` that nobody knows. Never what people wrote.
    pub found: String,
    /// What belongs there.
    pub expected: &'static str,
}

impl Misfit {
    /// The lack of something that was expected at a place.
    #[must_use]
    pub fn absent(path: &str, expected: &'static str) -> Self {
        Self { path: path.to_owned(), found: NOTHING.to_owned(), expected }
    }

    /// Names what all rows of a list have in common: the path without its indices, and what was expected.
    #[must_use]
    pub fn kind(&self) -> String {
        let mut kind = String::new();
        for piece in self.path.split('[') {
            kind.push_str(piece.split_once(']').map_or(piece, |(_, after)| after));
        }
        kind.push(':');
        kind.push_str(self.expected);
        kind
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}, got {}", self.expected, self.found)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, " at `{}`", self.path) }
    }
}

/// What was read, and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded<T> {
    /// What was read.
    pub value: T,
    /// What was left out, each kind once.
    pub misfits: Vec<Misfit>,
}

/// One step from a value to what is in it.
#[derive(Clone, Copy, Debug)]
enum Step {
    Field(&'static str),
    Row(usize),
}

/// Keeps the notes while a value is read.
#[derive(Debug)]
pub struct Misfits {
    lenient: bool,
    path: Vec<Step>,
    /// The misfit of something that is needed, until it is known what can do without it.
    unfit: Option<Misfit>,
    lost: Vec<Misfit>,
}

impl Misfits {
    pub(super) fn exact() -> Self {
        Self { lenient: false, path: Vec::new(), unfit: None, lost: Vec::new() }
    }

    pub(super) fn lenient() -> Self {
        Self { lenient: true, ..Self::exact() }
    }

    /// Whether what stands for a value of another kind is taken for it.
    pub(super) fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Whether something that is needed did not fit: what is read from here on is of no use.
    pub(super) fn is_unfit(&self) -> bool {
        self.unfit.is_some()
    }

    /// Whether the value at work is the one that was to be read, and not in another one.
    pub(super) fn is_whole(&self) -> bool {
        self.path.is_empty()
    }

    /// Notes that the value at work is not `expected`. The first note counts.
    pub fn note(&mut self, value: &Json, expected: &'static str) {
        if self.unfit.is_none() {
            let found = match value {
                Json::Null => NOTHING.to_owned(),
                other => JsonKind::of(other).to_string(),
            };
            self.unfit = Some(Misfit { path: self.place(), found, expected });
        }
    }

    /// Notes that nobody knows the `type` of the value at work.
    pub(super) fn unknown_type(&mut self, kind: &str) {
        const CHARACTERS: usize = 60;
        self.path.push(Step::Field("type"));
        let kind: String = kind.chars().take(CHARACTERS).collect();
        if self.unfit.is_none() {
            self.unfit = Some(Misfit {
                path: self.place(),
                found: format!("{kind:?}"),
                expected: "a type of this place",
            });
        }
        self.path.pop();
    }

    /// Goes to a field. Where something needed did not fit already, its value does not matter.
    pub(super) fn enter<'a>(&mut self, fields: &'a Object, key: &'static str) -> &'a Json {
        self.path.push(Step::Field(key));
        if self.is_unfit() { &Json::Null } else { fields.get(key).unwrap_or(&Json::Null) }
    }

    /// Goes to a row of a list.
    pub(super) fn enter_row(&mut self, index: usize) {
        self.path.push(Step::Row(index));
    }

    /// Goes back.
    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// What was just read is not needed: returns whether it is left out, as it did not fit.
    pub(super) fn lose(&mut self) -> bool {
        self.lenient && self.give_up()
    }

    /// The same, also where things are read exactly.
    pub(super) fn give_up(&mut self) -> bool {
        let Some(misfit) = self.unfit.take() else { return false };
        // A list of a thousand misfits is one for those who are told.
        let kind = misfit.kind();
        if self.lost.iter().all(|known| known.kind() != kind) {
            self.lost.push(misfit);
        }
        true
    }

    /// What was left out of the value, if it is what was asked for.
    pub(super) fn check(self) -> Result<Vec<Misfit>, Misfit> {
        self.unfit.map_or(Ok(self.lost), Err)
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in &self.path {
            match step {
                Step::Field(key) if place.is_empty() => place.push_str(key),
                // Writing to a string cannot fail.
                Step::Field(key) => drop(write!(place, ".{key}")),
                Step::Row(index) => drop(write!(place, "[{index}]")),
            }
        }
        place
    }
}
