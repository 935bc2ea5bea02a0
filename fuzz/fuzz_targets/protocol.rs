//! A line is an event or an answer: decoding never panics, what was decoded is written as it was read, and the element
//! goes on whatever comes.
#![no_main]

use std::rc::Rc;

use chatkit_widget::config::Config;
use chatkit_widget::protocol::{
    Page, Thread, ThreadItem, ThreadStreamEvent, Wire, decode_event, decode_response,
};
use chatkit_widget::state::{
    Action, ComposerAction, Effect, HostAction, InputKind, State, StreamAction, Tick, UserAction, reduce,
    select,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let mut chat = Chat::new();
    for line in text.lines() {
        if let Ok(event) = decode_event(line) {
            let again = ThreadStreamEvent::decode(&event.encode()).ok();
            assert_eq!(again.as_ref(), Some(&event), "{line}");
        }
        for action in StreamAction::of_frame("", line) {
            chat.act(Action::Stream { turn: chat.turn, action });
        }
        let _ = decode_response::<Page<ThreadItem>>(line);
        let _ = decode_response::<Page<Thread>>(line);
    }
    chat.act(Action::Stream { turn: chat.turn, action: StreamAction::End(Ok(())) });
    select::view(&mut chat.state);
});

/// An element in the middle of an answer.
struct Chat {
    state: State,
    turn: chatkit_widget::state::TurnId,
}

impl Chat {
    fn new() -> Self {
        let mut state = State::default();
        let mut turn = None;
        let hello = ComposerAction::Input { text: "hello".into(), caret: 5, kind: InputKind::Typed };
        for action in [
            Action::Host(HostAction::Options(Rc::new(Config::for_url("/chatkit")))),
            Action::User(UserAction::Composer(hello)),
            Action::User(UserAction::Submit),
        ] {
            for effect in reduce(&mut state, action, TICK) {
                if let Effect::Stream { turn: begun, .. } = effect {
                    turn = Some(begun);
                }
            }
        }
        let turn = turn.expect("a message was sent");
        let mut chat = Self { state, turn };
        chat.act(Action::Stream { turn, action: StreamAction::Head });
        chat
    }

    fn act(&mut self, action: Action) {
        reduce(&mut self.state, action, TICK);
    }
}

const TICK: Tick = Tick { now_ms: 1_000.0, jitter: 0.5, online: true };
