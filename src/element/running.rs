//! What an element has running, by name.

use std::cell::RefCell;

/// A handful of things by name. A list, because a `BTreeMap` for each kind is several kilobytes of wasm; without a borrow
/// to the outside, because ending a thing may call functions of the page, which may call back into the element.
#[derive(Debug)]
pub struct Running<K, V>(RefCell<Vec<(K, V)>>);

impl<K, V> Default for Running<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: PartialEq, V> Running<K, V> {
    /// Keeps `value`; what had that name is dropped.
    pub fn insert(&self, name: K, value: V) {
        let before = self.remove(&name);
        self.0.borrow_mut().push((name, value));
        drop(before);
    }

    /// Looks at what has that name. `look` must not touch this collection.
    pub fn with<T>(&self, name: &K, look: impl FnOnce(&V) -> T) -> Option<T> {
        let all = self.0.borrow();
        all.iter().find(|(other, _)| other == name).map(|(_, value)| look(value))
    }

    /// Gives up what has that name.
    pub fn remove(&self, name: &K) -> Option<V> {
        let mut all = self.0.borrow_mut();
        let at = all.iter().position(|(other, _)| other == name)?;
        Some(all.swap_remove(at).1)
    }

    /// Drops everything.
    pub fn clear(&self) {
        let all = self.0.take();
        drop(all);
    }
}
