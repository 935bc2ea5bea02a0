//! A request whose answer streams.

use std::cell::RefCell;
use std::rc::Rc;

use super::request;
use crate::element::driver::{Driver, with};
use crate::element::response::StreamReader;
use crate::protocol::ClientRequest;
use crate::state::{Action, StreamAction, TurnId, pace};
use crate::web::fetch;

/// Sends `request`; what comes back is reported for `turn`.
pub fn start(driver: &Driver, turn: TurnId, request: &ClientRequest, idempotency_key: Option<&str>) {
    let Some(request) = request::post(driver, request, idempotency_key, "text/event-stream") else { return };
    let reader = Rc::new(RefCell::new(StreamReader::new()));
    let report = {
        let driver = driver.weak();
        move |action: StreamAction| with(&driver, |driver| driver.dispatch(Action::Stream { turn, action }))
    };
    let handle = fetch::start(
        request,
        {
            let (reader, report) = (Rc::clone(&reader), report.clone());
            move |head| {
                let action = reader.borrow_mut().head(head);
                action.into_iter().for_each(report);
            }
        },
        {
            let (reader, report, driver) = (Rc::clone(&reader), report.clone(), driver.weak());
            move |bytes| {
                // On a line of its own: the borrow must not last while the page's listeners run.
                let actions = reader.borrow_mut().chunk(bytes);
                actions.into_iter().for_each(&report);
                driver
                    .upgrade()
                    .map(|driver| pace::until_read(driver.screen.until_frame()))
                    .unwrap_or_default()
            }
        },
        {
            let driver = driver.weak();
            move |end| {
                with(&driver, |driver| {
                    drop(driver.streams.remove(&turn));
                    driver.note_idempotency();
                });
                let (last, end) = reader.replace(StreamReader::new()).end(end);
                last.into_iter().chain([StreamAction::End(end)]).for_each(report);
            }
        },
    );
    driver.streams.insert(turn, handle);
}
