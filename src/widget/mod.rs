//! The floating widget as values and decisions: what happens when it is opened, when its parts arrive or fail, what
//! it shows. [`crate::container`] performs what is decided here.
//!
//! * The **panel** is what opens and closes. It stays mounted when closed, so the conversation goes on.
//! * The **engine** is the code that defines `<openai-chatkit>`; the **chat** is that element, once it is in the panel.
//! * A **step** takes an event and gives effects. It never awaits and reads no clock.

//!
//! The states and the ways between them are drawn in `docs/architecture.md`, "States of the widget".

use crate::problem::Problem;
use crate::session::Session;

mod engine;
mod event;
mod options;
mod parts;
mod scheme;
mod screen;
mod shortcut;
mod stage;
mod step;
mod unread;

pub use engine::{Engine, EngineChoice, Plan};
pub use event::{Effect, Event};
pub use options::{Issue, Options, Position, SchemeChoice, parse_options};
pub use parts::{Answer, Chat, Control, Network, OpenedBy, Pace, Panel};
pub use scheme::{PageLook, Scheme, scheme_of};
pub use screen::{Screen, State, screen};
pub use shortcut::{Modifiers, Press, Shortcut};
pub use stage::{Stage, stage};
pub use unread::TitleHint;

/// The widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widget {
    /// See [`Panel`].
    pub panel: Panel,
    /// See [`Engine`].
    pub engine: Engine,
    /// See [`Chat`].
    pub chat: Chat,
    /// See [`Answer`].
    pub answer: Answer,
    /// The session, as far as it was reported.
    pub session: Session,
    /// Seconds until the session is asked for again, as shown; `None` unless that is being waited for.
    pub next_try: Option<u32>,
    /// See [`Pace`].
    pub pace: Pace,
    /// See [`Network`].
    pub network: Network,
    /// See [`Control`].
    pub control: Control,
    /// Options that cannot work.
    pub misconfigured: Option<Problem>,
    /// Answers that were complete while the panel was closed or the page hidden, until the reader can see them.
    pub unread: u32,
    narrow: bool,
    hidden: bool,
    /// The reader opened the panel before the composer could take the focus.
    owes_focus: bool,
    run: u32,
}
