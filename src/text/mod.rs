//! Every sentence and label a reader can meet, in one place.
//!
//! * A **key** names a text and never changes; the **wording** behind it may.
//! * A wording may hold **slots** such as `{attempt}`, filled by the functions at the end of this file.
//! * **Words** are the wordings of one language, see [`Words`].
//! * **Labels** are a site's own wordings, keyed by [`Key::name`]; [`Texts`] lays them over ours.
//!
//! Rules of the wordings: one plain sentence, then what to do. No status codes, addresses, exception names or
//! JSON: those go to the integrator, see [`crate::problem::Problem::detail`].

pub mod language;
mod wording;
mod words;

pub use wording::{ChatKey, Key};
pub use words::Words;

/// What a key names.
pub trait Wording: Copy {
    /// Our wording in English, slots unfilled.
    fn wording(self) -> &'static str;

    /// Its place in a table of a language, see [`Words`].
    fn index(self) -> usize;
}

/// Our wording for `key` in English, slots unfilled. The conversation asks [`Words`] instead.
#[must_use]
pub fn get(key: impl Wording) -> &'static str {
    key.wording()
}

/// Our wordings with a site's labels laid over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    labels: Vec<(Key, String)>,
}

impl Texts {
    /// Takes a site's labels. Returns the names that are no [`Key::name`], so that a typo can be reported.
    /// An empty label keeps our wording: a button without a name cannot be used with a screen reader.
    #[must_use]
    pub fn new<I: IntoIterator<Item = (String, String)>>(labels: I) -> (Self, Vec<String>) {
        let (mut texts, mut unknown) = (Self::default(), Vec::new());
        for (name, wording) in labels {
            match Key::from_name(&name) {
                Some(key) if !wording.trim().is_empty() => {
                    texts.labels.push((key, wording));
                }
                Some(_) => {}
                None => unknown.push(name),
            }
        }
        (texts, unknown)
    }

    /// The wording to show for `key`, slots unfilled.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        self.labels.iter().find(|(of, _)| *of == key).map_or_else(|| get(key), |(_, label)| label)
    }

    /// "Trying again (2 of 3)…"; `attempt` counts from 1.
    #[must_use]
    pub fn retrying(&self, attempt: u32, of: u32) -> String {
        fill(self.get(Key::Retrying), &[("attempt", attempt), ("of", of)])
    }

    /// "Next try in 2 seconds."
    #[must_use]
    pub fn next_try_in(&self, seconds: u32) -> String {
        let key = if seconds == 1 { Key::NextTryInOne } else { Key::NextTryIn };
        fill(self.get(key), &[("seconds", seconds)])
    }

    /// "2 new answers", after the toggle's name.
    #[must_use]
    pub fn unread(&self, count: u32) -> String {
        let key = if count == 1 { Key::UnreadOne } else { Key::Unread };
        fill(self.get(key), &[("count", count)])
    }

    /// "(2)", before the page's title.
    #[must_use]
    pub fn unread_mark(&self, count: u32) -> String {
        fill(self.get(Key::UnreadMark), &[("count", count)])
    }
}

/// Puts numbers into the slots of a wording. A slot nobody fills stays as it is: visible, and no panic.
#[must_use]
pub fn fill(wording: &str, slots: &[(&str, u32)]) -> String {
    slots.iter().fold(wording.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}
