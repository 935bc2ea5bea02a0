//! A request answered by one JSON document.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::request;
use crate::element::driver::{Driver, with};
use crate::element::response;
use crate::protocol::ClientRequest;
use crate::state::{Action, CallId};
use crate::web::fetch;

/// Sends `request`; its answer is reported for `call`.
pub fn start(driver: &Driver, call: CallId, request: &ClientRequest, idempotency_key: Option<&str>) {
    let Some(request) = request::post(driver, request, idempotency_key, "application/json") else { return };
    let head = Rc::new(Cell::new(None));
    let body = Rc::new(RefCell::new(Vec::new()));
    let weak = driver.weak();
    let handle = fetch::start(
        request,
        {
            let head = Rc::clone(&head);
            move |arrived| head.set(Some(arrived))
        },
        {
            let body = Rc::clone(&body);
            move |bytes| {
                body.borrow_mut().extend_from_slice(bytes);
                Duration::ZERO
            }
        },
        move |end| {
            with(&weak, |driver| {
                driver.calls.remove(&call);
                driver.note_idempotency();
                let action = response::call(head.take(), &body.take(), end);
                driver.dispatch(Action::Call { call, action });
            });
        },
    );
    driver.calls.insert(call, handle);
}
