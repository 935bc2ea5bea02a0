//! The parts of a widget, each with the states it can be in.

/// The panel. Opening and closing take as long as their transition, so that CSS can tell the four apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Cannot be seen or reached.
    #[default]
    Closed,
    /// On its way in; can be used already.
    Opening,
    /// There.
    Open,
    /// On its way out; can no longer be used.
    Closing,
}

impl Panel {
    /// The value of `data-panel`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Opening => "opening",
            Self::Open => "open",
            Self::Closing => "closing",
        }
    }

    /// Whether the reader wants it open.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Opening | Self::Open)
    }
}

/// `<openai-chatkit>` in the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chat {
    /// Not put in yet.
    #[default]
    Absent,
    /// Put in, has said nothing yet.
    Starting,
    /// Put in, and silent for longer than the engine's time.
    Late,
    /// Draws itself: it is ready, or shows its own failure.
    Shown,
}

/// What an answer is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was asked yet.
    #[default]
    None,
    /// On its way, from `response.start` on.
    Coming,
    /// Complete, since `response.end`. One that failed is not: ChatKit says so itself.
    Complete,
}

/// Who opened the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedBy {
    /// The reader or the site's code, just now: the focus goes into the panel.
    Somebody,
    /// The site's code as the page began: nobody asked for it, the focus stays where it is.
    Page,
    /// The page before: the reader is elsewhere on this one, the focus stays there.
    Memory,
}

/// Whose word opens and closes the panel, the option `controlled`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// The reader's: a wish is granted at once, and the tab remembers it.
    #[default]
    Reader,
    /// The page's: a wish is passed on to it, and only what the page commands happens.
    Page,
}

/// The network of this device, as far as it can be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// Nothing is known against it.
    #[default]
    Up,
    /// The browser says there is none, and no answer has proved it wrong.
    Down,
}

/// How long the session has been on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Not worth a word to somebody who is in a conversation.
    #[default]
    Quick,
    /// Longer than a reader would think nothing of.
    Slow,
}
