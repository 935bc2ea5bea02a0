//! Speech instead of typing (`composer.dictation`, ChatKit protocol §8.4).
//!
//! A **recording** is one press of the microphone button until its text stands in the draft or it was given up. The
//! edge holds the microphone; every way out of a recording tells it to let go ([`VoiceEffect::Stop`] or
//! [`VoiceEffect::Cancel`]), or comes from it ([`VoiceNews`]), when it has done so by itself.

use std::time::Duration;

use super::{CallId, Effect, Failure, HostEvent, State, Timer, calls, composer, misfits, structured, turn};
use crate::protocol::{ClientRequest, TranscriptionResult};

/// Names one recording; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoiceId(pub u64);

/// What the reader does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictateAction {
    /// The microphone button.
    Start,
    /// Enough said: turn it into text.
    Stop,
    /// Throw it away.
    Cancel,
}

/// What is to be done with the microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceEffect {
    /// Ask for it and record.
    Start(VoiceId),
    /// Stop recording; what was said comes as [`VoiceNews::Recorded`].
    Stop(VoiceId),
    /// Let go of it and forget what was said; no news is wanted.
    Cancel(VoiceId),
}

/// What the edge reports of a recording.
#[derive(Clone, Debug, PartialEq)]
pub enum VoiceNews {
    /// The microphone is on.
    Recording,
    /// It is off, and this was said.
    Recorded {
        /// The recording, without a data-URL prefix.
        audio_base64: String,
        /// MIME type, with codecs.
        mime_type: String,
    },
    /// It is off, and nothing is to be had.
    Failed(VoiceFault),
}

/// Why speech could not be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoiceFault {
    /// The reader, or the page's permissions policy, does not allow it.
    NotAllowed,
    /// There is no microphone, or something else is using it.
    NoMicrophone,
    /// This browser cannot record, or not on a page that is not secure.
    Unsupported,
    /// Something else, in the browser's own words.
    Other(String),
}

impl VoiceFault {
    /// In words for the integrator.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            VoiceFault::NotAllowed => {
                "dictation: the microphone is not allowed (by the reader, or by the page's Permissions-Policy)".into()
            }
            VoiceFault::NoMicrophone => "dictation: there is no microphone that can be used".into(),
            VoiceFault::Unsupported => {
                "dictation: no MediaRecorder with a known audio type here; pages need HTTPS or localhost for it".into()
            }
            VoiceFault::Other(why) => format!("dictation: {why}"),
        }
    }
}

/// How far a recording is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Dictation {
    /// There is none.
    #[default]
    Off,
    /// The browser is asked for the microphone, and may be asking the reader.
    Asking(VoiceId),
    /// Listening since then, on the driver's clock.
    Listening {
        /// The recording.
        voice: VoiceId,
        /// Its beginning.
        since_ms: f64,
    },
    /// The last of it is being gathered.
    Closing(VoiceId),
    /// The server turns it into text.
    Transcribing(CallId),
    /// It came to nothing; said until the next one begins.
    Failed(Trouble),
}

/// Why there is no text, for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No recording.
    Voice(VoiceFault),
    /// The server could not make text of it.
    Server,
    /// The server heard no words.
    Silence,
}

/// Longer than anybody dictates; a forgotten microphone must not listen, nor the recording grow, for ever.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// How often the shown time changes.
const SECOND: Duration = Duration::from_secs(1);

/// What the reader did.
pub(super) fn apply(state: &mut State, action: DictateAction, out: &mut Vec<Effect>) {
    match action {
        DictateAction::Start => start(state, out),
        DictateAction::Stop => stop(state, out),
        DictateAction::Cancel => cancel(state, out),
    }
}

fn start(state: &mut State, out: &mut Vec<Effect>) {
    let on = state.config.as_ref().is_some_and(|config| config.composer.dictation);
    if !on || !matches!(state.dictation, Dictation::Off | Dictation::Failed(_)) {
        return;
    }
    let voice = VoiceId(state.fresh());
    state.dictation = Dictation::Asking(voice);
    out.push(Effect::Voice(VoiceEffect::Start(voice)));
}

fn stop(state: &mut State, out: &mut Vec<Effect>) {
    let Dictation::Listening { voice, .. } = state.dictation else { return };
    state.dictation = Dictation::Closing(voice);
    out.push(Effect::CancelTimer(Timer::Voice));
    out.push(Effect::Voice(VoiceEffect::Stop(voice)));
}

/// Throws a recording away, however far it is.
pub(super) fn cancel(state: &mut State, out: &mut Vec<Effect>) {
    match std::mem::take(&mut state.dictation) {
        Dictation::Asking(voice) | Dictation::Listening { voice, .. } | Dictation::Closing(voice) => {
            out.push(Effect::CancelTimer(Timer::Voice));
            out.push(Effect::Voice(VoiceEffect::Cancel(voice)));
        }
        Dictation::Transcribing(call) => calls::forget(state, call, out),
        Dictation::Off | Dictation::Failed(_) => {}
    }
}

/// What follows of whatever just happened: nobody is listened to whose composer is gone, and with it the button that ends
/// it (other options, a closed thread, questions in its place).
pub(super) fn follow(state: &mut State, out: &mut Vec<Effect>) {
    let listens =
        !matches!(state.dictation, Dictation::Off | Dictation::Failed(_) | Dictation::Transcribing(_));
    let on = state.config.as_ref().is_some_and(|config| config.composer.dictation);
    if listens && !(on && state.thread.is_writable() && structured::active(state).is_none()) {
        cancel(state, out);
    }
}

/// Something happened to a recording. News of one that was given up have nowhere to land.
pub(super) fn news(state: &mut State, voice: VoiceId, news: VoiceNews, out: &mut Vec<Effect>) {
    let ours = match state.dictation {
        Dictation::Asking(ours) | Dictation::Closing(ours) | Dictation::Listening { voice: ours, .. } => ours,
        Dictation::Off | Dictation::Transcribing(_) | Dictation::Failed(_) => return,
    };
    if ours != voice {
        return;
    }
    match news {
        VoiceNews::Recording => {
            state.dictation = Dictation::Listening { voice, since_ms: state.tick.now_ms };
            out.push(Effect::StartTimer(Timer::Voice, SECOND));
        }
        VoiceNews::Recorded { audio_base64, mime_type } => {
            // Also when nobody pressed Stop: a microphone that was pulled out ends the recording by itself.
            out.push(Effect::CancelTimer(Timer::Voice));
            let request = ClientRequest::InputTranscribe { audio_base64, mime_type };
            let call = calls::start(state, request, calls::Purpose::Transcribe, out);
            state.dictation = Dictation::Transcribing(call);
        }
        VoiceNews::Failed(fault) => {
            out.push(Effect::CancelTimer(Timer::Voice));
            failed(state, fault.detail(), Trouble::Voice(fault), out);
        }
    }
}

/// A second went by: drawing again shows it.
pub(super) fn timer(state: &mut State, out: &mut Vec<Effect>) {
    let Dictation::Listening { since_ms, .. } = state.dictation else { return };
    if state.tick.since(since_ms) >= LONGEST {
        stop(state, out);
    } else {
        out.push(Effect::StartTimer(Timer::Voice, SECOND));
    }
}

/// `input.transcribe` was answered: what was said stands where the caret is, not sent.
pub(super) fn answered(state: &mut State, answer: Result<String, Failure>, out: &mut Vec<Effect>) {
    if !matches!(state.dictation, Dictation::Transcribing(_)) {
        return;
    }
    match misfits::answer::<TranscriptionResult>(state, "input.transcribe", answer, out) {
        Ok(TranscriptionResult { text, .. }) if text.trim().is_empty() => {
            state.dictation = Dictation::Failed(Trouble::Silence);
        }
        Ok(TranscriptionResult { text, .. }) => {
            state.dictation = Dictation::Off;
            composer::insert(state, text.trim());
            out.push(Effect::FocusComposer);
        }
        Err(failure) => {
            let detail = format!("dictation: {}", failure.problem(turn::at(state)).detail());
            failed(state, detail, Trouble::Server, out);
        }
    }
}

fn failed(state: &mut State, detail: String, trouble: Trouble, out: &mut Vec<Effect>) {
    state.dictation = Dictation::Failed(trouble);
    out.push(Effect::Emit(HostEvent::Error { name: "ChatKitError", message: detail }));
}

/// `0:07`, `12:30`: how long a recording is.
#[must_use]
pub fn clock_words(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
