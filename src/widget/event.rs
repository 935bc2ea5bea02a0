//! What happens to a widget, and what is to be done about it.

use std::time::Duration;

use super::{Control, Network, OpenedBy};
use crate::problem::{EngineKind, Problem};
use crate::session::Session;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants say what their fields hold")]
pub enum Event {
    /// The reader wants it open or closed: the toggle, the header's button, Escape.
    Wish { open: bool },
    /// Open the panel, whoever has control.
    Open(OpenedBy),
    /// Close it, whoever has control.
    Close,
    /// The options say who has control.
    Control(Control),
    /// The transition of the panel is over.
    Settled,
    /// The session changed.
    Session(Session),
    /// The browser says whether there is a network.
    Network(Network),
    /// The time of [`Effect::CountDown`] is over.
    Second,
    /// The time of [`Effect::NoticeSlow`] is over.
    Slow,
    /// An engine's tag is defined; `run` is that of [`Effect::LoadEngine`].
    EngineLoaded { run: u32 },
    /// An engine did not load.
    EngineFailed { run: u32, why: String },
    /// An engine took longer than `after`.
    EngineTimedOut { run: u32, after: Duration },
    /// ChatKit said nothing within `after` of being put in.
    ChatLate { after: Duration },
    /// ChatKit's `ready`.
    ChatReady,
    /// ChatKit's `error`. What it means is between ChatKit and the reader; here it shows that there is a view.
    ChatError,
    /// ChatKit's `response.start`.
    ResponseStart,
    /// ChatKit's `response.end`.
    ResponseEnd,
    /// Whether the window is as narrow as a phone's: there the panel fills the screen.
    Narrow(bool),
    /// Whether nobody can see the page, as in a tab in the background.
    Hidden(bool),
    /// The reader pressed "Try again".
    Retry,
    /// The options are no good (or good again, with `None`).
    Misconfigured(Option<Problem>),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants say what their fields hold")]
pub enum Effect {
    /// Ask for a session.
    Connect,
    /// Report [`Event::Second`] after this time.
    CountDown(Duration),
    /// Report [`Event::Slow`] when a reader would begin to wonder.
    NoticeSlow,
    /// Load that engine and report back with `run`, also when it takes too long.
    LoadEngine { kind: EngineKind, run: u32 },
    /// Put `<openai-chatkit>` into the panel.
    ShowChat(EngineKind),
    /// Tell the site that it opened or closed, or, if the site has control, that the reader wants so.
    TellOpen(bool),
    /// Tell the tab's memory, for the next page.
    RememberOpen(bool),
    /// Report [`Event::Settled`] after the transition.
    Settle,
    /// Move the focus to the panel.
    FocusPanel,
    /// Move the focus to the composer if it is still in our hands.
    FocusComposer,
    /// Give the focus back to the toggle if it is in our hands.
    FocusToggle,
    /// Tell the integrator.
    Tell(Problem),
}
