//! An element to which anything may happen at any moment: the server, the reader, the site and time do what the seed says.

use std::collections::BTreeSet;

use chatkit_widget::config::{Config, Raw, validate};
use chatkit_widget::protocol::{DecodeError, FeedbackKind};
use chatkit_widget::state::{
    Action, AttachAction, CallAction, CallId, ChipKey, Choice, DictateAction, Effect, EntityAction, Failure,
    FileId, HistoryAction, HostAction, HostCall, HostEvent, ItemKey, PickAction, PickedFile, SiteCallId,
    SiteError, StreamAction, StructuredAction, Timer, ToolSource, TurnId, UserAction,
};
use serde_json::{Value, json};

use super::dice::Dice;
use super::generate::{Generator, Manner};
use crate::json::ours;
use crate::state::{Element, created};

/// An element and everything it once asked for, so that answers can come late.
pub struct Storm {
    pub element: Element,
    turns: Vec<TurnId>,
    calls: Vec<CallId>,
    site: Vec<SiteCallId>,
    timers: Vec<Timer>,
    asked: u64,
    /// Whether a response has started that has not ended.
    pub running: bool,
}

impl Storm {
    /// In the middle of an answer.
    pub fn new() -> Self {
        let mut element = Element::with(everything());
        element.say("hello").head().event(created("thr_1"));
        let mut storm = Self {
            element,
            turns: vec![],
            calls: vec![],
            site: vec![],
            timers: vec![],
            asked: 0,
            running: false,
        };
        storm.after();
        storm
    }

    /// One thing happens, which the seed chooses.
    pub fn step(&mut self, seed: u64) {
        let mut dice = Dice::new(seed);
        match dice.below(100) {
            0..55 => self.event(dice.roll(), if dice.once_in(4) { Manner::Hostile } else { Manner::Later }),
            55..58 => self.stream(&mut dice, StreamAction::Head),
            58..60 => self.stream(&mut dice, StreamAction::BadFrame(DecodeError::Empty)),
            60..65 => self.stream(&mut dice, StreamAction::End(Ok(()))),
            65..67 => self.stream(&mut dice, StreamAction::End(Err(Failure::Cut))),
            67..75 => self.reply(&mut dice),
            75..77 => self.reply_with(&mut dice, CallAction::Failed(Failure::NoConnection)),
            77..80 => self.timer(&mut dice),
            80..83 => self.answer_of_the_site(&mut dice),
            83..87 => self.host(&mut dice),
            87..90 => drop(self.element.say("more")),
            _ => self.reader(&mut dice),
        }
        self.after();
    }

    /// The reader does something, wherever it makes sense or not.
    fn reader(&mut self, dice: &mut Dice) {
        let key = ItemKey(dice.below(30) as u64);
        let thread = (*dice.pick(&["thr_1", "thr_2", ""])).to_owned();
        let action = match dice.below(20) {
            0 => UserAction::Stop,
            1 => UserAction::RetryTurn,
            2 => UserAction::RetryAfter(key),
            3 => UserAction::NewThread,
            4 => UserAction::LoadOlder,
            5 => UserAction::RetryLoad,
            6 => UserAction::DismissNotice(key),
            7 => UserAction::Feedback { key, kind: FeedbackKind::Positive },
            8 => UserAction::Fold { key, open: dice.once_in(2) },
            9 => UserAction::Prompt(dice.below(3)),
            10 => UserAction::Pick(PickAction::Tool { id: "search".into(), from: ToolSource::Menu }),
            11 => UserAction::Dictate(DictateAction::Start),
            12 => UserAction::Attach(AttachAction::Add(vec![a_file(dice)])),
            13 => UserAction::Entity(EntityAction::Look(ours(json!({"id": "ada", "title": "Ada"})))),
            14 => UserAction::Entity(EntityAction::Leave),
            15 | 16 => UserAction::Structured(structured(dice)),
            17 => UserAction::History(HistoryAction::Open),
            18 => UserAction::History(history(dice, thread)),
            _ => UserAction::Submit,
        };
        self.user(action);
    }

    pub fn user(&mut self, action: UserAction) {
        self.element.user(action);
    }

    /// The reader takes the files away that a message would wait for.
    pub fn remove_files(&mut self) {
        for chip in 0..1_000 {
            self.user(UserAction::Attach(AttachAction::Remove(ChipKey(chip))));
        }
    }

    /// An event on a turn's stream: the one that runs, mostly.
    pub fn event(&mut self, seed: u64, manner: Manner) {
        let event = Generator::new(seed, manner).of("event").to_string();
        let mut dice = Dice::new(seed);
        for action in StreamAction::of_frame("", &event) {
            self.stream(&mut dice, action);
        }
    }

    fn stream(&mut self, dice: &mut Dice, action: StreamAction) {
        let turn = if dice.once_in(10) { *dice.pick(&self.turns) } else { self.element.turn() };
        self.element.act(Action::Stream { turn, action });
    }

    fn reply(&mut self, dice: &mut Dice) {
        let manner = if dice.once_in(4) { Manner::Hostile } else { Manner::Later };
        let root = *dice.pick(&["thread", "items", "threads", "attachment", "sync_action", "transcription"]);
        let body = Generator::new(dice.roll(), manner).of(root).to_string();
        self.reply_with(dice, CallAction::Done(body));
    }

    fn reply_with(&mut self, dice: &mut Dice, action: CallAction) {
        if !self.calls.is_empty() {
            let call = *dice.pick(&self.calls);
            self.element.act(Action::Call { call, action });
        }
    }

    fn answer_of_the_site(&mut self, dice: &mut Dice) {
        if !self.site.is_empty() {
            let call = *dice.pick(&self.site);
            let answer = match dice.below(4) {
                0 => Err(SiteError::NoHandler),
                1 => Err(SiteError::Threw("not today".into())),
                _ => Ok(ours(Generator::new(dice.roll(), Manner::Later).of("item"))),
            };
            self.element.act(Action::Site { call, answer });
        }
    }

    fn timer(&mut self, dice: &mut Dice) {
        self.element.now_ms += dice.below(20_000) as f64;
        if !self.timers.is_empty() {
            let timer = *dice.pick(&self.timers);
            self.element.act(Action::Timer(timer));
        }
    }

    fn host(&mut self, dice: &mut Dice) {
        self.asked += 1;
        let call = HostCall(self.asked);
        let action = match dice.below(7) {
            0 | 1 => HostAction::SetThread(call, Some((*dice.pick(&["thr_1", "thr_2", ""])).into())),
            2 => HostAction::SetThread(call, None),
            3 => HostAction::FetchUpdates(call),
            4 => HostAction::ShowHistory(call),
            5 => HostAction::HideHistory(call),
            _ => HostAction::FocusComposer(call),
        };
        self.element.act(Action::Host(action));
    }

    /// Notes what was asked for, and looks at what must hold after every step.
    pub fn after(&mut self) {
        for effect in std::mem::take(&mut self.element.effects) {
            match effect {
                Effect::Stream { turn, .. } => self.turns.push(turn),
                Effect::Call { call, .. } => self.calls.push(call),
                Effect::Site { call, .. } => self.site.push(call),
                Effect::StartTimer(timer, _) => self.timers.push(timer),
                Effect::Emit(HostEvent::ResponseStart) => {
                    assert!(!self.running, "a response started inside another one");
                    self.running = true;
                }
                Effect::Emit(HostEvent::ResponseEnd) => {
                    assert!(self.running, "a response ended that had not started");
                    self.running = false;
                }
                _ => {}
            }
        }
        let keys = self.element.state.items.iter().map(|entry| entry.key).collect::<Vec<_>>();
        let different = keys.iter().collect::<BTreeSet<_>>().len();
        assert_eq!(different, keys.len(), "two rows with the same key: {keys:?}");
        self.element.view();
    }
}

fn structured(dice: &mut Dice) -> StructuredAction {
    let question = dice.below(4);
    match dice.below(6) {
        0 => {
            StructuredAction::Choose { question, choice: Choice::Option(dice.below(4)), on: dice.once_in(2) }
        }
        1 => StructuredAction::Write { question, text: "own words".into() },
        2 => StructuredAction::Skip { question, skipped: dice.once_in(2) },
        3 => StructuredAction::SkipAll,
        4 => StructuredAction::SubmitComplete,
        _ => StructuredAction::Submit,
    }
}

fn history(dice: &mut Dice, thread: String) -> HistoryAction {
    match dice.below(8) {
        0 => HistoryAction::Close,
        1 => HistoryAction::More,
        2 => HistoryAction::Pick(thread),
        3 => HistoryAction::Rename(thread),
        4 => HistoryAction::Title("Another title".into()),
        5 => HistoryAction::Save,
        6 => HistoryAction::Delete(thread),
        _ => HistoryAction::Confirm,
    }
}

fn a_file(dice: &mut Dice) -> PickedFile {
    let file = FileId(dice.below(20) as u64);
    PickedFile { file, name: "a.txt".into(), size: 10, mime_type: "text/plain".into(), preview: None }
}

/// Every option on.
fn everything() -> Config {
    let options: Value = json!({
        "api": { "url": "/chatkit", "uploadStrategy": { "type": "two_phase" } },
        "startScreen": { "prompts": [{ "label": "A prompt", "prompt": "hello" }] },
        "threadItemActions": { "feedback": true, "retry": true },
        "composer": {
            "attachments": { "enabled": true },
            "tools": [{ "id": "search", "label": "Search", "icon": "search" }],
            "models": [{ "id": "fast", "label": "Fast" }],
            "dictation": { "enabled": true },
        },
    });
    validate(&Raw::from(&ours(options))).expect("the options hold").config
}
