//! Effects of the reducer, performed. One file for each kind; none of them decides anything.

mod answer;
mod call;
mod emit;
mod file;
mod request;
mod site;
mod stream;
mod timer;
mod voice;

#[cfg(feature = "element")]
pub use answer::settle;
pub use emit::event;

use super::driver::Driver;
use crate::state::{Action, ConsoleLevel, Effect};
use crate::web::{log, tab};

/// Performs one effect. What it starts reports back through [`Driver::dispatch`], never before this returned.
pub fn perform(driver: &Driver, effect: Effect) {
    match effect {
        Effect::Stream { turn, request, idempotency_key } => {
            stream::start(driver, turn, &request, idempotency_key.as_deref());
        }
        Effect::Abort(turn) => drop(driver.streams.remove(&turn)),
        Effect::Call { call, request, idempotency_key } => {
            call::start(driver, call, &request, idempotency_key.as_deref());
        }
        Effect::AbortCall(call) => drop(driver.calls.remove(&call)),
        Effect::Site { call, ask } => site::ask(driver, call, ask),
        Effect::StartTimer(timer, wait) => timer::start(driver, timer, wait),
        Effect::CancelTimer(timer) => drop(driver.timers.remove(&timer)),
        Effect::Emit(event) => (driver.tell)(&event),
        Effect::Answer(call, answer) => answer::settle(driver, call, answer),
        Effect::File(effect) => file::perform(driver, effect),
        Effect::Voice(effect) => voice::perform(driver, effect),
        Effect::FocusComposer => driver.screen.focus_composer(),
        Effect::ChooseFiles => driver.screen.choose_files(),
        Effect::WriteField { text, caret } => driver.screen.write_field(&text, caret),
        Effect::Keep { key, value: Some(value) } => drop(tab::write(&key, &value)),
        Effect::Keep { key, value: None } => tab::remove(&key),
        Effect::Recall { key } => {
            let value = tab::read(&key);
            driver.dispatch(Action::Recalled { key, value });
        }
        Effect::Scroll(target) => driver.screen.scroll(target),
        Effect::Console(ConsoleLevel::Warn, message) => log::warn(&message),
        Effect::Console(ConsoleLevel::Error, message) => log::error(&message),
    }
}
