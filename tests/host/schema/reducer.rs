//! Anything a server can send, in any order, at any time: the element goes on, and loses no text.

use std::collections::BTreeSet;

use chatkit_widget::config::Config;
use chatkit_widget::protocol::{DecodeError, decode_event};
use chatkit_widget::state::{
    Action, CallAction, CallId, Effect, Failure, HostAction, HostCall, HostEvent, ItemKey, StreamAction,
    Timer, TurnId, UserAction,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::dice::Dice;
use super::generate::{Generator, Manner};
use crate::state::{Element, assistant_added, assistant_done, created, delta};

/// `PROPTEST_CASES` may ask for more.
fn config(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig { cases: given.cases.max(cases), failure_persistence: None, ..given }
}

/// An element and everything it once asked for, so that answers can come late.
struct Storm {
    element: Element,
    turns: Vec<TurnId>,
    calls: Vec<CallId>,
    timers: Vec<Timer>,
    asked: u64,
    running: bool,
}

impl Storm {
    fn new() -> Self {
        let mut element = Element::with(Config::for_url("/chatkit"));
        element.say("hello").head().event(created("thr_1"));
        let mut storm =
            Self { element, turns: vec![], calls: vec![], timers: vec![], asked: 0, running: false };
        storm.after();
        storm
    }

    /// One thing happens, which the seed chooses.
    fn step(&mut self, seed: u64) {
        let mut dice = Dice::new(seed);
        let what = dice.below(100);
        match what {
            0..60 => self.event(dice.roll(), if dice.once_in(4) { Manner::Hostile } else { Manner::Later }),
            60..64 => self.stream(&mut dice, StreamAction::Head),
            64..66 => self.stream(&mut dice, StreamAction::BadFrame(DecodeError::Empty)),
            66..70 => self.stream(&mut dice, StreamAction::End(Ok(()))),
            70..72 => self.stream(&mut dice, StreamAction::End(Err(Failure::Cut))),
            72..80 => self.reply(&mut dice),
            80..82 => self.reply_with(&mut dice, CallAction::Failed(Failure::NoConnection)),
            82..85 => self.timer(&mut dice),
            85..91 => self.host(&mut dice),
            91..94 => drop(self.element.say("more")),
            94 => self.user(UserAction::Stop),
            95 => self.user(UserAction::RetryTurn),
            96 => self.user(UserAction::NewThread),
            97 => self.user(UserAction::LoadOlder),
            98 => self.user(UserAction::RetryLoad),
            _ => self.user(UserAction::DismissNotice(ItemKey(dice.below(30) as u64))),
        }
        self.after();
    }

    fn user(&mut self, action: UserAction) {
        self.element.user(action);
    }

    /// An event on a turn's stream: the one that runs, mostly.
    fn event(&mut self, seed: u64, manner: Manner) {
        let event = Generator::new(seed, manner).of("event").to_string();
        let action = match decode_event(&event) {
            Ok(event) => StreamAction::Event(Box::new(event)),
            Err(error) => StreamAction::BadFrame(error),
        };
        self.stream(&mut Dice::new(seed), action);
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
        let action = match dice.below(4) {
            0 => HostAction::SetThread(call, Some((*dice.pick(&["thr_1", "thr_2", ""])).into())),
            1 => HostAction::SetThread(call, None),
            2 => HostAction::FetchUpdates(call),
            _ => HostAction::FocusComposer(call),
        };
        self.element.act(Action::Host(action));
    }

    /// Notes what was asked for, and looks at what must hold after every step.
    fn after(&mut self) {
        for effect in std::mem::take(&mut self.element.effects) {
            match effect {
                Effect::Stream { turn, .. } => self.turns.push(turn),
                Effect::Call { call, .. } => self.calls.push(call),
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
        assert_eq!(
            keys.iter().collect::<BTreeSet<_>>().len(),
            keys.len(),
            "two rows with the same key: {keys:?}"
        );
        self.element.view();
    }
}

proptest! {
    #![proptest_config(config(250))]

    #[test]
    fn events_of_any_kind_in_any_order_at_any_time_leave_a_chat_that_works(
        seeds in prop::collection::vec(any::<u64>(), 1..120),
    ) {
        let mut storm = Storm::new();
        for seed in seeds {
            storm.step(seed);
        }
        // Whatever came, a new conversation can be held.
        storm.user(UserAction::Stop);
        storm.user(UserAction::NewThread);
        storm.after();
        storm.element.say("after the storm").head();
        storm.element.event(created("thr_after")).event(assistant_done("msg_after", "Good weather.")).end();
        prop_assert!(storm.element.answers_shown().contains(&"Good weather.".to_owned()));
        storm.after();
        prop_assert!(!storm.running);
    }

    #[test]
    fn no_word_of_an_answer_is_lost_among_events_of_other_items(
        seeds in prop::collection::vec(any::<u64>(), 1..60),
    ) {
        let mut storm = Storm::new();
        storm.element.event(assistant_added("msg_ours"));
        let mut said = String::new();
        for (number, seed) in seeds.into_iter().enumerate() {
            let event = Generator::new(seed, Manner::Hostile).of("event");
            // These end the thread's or the item's life, as they should.
            if !matches!(event["type"].as_str(), Some("thread.created")) {
                storm.event(seed, Manner::Hostile);
            }
            let word = format!("word{number} ");
            storm.element.event(delta("msg_ours", 0, &word));
            said.push_str(&word);
            storm.after();
        }
        prop_assert!(storm.element.answers_shown().contains(&said), "{said:?} in {:?}", storm.element.answers_shown());
    }

    #[test]
    fn what_the_server_stored_is_what_is_shown_whatever_was_streamed_before(
        seeds in prop::collection::vec(any::<u64>(), 1..60),
    ) {
        let mut storm = Storm::new();
        for seed in seeds {
            storm.event(seed, Manner::Hostile);
        }
        storm.element.event(assistant_done("msg_last", "The last word."));
        storm.element.event(assistant_done("msg_last", "The last word."));
        storm.after();
        let shown = storm.element.answers_shown();
        prop_assert_eq!(shown.iter().filter(|text| text.contains("The last word.")).count(), 1);
        prop_assert!(shown.contains(&"The last word.".to_owned()), "{:?}", shown);
    }
}

#[test]
fn indices_far_out_of_range_take_no_memory_and_lose_no_text() {
    let mut storm = Storm::new();
    storm.element.event(assistant_added("msg_1"));
    for index in
        [json!(0), json!(u32::MAX), json!(u64::MAX), json!(-1), json!(1e300), json!("0"), Value::Null]
    {
        storm.element.event(json!({"type": "thread.item.updated", "item_id": "msg_1", "update":
            {"type": "assistant_message.content_part.text_delta", "content_index": index, "delta": "a word "}}));
        storm.element.event(json!({"type": "thread.item.updated", "item_id": "msg_1", "update":
            {"type": "workflow.task.added", "task_index": index, "task": {"type": "thought", "content": "x"}}}));
        storm.after();
    }
    storm.element.event(delta("msg_1", 0, "and another"));
    let shown = storm.element.answers_shown().concat();
    assert!(shown.contains("a word ") && shown.contains("and another"), "{shown}");
}

#[test]
fn words_that_come_after_the_end_of_their_message_are_shown_and_told() {
    let mut storm = Storm::new();
    storm.element.event(assistant_done("msg_1", "Said. *And"));
    storm.element.event(delta("msg_1", 0, " more*\n\n- a list"));
    assert_eq!(storm.element.answers_shown(), ["Said. *And more*\n\n- a list"]);
    assert!(storm.element.logs().contains(&"update.late"), "{:?}", storm.element.logs());
    let drawn = format!("{:?}", storm.element.view().body);
    assert!(drawn.contains("And") && drawn.contains("more") && drawn.contains("a list"), "{drawn}");
}
