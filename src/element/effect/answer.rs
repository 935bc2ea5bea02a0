//! Settling the Promise of a method call.

use wasm_bindgen::JsValue;

use crate::element::driver::Driver;
use crate::state::{HostCall, Rejection};
use crate::web::js;

/// Fulfils or refuses the Promise of `call`.
pub fn settle(driver: &Driver, call: HostCall, answer: Result<(), Rejection>) {
    let Some(promise) = driver.promises.remove(&call) else { return };
    // A Promise's own functions never throw.
    let _ = match answer {
        Ok(()) => promise.resolve.call0(&JsValue::UNDEFINED),
        Err(why) => promise.reject.call1(&JsValue::UNDEFINED, &error(&why)),
    };
}

/// The error a method call is refused with. A `TypeError` is a real one: pages tell them apart by `instanceof`.
pub fn error(why: &Rejection) -> JsValue {
    match why {
        Rejection::Invalid(message) => js_sys::TypeError::new(message).into(),
        Rejection::Busy | Rejection::Failed(_) => js::error(why.name(), why.message()),
    }
}
