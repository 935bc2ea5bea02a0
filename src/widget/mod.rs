//! The floating widget as values and decisions: what happens when it is opened, when its parts arrive or fail, what
//! it shows. [`crate::container`] performs what is decided here.
//!
//! * The **panel** is what opens and closes. It stays mounted when closed, so the conversation goes on.
//! * The **engine** is the code that defines `<openai-chatkit>`; the **chat** is that element, once it is in the panel.
//! * A **step** takes an event and gives effects. It never awaits and reads no clock.

use std::time::Duration;

use crate::problem::{EngineKind, Problem};
use crate::session::Session;

mod engine;
mod options;
mod scheme;
mod screen;
mod shortcut;
mod unread;

pub use engine::{Engine, EngineChoice, Plan};
pub use options::{Issue, Options, Position, SchemeChoice, parse_options};
pub use scheme::{PageLook, Scheme, scheme_of};
pub use screen::{Screen, State, screen};
pub use shortcut::{Modifiers, Press, Shortcut};
pub use unread::TitleHint;

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
    /// One line on the console.
    Log(String),
}

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

impl Widget {
    /// Takes an event; returns what is to be done, in that order.
    #[must_use = "the effects are to be performed"]
    pub fn step(&mut self, event: Event, plan: Plan) -> Vec<Effect> {
        let effects = self.take(event, plan);
        if self.is_seen() {
            self.unread = 0;
        }
        effects
    }

    /// Whether the panel is all there is for the reader: over the whole screen, the page behind out of reach.
    #[must_use]
    pub fn is_modal(&self) -> bool {
        self.narrow && self.panel.is_open()
    }

    fn is_seen(&self) -> bool {
        self.panel.is_open() && !self.hidden
    }

    fn take(&mut self, event: Event, plan: Plan) -> Vec<Effect> {
        match event {
            Event::Wish { open } if open == self.panel.is_open() => Vec::new(),
            Event::Wish { open } => match (self.control, open) {
                (Control::Page, _) => vec![Effect::TellOpen(open)],
                (Control::Reader, true) => self.open(OpenedBy::Somebody, plan),
                (Control::Reader, false) => self.close(),
            },
            // What this tab remembers of an earlier page is the reader's wish, not a command.
            Event::Open(OpenedBy::Memory) if self.control == Control::Page => Vec::new(),
            Event::Open(by) => self.open(by, plan),
            Event::Close => self.close(),
            Event::Control(control) => {
                self.control = control;
                Vec::new()
            }
            Event::Settled => {
                self.panel = match self.panel {
                    Panel::Opening => Panel::Open,
                    Panel::Closing => Panel::Closed,
                    settled => settled,
                };
                Vec::new()
            }
            Event::Session(session) => self.session_changed(session),
            Event::EngineLoaded { run } if run == self.run => match self.engine.kind() {
                Some(kind) => {
                    self.engine = Engine::Ready(kind);
                    self.show_chat()
                }
                None => Vec::new(),
            },
            Event::EngineFailed { run, why } if run == self.run => {
                self.engine_failed(plan, |engine| Problem::EngineScriptFailed { engine, why })
            }
            Event::EngineTimedOut { run, after } if run == self.run => {
                self.engine_failed(plan, |engine| Problem::EngineTimedOut { engine, after })
            }
            // Of a run that was given up.
            Event::EngineLoaded { .. } | Event::EngineFailed { .. } | Event::EngineTimedOut { .. } => {
                Vec::new()
            }
            Event::ChatLate { after } => self.chat_late(after),
            Event::ChatReady => {
                self.chat = Chat::Shown;
                self.pay_focus()
            }
            Event::ChatError => {
                if self.chat == Chat::Starting {
                    self.chat = Chat::Shown;
                }
                if self.answer == Answer::Coming {
                    self.answer = Answer::None;
                }
                Vec::new()
            }
            Event::ResponseStart => {
                self.answer = Answer::Coming;
                Vec::new()
            }
            Event::ResponseEnd => {
                if self.answer == Answer::Coming {
                    self.answer = Answer::Complete;
                    self.unread = self.unread.saturating_add(1);
                }
                Vec::new()
            }
            Event::Narrow(narrow) => {
                self.narrow = narrow;
                Vec::new()
            }
            Event::Hidden(hidden) => {
                self.hidden = hidden;
                Vec::new()
            }
            Event::Retry => self.retry(plan),
            Event::Misconfigured(problem) => {
                let tell = problem.clone().filter(|_| self.panel.is_open()).map(Effect::Tell);
                let cured = self.misconfigured.is_some() && problem.is_none();
                self.misconfigured = problem;
                let mut effects: Vec<_> = tell.into_iter().collect();
                if cured && self.panel.is_open() {
                    effects.extend(self.fetch_what_is_missing(plan));
                }
                effects
            }
        }
    }

    fn open(&mut self, by: OpenedBy, plan: Plan) -> Vec<Effect> {
        if self.panel.is_open() {
            return Vec::new();
        }
        self.panel = Panel::Opening;
        let mut effects = self.tell(true);
        effects.push(Effect::Settle);
        if by == OpenedBy::Somebody {
            self.owes_focus = true;
            // To the panel in any case: it is there at once, the composer answers later or, in a frame, never.
            effects.push(Effect::FocusPanel);
            if self.chat == Chat::Shown {
                effects.extend(self.pay_focus());
            }
        }
        effects.extend(self.misconfigured.clone().map(Effect::Tell));
        effects.extend(self.fetch_what_is_missing(plan));
        effects
    }

    fn close(&mut self) -> Vec<Effect> {
        if !self.panel.is_open() {
            return Vec::new();
        }
        self.panel = Panel::Closing;
        self.owes_focus = false;
        let mut effects = vec![Effect::FocusToggle];
        effects.extend(self.tell(false));
        effects.push(Effect::Settle);
        effects
    }

    /// A page that has control knows already: telling it what it said would answer its own state with a change.
    fn tell(&self, open: bool) -> Vec<Effect> {
        match self.control {
            Control::Reader => vec![Effect::RememberOpen(open), Effect::TellOpen(open)],
            Control::Page => Vec::new(),
        }
    }

    /// The button that was pressed goes away; the focus must not go with it.
    fn retry(&mut self, plan: Plan) -> Vec<Effect> {
        self.owes_focus = true;
        let mut effects = vec![Effect::FocusPanel];
        if self.chat == Chat::Shown {
            effects.extend(self.pay_focus());
        }
        effects.extend(self.fetch_what_is_missing(plan));
        effects
    }

    /// Session and engine side by side, each only if it is missing.
    fn fetch_what_is_missing(&mut self, plan: Plan) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.misconfigured.is_some() {
            return effects;
        }
        if matches!(self.session, Session::None | Session::Refused(_)) {
            effects.push(Effect::Connect);
        }
        if matches!(self.engine, Engine::NotAsked | Engine::Failed(_)) {
            effects.push(self.load(plan.first));
        }
        effects
    }

    fn load(&mut self, kind: EngineKind) -> Effect {
        self.run = self.run.wrapping_add(1);
        self.engine = Engine::Loading(kind);
        Effect::LoadEngine { kind, run: self.run }
    }

    fn engine_failed(&mut self, plan: Plan, problem: impl FnOnce(EngineKind) -> Problem) -> Vec<Effect> {
        let Engine::Loading(kind) = self.engine else { return Vec::new() };
        let problem = problem(kind);
        match plan.fallback {
            Some(fallback) if fallback != kind => {
                let line = format!("{problem}; using engine {:?} instead", fallback.name());
                vec![Effect::Log(line), self.load(fallback)]
            }
            _ => {
                self.engine = Engine::Failed(problem.clone());
                vec![Effect::Tell(problem)]
            }
        }
    }

    fn session_changed(&mut self, session: Session) -> Vec<Effect> {
        self.session = session;
        match &self.session {
            Session::Refused(problem) => vec![Effect::Tell(problem.clone())],
            Session::Active(_) => self.show_chat(),
            Session::None | Session::Fetching { .. } => Vec::new(),
        }
    }

    /// Once, when there are both an engine and a session: ChatKit's first request then finds its token.
    fn show_chat(&mut self) -> Vec<Effect> {
        match (&self.engine, &self.session, self.chat) {
            (Engine::Ready(kind), Session::Active(_), Chat::Absent) => {
                self.chat = Chat::Starting;
                vec![Effect::ShowChat(*kind)]
            }
            _ => Vec::new(),
        }
    }

    /// For OpenAI's frame only, which stays blank without a word when it refuses to work. Our own element says itself
    /// what is wrong, with a button, and must not be covered.
    fn chat_late(&mut self, after: Duration) -> Vec<Effect> {
        match (self.chat, &self.engine) {
            (Chat::Starting, Engine::Ready(engine @ EngineKind::OpenAi)) => {
                self.chat = Chat::Late;
                vec![Effect::Tell(Problem::EngineTimedOut { engine: *engine, after })]
            }
            (Chat::Starting, _) => {
                self.chat = Chat::Shown;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn pay_focus(&mut self) -> Vec<Effect> {
        let owed = std::mem::take(&mut self.owes_focus) && self.panel.is_open();
        if owed { vec![Effect::FocusComposer] } else { Vec::new() }
    }
}
