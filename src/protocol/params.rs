//! What requests carry besides ids.

use super::declare::params;
use super::words::closed_enum;
use crate::json::Json;

params! {
    /// Whose action, and which.
    pub struct CustomActionParams {
        /// The thread.
        pub thread_id: String,
        /// The widget item it was fired in.
        pub item_id: Option<String>,
        /// The action.
        pub action: Action,
    }
}

params! {
    /// An action of the integrator's own.
    pub struct Action {
        /// Its name.
        pub kind as "type": String,
        /// Any JSON.
        pub payload: Option<Json>,
    }
}

params! {
    /// Which page of a listing. Keep `limit` and `order` the same from page to page.
    #[derive(Default)]
    pub struct ListParams {
        /// Rows at most; the server takes 20 when absent.
        pub limit: Option<u32>,
        /// Newest or oldest first.
        pub order: Order = default,
        /// [`super::Page::after`] of the page before.
        pub after: Option<String>,
    }
}

closed_enum! {
    /// Order of a listing.
    #[derive(Default)]
    pub enum Order {
        /// Oldest first.
        Asc = "asc",
        /// Newest first.
        #[default]
        Desc = "desc",
    }
}

closed_enum! {
    /// What the reader thinks of an answer.
    pub enum FeedbackKind {
        /// Thumbs up.
        Positive = "positive",
        /// Thumbs down.
        Negative = "negative",
    }
}
