//! Images the assistant makes.

use crate::protocol::GeneratedImageItem;
use crate::state::{Entry, EntryStatus, ItemKey};

/// An image the assistant made or makes.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageView {
    /// Stable name.
    pub key: ItemKey,
    /// Where what is there of it is; untrusted.
    pub url: Option<String>,
    /// How far it is, in percent; `None` once nothing more is coming.
    pub progress: Option<u8>,
}

pub(super) fn view(entry: &Entry, item: &GeneratedImageItem) -> ImageView {
    let pending = entry.status == EntryStatus::Pending;
    ImageView {
        key: entry.key,
        url: item.image.as_ref().map(|image| image.url.clone()).filter(|url| !url.is_empty()),
        progress: pending.then(|| entry.progress.unwrap_or(0)),
    }
}
