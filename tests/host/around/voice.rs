//! Speech instead of typing.

use chatkit_widget::state::select::VoiceView;
use chatkit_widget::state::{DictateAction, Timer, VoiceEffect, VoiceFault, VoiceId, VoiceNews};

use super::*;
use crate::state::{created, status, user_done};

fn with_voice() -> Element {
    element(two_phase(), json!({ "dictation": { "enabled": true } }))
}

impl Element {
    fn dictate(&mut self, action: DictateAction) -> &mut Self {
        self.user(UserAction::Dictate(action))
    }

    fn voice(&self) -> VoiceId {
        let started = |effect: &Effect| match effect {
            Effect::Voice(VoiceEffect::Start(voice)) => Some(*voice),
            _ => None,
        };
        self.effects.iter().rev().find_map(started).expect("nobody dictates")
    }

    fn hear(&mut self, news: VoiceNews) -> &mut Self {
        let voice = self.voice();
        self.act(Action::Voice { voice, news })
    }

    fn recorded(&mut self) -> &mut Self {
        self.hear(VoiceNews::Recorded {
            audio_base64: "AAAA".into(),
            mime_type: "audio/webm;codecs=opus".into(),
        })
    }

    fn microphone(&mut self) -> VoiceView {
        self.view().composer.bar.voice
    }

    fn did(&self, effect: VoiceEffect) -> bool {
        self.effects.contains(&Effect::Voice(effect))
    }
}

#[test]
fn what_was_said_stands_in_the_draft_and_is_not_sent() {
    let mut element = with_voice();
    element.draft("So: ").dictate(DictateAction::Start);
    assert_eq!(element.microphone(), VoiceView::Asking);
    element.hear(VoiceNews::Recording);
    element.now_ms += 67_400.0;
    element.act(Action::Timer(Timer::Voice));
    assert_eq!(element.microphone(), VoiceView::Listening("1:07".into()));
    let voice = element.voice();
    element.dictate(DictateAction::Stop);
    assert!(element.did(VoiceEffect::Stop(voice)));
    element.recorded();
    assert_eq!(element.microphone(), VoiceView::Working);
    let [ClientRequest::InputTranscribe { audio_base64, mime_type }] = &element.requests()[..] else {
        panic!("{:?}", element.ops())
    };
    assert_eq!((audio_base64.as_str(), mime_type.as_str()), ("AAAA", "audio/webm;codecs=opus"));
    element.reply(json!({ "text": "what is a servo?" }));
    assert_eq!(element.view().composer.text, "So: what is a servo?");
    assert_eq!((element.ops(), element.microphone()), (vec!["input.transcribe"], VoiceView::Off));
}

#[test]
fn every_failure_is_one_plain_sentence_and_can_be_tried_again() {
    for (fault, said) in [
        (VoiceFault::NotAllowed, "not allowed"),
        (VoiceFault::NoMicrophone, "No microphone"),
        (VoiceFault::Unsupported, "cannot be recorded here"),
        (VoiceFault::Other("x".into()), "could not be written down"),
    ] {
        let mut element = with_voice();
        element.dictate(DictateAction::Start).hear(VoiceNews::Failed(fault));
        assert!(element.note().contains(said), "{}", element.note());
        assert_eq!(
            (element.emitted().last().map(String::as_str), element.microphone()),
            (Some("error"), VoiceView::Off)
        );
        element.dictate(DictateAction::Start);
        assert_eq!(element.microphone(), VoiceView::Asking);
    }
    let mut element = with_voice();
    element.dictate(DictateAction::Start).hear(VoiceNews::Recording).recorded().reply_failed(status(500));
    assert!(element.note().contains("could not be written down"));
    assert_eq!(element.ops(), ["input.transcribe"], "not repeated by itself");
}

#[test]
fn silence_is_said_and_changes_nothing() {
    let mut element = with_voice();
    element.draft("kept").dictate(DictateAction::Start).hear(VoiceNews::Recording).recorded();
    element.reply(json!({ "text": " " }));
    assert!(element.note().contains("No words were heard"));
    assert_eq!(element.view().composer.text, "kept");
}

#[test]
fn a_recording_can_be_thrown_away_at_any_moment() {
    for steps in 0..3 {
        let mut element = with_voice();
        element.dictate(DictateAction::Start);
        if steps > 0 {
            element.hear(VoiceNews::Recording);
        }
        if steps > 1 {
            element.dictate(DictateAction::Stop);
        }
        let voice = element.voice();
        element.dictate(DictateAction::Cancel);
        assert!(element.did(VoiceEffect::Cancel(voice)), "the microphone is let go after step {steps}");
        element.recorded();
        assert_eq!(
            (element.ops().len(), element.microphone()),
            (0, VoiceView::Off),
            "late news land nowhere"
        );
    }
    let mut element = with_voice();
    element
        .dictate(DictateAction::Start)
        .hear(VoiceNews::Recording)
        .recorded()
        .dictate(DictateAction::Cancel);
    element.reply(json!({ "text": "too late" }));
    assert_eq!(element.view().composer.text, "");
}

#[test]
fn a_forgotten_microphone_is_stopped() {
    let mut element = with_voice();
    element.dictate(DictateAction::Start).hear(VoiceNews::Recording);
    element.now_ms += 600_000.0;
    element.act(Action::Timer(Timer::Voice));
    let voice = element.voice();
    assert!(element.did(VoiceEffect::Stop(voice)));
}

#[test]
fn questions_in_the_composers_place_let_go_of_the_microphone() {
    let mut element = with_voice();
    element.say("ask me").head().event(created("thr_1")).event(user_done("m", "ask me"));
    element.dictate(DictateAction::Start).hear(VoiceNews::Recording);
    let voice = element.voice();
    element.event(json!({ "type": "thread.item.done", "item": {
        "type": "structured_input", "id": "s", "thread_id": "thr_1", "created_at": "2026-11-20T23:44:33", "status": "pending",
        "inputs": [{ "id": "q", "question": "Which?", "type": "freeform" }],
    }}));
    element.end();
    assert!(element.did(VoiceEffect::Cancel(voice)));
}

#[test]
fn options_without_dictation_let_go_of_the_microphone() {
    let mut element = with_voice();
    element.dictate(DictateAction::Start).hear(VoiceNews::Recording);
    let voice = element.voice();
    element.act(Action::Host(HostAction::Options(config(&json!({ "api": { "url": "/chatkit" } })).into())));
    assert!(element.did(VoiceEffect::Cancel(voice)));
    assert_eq!(element.microphone(), VoiceView::None);
    element.dictate(DictateAction::Start);
    assert_eq!(element.microphone(), VoiceView::None);
}
