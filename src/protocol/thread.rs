//! Threads and pages.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Extra, ThreadItem};

/// One page of a listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows. Hidden ones are taken out after the page is cut, so it may hold fewer than asked for, even
    /// none, with more to come: only `has_more` tells the end.
    #[serde(default = "Vec::new")]
    pub data: Vec<T>,
    /// Whether another page follows.
    #[serde(default)]
    pub has_more: bool,
    /// What to ask for to get it: the id of this page's last row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { data: Vec::new(), has_more: false, after: None, extra: Extra::new() }
    }
}

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    /// Opaque id.
    pub id: String,
    /// Its title; threads begin without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it began, as the server writes it: usually its local time without a zone. Not for comparing.
    pub created_at: String,
    /// Whether it takes messages.
    #[serde(default)]
    pub status: ThreadStatus,
    /// Hosts images may be loaded from; `None` leaves it to the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_image_domains: Option<Vec<String>>,
    /// The integrator's metadata; always empty towards clients.
    #[serde(default)]
    pub metadata: Extra,
    /// Its first items, oldest first; empty in events and listings.
    #[serde(default)]
    pub items: Page<ThreadItem>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Whether a thread takes messages. The server does not enforce it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadStatus {
    /// It does.
    #[serde(rename = "active")]
    Active {
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// Not now: the composer is shown, disabled.
    #[serde(rename = "locked")]
    Locked {
        /// Why, in words for the reader.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// Never again: a banner stands in the composer's place.
    #[serde(rename = "closed")]
    Closed {
        /// Why, in words for the reader.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Fields beyond the known ones.
        #[serde(flatten)]
        extra: Extra,
    },
    /// A status this version does not know; treated as active.
    #[serde(untagged)]
    Unknown(Value),
}

impl Default for ThreadStatus {
    fn default() -> Self {
        Self::Active { extra: Extra::new() }
    }
}
