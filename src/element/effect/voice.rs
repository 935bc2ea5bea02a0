//! The reader's voice.

use crate::element::driver::{Driver, with};
use crate::element::microphone::Microphone;
use crate::state::{Action, VoiceEffect, VoiceNews};

/// Performs one effect.
pub fn perform(driver: &Driver, effect: VoiceEffect) {
    match effect {
        VoiceEffect::Start(voice) => {
            let weak = driver.weak();
            let microphone = Microphone::record(move |news| {
                with(&weak, |driver| {
                    if !matches!(news, VoiceNews::Recording) {
                        drop(driver.voices.remove(&voice));
                    }
                    driver.dispatch(Action::Voice { voice, news });
                });
            });
            driver.voices.insert(voice, microphone);
        }
        VoiceEffect::Stop(voice) => drop(driver.voices.with(&voice, Microphone::stop)),
        VoiceEffect::Cancel(voice) => drop(driver.voices.remove(&voice)),
    }
}
