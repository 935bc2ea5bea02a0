//! Threads and pages.

use crate::json::Json;

use super::declare::{object, serde_through_wire, tagged};
use super::wire::{Field, Misfits, Wire, fields, rest};
use super::{Extra, ThreadItem};

/// One page of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows. Hidden ones are taken out after the page is cut, so it may hold fewer than asked for, even
    /// none, with more to come: only `has_more` tells the end.
    pub data: Vec<T>,
    /// Whether another page follows.
    pub has_more: bool,
    /// What to ask for to get it: the id of this page's last row.
    pub after: Option<String>,
    /// Fields beyond the known ones.
    pub extra: Extra,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { data: Vec::new(), has_more: false, after: None, extra: Extra::new() }
    }
}

impl<T: Wire> Wire for Page<T> {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let fields = fields(value, misfits);
        // An answer that has nothing of a page is none; the page within a thread may be left out.
        let is_page = !misfits.is_whole() || ["data", "has_more"].iter().any(|key| fields.get(key).is_some());
        let rows = misfits.enter(fields, "data");
        let data = match rows {
            Json::Array(_) => Wire::read(rows, misfits),
            Json::Null if is_page => Vec::new(),
            _ => {
                misfits.note(rows, "an array");
                Vec::new()
            }
        };
        misfits.leave();
        let after: Option<String> = Field::take(fields, "after", misfits);
        Self {
            data,
            has_more: <Option<_> as Field>::take(fields, "has_more", misfits).unwrap_or(after.is_some()),
            after,
            extra: rest(fields, &["data", "has_more", "after"], false),
        }
    }

    fn encode(&self) -> Json {
        let mut fields = self.extra.clone();
        self.data.put(&mut fields, "data");
        self.has_more.put(&mut fields, "has_more");
        self.after.put(&mut fields, "after");
        Json::Object(fields)
    }
}

serde_through_wire!(Page<T>);

object! {
    /// A conversation.
    pub struct Thread {
        /// Opaque id.
        pub id: String,
        /// Its title; threads begin without one.
        pub title: Option<String>,
        /// When it began, as the server writes it: usually its local time without a zone. Not for comparing.
        pub created_at: String = default,
        /// Whether it takes messages.
        pub status: ThreadStatus = default,
        /// Hosts images may be loaded from; `None` leaves it to the client.
        pub allowed_image_domains: Option<Vec<String>>,
        /// The integrator's metadata; always empty towards clients.
        pub metadata: Extra = default,
        /// Its first items, oldest first; empty in events and listings.
        pub items: Page<ThreadItem> = default,
    }
}

impl Thread {
    /// A thread of which nothing is known but its id.
    #[must_use]
    pub fn with_id(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: None,
            created_at: String::new(),
            status: ThreadStatus::default(),
            allowed_image_domains: None,
            metadata: Extra::new(),
            items: Page::default(),
            extra: Extra::new(),
        }
    }
}

tagged! {
    /// Whether a thread takes messages. The server does not enforce it.
    pub enum ThreadStatus kind "active" {
        /// It does.
        Active {} = "active",
        /// Not now: the composer is shown, disabled.
        Locked {
            /// Why, in words for the reader.
            reason: Option<String>,
        } = "locked",
        /// Never again: a banner stands in the composer's place.
        Closed {
            /// Why, in words for the reader.
            reason: Option<String>,
        } = "closed",
    }
}

impl Default for ThreadStatus {
    fn default() -> Self {
        Self::Active { extra: Extra::new() }
    }
}
