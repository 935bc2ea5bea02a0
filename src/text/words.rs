//! The words of one language.
//!
//! A **table** holds one wording for each key, by [`Wording::index`]. English is part of the module; every other
//! language is a file in `src/text/locales`, loaded when a conversation is held in it.

use std::cell::RefCell;

use super::{ChatKey, Key, Wording, fill};

/// The words of one language. Cheap to copy and compare: a language is read once and kept for as long as the page is
/// open, of which there are a handful.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words(Option<&'static Table>);

#[derive(Debug)]
struct Table {
    /// Its language, as in `lang="pt"`.
    tag: String,
    wordings: Vec<Option<String>>,
}

thread_local! {
    static READ: RefCell<Vec<&'static Table>> = const { RefCell::new(Vec::new()) };
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Some(one), Some(other)) => std::ptr::eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Words {
    /// The language `tag`, with the wording that `find` knows for a key's name. What it does not know stays English:
    /// a button must have a name.
    pub fn read(tag: &str, find: impl Fn(&str) -> Option<String>) -> Self {
        let known = |tables: &Vec<&'static Table>| tables.iter().find(|table| table.tag == tag).copied();
        Self(Some(READ.with_borrow_mut(|tables| {
            known(tables).unwrap_or_else(|| {
                let names =
                    Key::ALL.iter().map(|key| key.name()).chain(ChatKey::ALL.iter().map(|key| key.name()));
                let wordings =
                    names.map(|name| find(name).filter(|wording| !wording.trim().is_empty())).collect();
                let table = Box::leak(Box::new(Table { tag: tag.to_owned(), wordings }));
                tables.push(table);
                table
            })
        })))
    }

    /// The wording for `key`, slots unfilled.
    #[must_use]
    pub fn get(self, key: impl Wording) -> &'static str {
        let own = self.0.and_then(|table| table.wordings.get(key.index())?.as_deref());
        own.unwrap_or_else(|| key.wording())
    }

    /// The wording for `key` with numbers in its slots.
    #[must_use]
    pub fn fill(self, key: impl Wording, slots: &[(&str, u32)]) -> String {
        fill(self.get(key), slots)
    }

    /// The language, as in `lang="pt"`; `None` is English because there is nothing else.
    #[must_use]
    pub fn tag(self) -> Option<&'static str> {
        self.0.map(|table| table.tag.as_str())
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn right_to_left(self) -> bool {
        self.tag().is_some_and(|tag| RIGHT_TO_LEFT.contains(&tag.split('-').next().unwrap_or(tag)))
    }
}

/// Languages we have that are written from right to left.
const RIGHT_TO_LEFT: [&str; 2] = ["ar", "ur"];
