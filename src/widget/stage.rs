//! Where the widget is, in one word.

use super::{Answer, Screen, State, Widget, screen};

/// The one state a reader would say the widget is in. [`super::Widget`] holds what each of its parts is doing; this is
/// what comes of it. The host carries its name as `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The panel is closed, whatever goes on behind it.
    Closed,
    /// A session is asked for, for the first time.
    Connecting,
    /// It is asked for again, by itself.
    Retrying,
    /// The engine or its chat is on its way.
    Loading,
    /// A question can be asked.
    Ready,
    /// An answer is on its way.
    Busy,
    /// The device has no network; all goes on by itself when it has.
    Offline,
    /// The session ended and is being renewed, for longer than passes unnoticed.
    Renewing,
    /// Something failed for good; the reader has a sentence and, where one can help, a button.
    Failed,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Closed,
        Self::Connecting,
        Self::Retrying,
        Self::Loading,
        Self::Ready,
        Self::Busy,
        Self::Offline,
        Self::Renewing,
        Self::Failed,
    ];

    /// The value of `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Connecting => "connecting",
            Self::Retrying => "retrying",
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Busy => "busy",
            Self::Offline => "offline",
            Self::Renewing => "renewing",
            Self::Failed => "failed",
        }
    }
}

/// Decides it.
#[must_use]
pub fn stage(widget: &Widget) -> Stage {
    if !widget.panel.is_open() {
        return Stage::Closed;
    }
    match screen(widget) {
        Screen::Clear if widget.answer == Answer::Coming => Stage::Busy,
        Screen::Clear => Stage::Ready,
        Screen::Cover(state) | Screen::Notice(state) | Screen::InChat(state) => match state {
            State::Connecting => Stage::Connecting,
            State::Retrying { .. } => Stage::Retrying,
            State::Loading => Stage::Loading,
            State::Offline => Stage::Offline,
            State::Renewing => Stage::Renewing,
            State::Failed(..) => Stage::Failed,
        },
    }
}
