//! Objects.

use std::fmt;

use super::{Json, Number};

/// The fields of an object, in the order written; two objects are equal if that is equal too.
///
/// A list: the objects here have a handful of fields. A key that was written twice stays there twice, and the last
/// one counts.
#[derive(Clone, PartialEq)]
pub struct Object<N = Number>(Vec<(String, Json<N>)>);

impl<N> Object<N> {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The value of field `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json<N>> {
        self.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The value of field `name`, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<N>> {
        self.0.iter_mut().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// All values, to change them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Json<N>> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Sets field `name`, at its place if there is one.
    pub fn insert(&mut self, name: &str, value: Json<N>) {
        match self.0.iter_mut().rev().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value,
            None => self.push(name.to_owned(), value),
        }
    }

    /// Adds a field, which counts from now on if there was one of that name.
    pub fn push(&mut self, name: String, value: Json<N>) {
        self.0.push((name, value));
    }

    /// The fields in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Json<N>)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N> Default for Object<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N> FromIterator<(String, Json<N>)> for Object<N> {
    fn from_iter<I: IntoIterator<Item = (String, Json<N>)>>(fields: I) -> Self {
        Self(fields.into_iter().collect())
    }
}

impl<N> IntoIterator for Object<N> {
    type Item = (String, Json<N>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<N: fmt::Debug> fmt::Debug for Object<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
