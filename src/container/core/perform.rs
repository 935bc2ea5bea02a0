//! The effects of a step, performed.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Core;
use crate::problem::{EngineKind, Severity};
use crate::web::{clock, dom, log, task};
use crate::widget::{Effect, Event};

/// As long as the longest transition in `panel.css`; a little more does no harm, less would cut it off.
const TRANSITION: Duration = Duration::from_millis(200);

/// A renewal that takes longer is mentioned; one second is where a reader's flow of thought breaks (Nielsen 1993).
const NOTICEABLE: Duration = Duration::from_millis(1_000);

impl Core {
    pub(super) fn perform(&self, effect: Effect, held_focus: bool) {
        match effect {
            Effect::Connect => {
                if let Some(client) = self.client() {
                    client.connect();
                }
            }
            Effect::CountDown(wait) => {
                self.running.borrow_mut().count = Some(self.later(wait, Event::Second))
            }
            Effect::NoticeSlow => self.running.borrow_mut().slow = Some(self.later(NOTICEABLE, Event::Slow)),
            Effect::LoadEngine { kind, run } => self.load_engine(kind, run),
            Effect::ShowChat(kind) => {
                let after = self.options().engine_timeout;
                self.running.borrow_mut().chat_time = Some(self.later(after, Event::ChatLate { after }));
                self.surroundings.show_chat(kind);
            }
            Effect::TellOpen(open) => self.surroundings.open_change(open),
            Effect::RememberOpen(open) => {
                if let Some(memory) = self.memory() {
                    memory.update(|kept| kept.open = open);
                }
            }
            Effect::Settle => self.running.borrow_mut().settle = Some(self.later(TRANSITION, Event::Settled)),
            Effect::FocusPanel => dom::focus(&self.parts.panel),
            Effect::FocusComposer => {
                if dom::has_focus(&self.parts.host) {
                    self.surroundings.focus_composer();
                }
            }
            Effect::FocusToggle => {
                let toggle = self.parts.launcher.query_selector("button").ok().flatten();
                if held_focus
                    && let Some(toggle) = toggle.and_then(|toggle| toggle.dyn_into::<HtmlElement>().ok())
                {
                    dom::focus(&toggle);
                }
            }
            Effect::Tell(problem) => {
                match problem.severity() {
                    Severity::Notice => log::warn(&problem.detail()),
                    Severity::Warning | Severity::Fatal => log::error(&problem.detail()),
                }
                self.surroundings.problem(&problem, &self.options().texts);
            }
        }
    }

    fn load_engine(&self, kind: EngineKind, run: u32) {
        let (core, surroundings) = (self.weak.clone(), self.surroundings.clone());
        let loading = task::spawn(async move {
            let event = match surroundings.load_engine(kind).await {
                Ok(()) => Event::EngineLoaded { run },
                Err(why) => Event::EngineFailed { run, why },
            };
            if let Some(core) = core.upgrade() {
                core.step(event);
            }
        });
        let after = self.options().engine_timeout;
        let time = self.later(after, Event::EngineTimedOut { run, after });
        let mut running = self.running.borrow_mut();
        running.engine = Some(loading);
        running.engine_time = Some(time);
    }

    fn later(&self, wait: Duration, event: Event) -> Timeout {
        let core = self.weak.clone();
        clock::after(wait, move || {
            if let Some(core) = core.upgrade() {
                core.step(event);
            }
        })
    }
}
