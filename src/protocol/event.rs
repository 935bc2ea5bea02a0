//! Events: the frames of a streamed answer.

use super::declare::{object, tagged};
use super::{Extra, Thread, ThreadItem, ThreadItemUpdate, words::open_enum};

tagged! {
    /// One frame of a streamed answer (ChatKit protocol §5.3).
    pub enum ThreadStreamEvent {
        /// The thread of the first message exists now and has an id.
        ThreadCreated {
            /// The new thread, without items.
            thread: Thread,
        } = "thread.created",
        /// Title, status or image domains changed. `thread.items` is always empty here and says nothing.
        ThreadUpdated {
            /// The thread's metadata.
            thread: Thread,
        } = "thread.updated",
        /// An item begins; the server has not stored it yet.
        ThreadItemAdded {
            /// The item as it begins.
            item: ThreadItem,
        } = "thread.item.added",
        /// An item that has begun changes.
        ThreadItemUpdated {
            /// Which item; where the server does not say, the one it streams.
            item_id: String = if_given,
            /// The change.
            update: ThreadItemUpdate,
        } = "thread.item.updated",
        /// An item is final. It may come without `added` before it and may replace an item of an earlier turn.
        ThreadItemDone {
            /// The item as stored.
            item: ThreadItem,
        } = "thread.item.done",
        /// An item is gone; it may be one that was never shown.
        ThreadItemRemoved {
            /// Which item.
            item_id: String,
        } = "thread.item.removed",
        /// A stored item has a new content.
        ThreadItemReplaced {
            /// The item as stored now.
            item: ThreadItem,
        } = "thread.item.replaced",
        /// What the reader may do with the running stream.
        StreamOptions {
            /// The options.
            stream_options: StreamOptions,
        } = "stream_options",
        /// A passing line about what the assistant does.
        ProgressUpdate(ProgressUpdateEvent) = "progress_update",
        /// Something for the host page to do.
        ClientEffect(ClientEffectEvent) = "client_effect",
        /// A failure; the stream may go on after it.
        Error(ErrorEvent) = "error",
        /// A message to the reader that is not stored.
        Notice(NoticeEvent) = "notice",
    }
}

object! {
    /// What the reader may do with the running stream.
    pub struct StreamOptions {
        /// Whether to offer Stop.
        pub allow_cancel: bool = default,
    }
}

object! {
    /// A passing line about what the assistant does.
    pub struct ProgressUpdateEvent {
        /// Icon name.
        pub icon: Option<String>,
        /// Plain text.
        pub text: String,
    }
}

object! {
    /// Something for the host page to do.
    pub struct ClientEffectEvent {
        /// What to do.
        pub name: String,
        /// With what; untrusted.
        pub data: Extra = default,
    }
}

object! {
    /// A failure the server reports within a stream.
    pub struct ErrorEvent {
        /// What kind.
        pub code: ErrorCode = default,
        /// Plain text for the reader, given with [`ErrorCode::Custom`] only.
        pub message: Option<String>,
        /// Whether to offer a retry.
        pub allow_retry: bool = default,
    }
}

open_enum! {
    /// Kind of an [`ErrorEvent`]; an open set.
    #[derive(Default)]
    pub enum ErrorCode {
        /// The message is meant for the reader.
        #[default]
        Custom = "custom",
        /// Generating the answer failed.
        StreamError = "stream.error",
    }
}

object! {
    /// A message to the reader that is not stored.
    pub struct NoticeEvent {
        /// How serious.
        pub level: NoticeLevel = default,
        /// Markdown; untrusted.
        pub message: String,
        /// Heading.
        pub title: Option<String>,
    }
}

open_enum! {
    /// How serious a notice is.
    #[derive(Default)]
    pub enum NoticeLevel {
        /// Good to know.
        #[default]
        Info = "info",
        /// Worth attention.
        Warning = "warning",
        /// Something is wrong.
        Danger = "danger",
    }
}
