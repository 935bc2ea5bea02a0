//! The step from an event to its effects.

use std::time::Duration;

use super::{Answer, Chat, Control, Effect, Engine, Event, Network, OpenedBy, Pace, Panel, Plan, Widget};
use crate::millis::millis;
use crate::problem::{EngineKind, Problem};
use crate::session::Session;

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
            Event::Session(session) => self.session_changed(session, plan),
            Event::Network(network) => self.network_is(network, plan),
            Event::Second => self.count_down(),
            Event::Slow => {
                if matches!(self.session, Session::Fetching { .. }) {
                    self.pace = Pace::Slow;
                }
                Vec::new()
            }
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
                self.network_is(Network::Up, plan)
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
        // Who asked for it is told of it at once.
        self.pace = Pace::Slow;
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
        if self.network == Network::Down {
            // No fault of the engine's, and no reason to fall back for as long as the page lives.
            self.engine = Engine::NotAsked;
            return Vec::new();
        }
        let problem = problem(kind);
        match plan.fallback {
            Some(to) if to != kind => {
                let why = problem.detail();
                vec![Effect::Tell(Problem::EngineFellBack { to, why }), self.load(to)]
            }
            _ => {
                self.engine = Engine::Failed(problem.clone());
                vec![Effect::Tell(problem)]
            }
        }
    }

    fn session_changed(&mut self, session: Session, plan: Plan) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.session, session);
        let goes_on = matches!(before, Session::Fetching { .. });
        self.next_try = None;
        match &self.session {
            Session::Fetching { wait, fallback, .. } => {
                let mut effects = Vec::new();
                // While a grant still holds, nobody waits for its renewal.
                if !goes_on && fallback.is_none() {
                    effects.push(Effect::NoticeSlow);
                }
                if let Some(wait) = *wait {
                    let seconds = u32::try_from(millis(wait).div_ceil(1000)).unwrap_or(u32::MAX).max(1);
                    self.next_try = Some(seconds);
                    // The first one is a part of a second, so that the last one ends with the wait.
                    effects.push(Effect::CountDown(
                        wait.saturating_sub(Duration::from_secs(u64::from(seconds - 1))),
                    ));
                }
                effects
            }
            Session::Offline { .. } => {
                self.pace = Pace::Quick;
                self.network = Network::Down;
                Vec::new()
            }
            Session::Refused(problem) => {
                self.pace = Pace::Quick;
                vec![Effect::Tell(problem.clone())]
            }
            Session::Active(_) => {
                self.pace = Pace::Quick;
                let mut effects = self.network_is(Network::Up, plan);
                effects.extend(self.show_chat());
                effects
            }
            Session::None => {
                self.pace = Pace::Quick;
                Vec::new()
            }
        }
    }

    /// A request that was answered counts as much as the browser's word: it may take a server on the device itself for
    /// out of reach.
    fn network_is(&mut self, network: Network, plan: Plan) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.network, network);
        let came_back = before == Network::Down && network == Network::Up;
        if came_back && self.panel.is_open() { self.fetch_what_is_missing(plan) } else { Vec::new() }
    }

    fn count_down(&mut self) -> Vec<Effect> {
        match &mut self.next_try {
            Some(seconds) if *seconds > 1 => {
                *seconds -= 1;
                vec![Effect::CountDown(Duration::from_secs(1))]
            }
            _ => Vec::new(),
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
