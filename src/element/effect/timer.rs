//! Waiting.

use std::time::Duration;

use crate::element::driver::{Driver, with};
use crate::state::{Action, Timer};
use crate::web::clock;

/// Fires `timer` after `wait`; a running timer of that name ends.
pub fn start(driver: &Driver, timer: Timer, wait: Duration) {
    let weak = driver.weak();
    let handle = clock::after(wait, move || {
        with(&weak, |driver| {
            driver.timers.remove(&timer);
            driver.dispatch(Action::Timer(timer));
        });
    });
    driver.timers.insert(timer, handle);
}
