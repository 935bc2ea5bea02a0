//! Settling a method call of the page.

use crate::element::driver::Driver;
use crate::state::{HostCall, Rejection};

/// Fulfils or refuses `call`.
pub fn settle(driver: &Driver, call: HostCall, answer: Result<(), Rejection>) {
    if let Some(settle) = driver.promises.remove(&call) {
        settle(answer);
    }
}
