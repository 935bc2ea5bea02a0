//! Everything around the conversation: header, composer, banner, notices, small print.

/// The header bar.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderView {
    /// Fixed title or the thread's; `None` when `header.title.enabled` is false.
    pub title: Option<String>,
    /// `header.leftAction.icon`
    pub left_icon: Option<String>,
    /// `header.rightAction.icon`
    pub right_icon: Option<String>,
    /// Whether a New chat button makes sense (a thread is open and nothing is streaming).
    pub new_chat: bool,
}

/// One suggestion on the start screen.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptView {
    /// What the button says.
    pub label: String,
    /// ChatKit icon name.
    pub icon: Option<String>,
}

/// A notice of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeView {
    /// Index for [`crate::state::UserAction::DismissNotice`].
    pub index: usize,
    /// `info`, `warning` or `danger`.
    pub level: &'static str,
    /// Bold first line.
    pub title: Option<String>,
    /// Markdown.
    pub message: String,
}

/// What went wrong, in words for the reader.
#[derive(Clone, Debug, PartialEq)]
pub struct BannerView {
    /// One plain sentence.
    pub text: String,
    /// What the reader can do, in this order.
    pub remedies: Vec<Remedy>,
}

/// A button of a banner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Sends [`crate::state::UserAction::RetryTurn`].
    RetryTurn,
    /// Sends [`crate::state::UserAction::RetryLoad`].
    RetryLoad,
    /// Sends [`crate::state::UserAction::NewThread`].
    NewThread,
}

/// The composer.
#[derive(Clone, Debug, PartialEq)]
pub struct ComposerView {
    /// The draft.
    pub text: String,
    /// What is quoted above it.
    pub quote: Option<String>,
    /// Hint in the empty field; the reason when locked.
    pub placeholder: String,
    /// What the reader can do with it.
    pub mode: ComposerMode,
    /// The button in its corner.
    pub button: SendButton,
}

/// What the reader can do with the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposerMode {
    /// Write.
    Open,
    /// See it, but not write (thread locked).
    Locked,
    /// Read why there is none (thread closed).
    Closed {
        /// The server's reason or our sentence.
        reason: String,
    },
}

/// The button in the composer's corner. While an answer streams the reader may go on typing; sending waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendButton {
    /// Send, which needs some text first.
    Send {
        /// Whether there is something to send and it may be sent now.
        enabled: bool,
    },
    /// Stop the answer.
    Stop,
}

/// `disclaimer`
#[derive(Clone, Debug, PartialEq)]
pub struct DisclaimerView {
    /// Markdown.
    pub text: String,
    /// Draw it in the primary text colour.
    pub high_contrast: bool,
}
