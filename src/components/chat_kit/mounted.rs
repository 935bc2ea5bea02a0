//! One element in the page: shadow root, driver, and the functions it calls.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{HtmlElement, ShadowRootInit, ShadowRootMode};
use yew::Callback;

use super::{ChatKitOptions, language};
use crate::element::bridge::Callbacks;
use crate::element::{Driver, HeaderSide};
use crate::hooks::SessionClient;
use crate::state::HostEvent;
use crate::web::{dom, js};

/// Ends everything when dropped.
pub(super) struct Mounted {
    pub(super) driver: Rc<Driver>,
    session: Rc<RefCell<Option<SessionClient>>>,
    fetch: Closure<dyn Fn(JsValue, JsValue) -> Promise>,
    left: Closure<dyn Fn()>,
    right: Closure<dyn Fn()>,
}

impl Mounted {
    /// Puts an element into a shadow root of `host`.
    ///
    /// # Errors
    /// Why there can be none, for the integrator.
    pub(super) fn new(
        host: &HtmlElement,
        on_event: Callback<HostEvent>,
        on_header: Callback<HeaderSide>,
    ) -> Result<Self, String> {
        let shadow = host
            .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
            .map_err(|thrown| format!("<ChatKit> has no shadow root: {}", js::describe(&thrown)))?;
        let root = dom::document()
            .and_then(|document| document.create_element("div").ok())
            .and_then(|root| root.dyn_into::<HtmlElement>().ok())
            .filter(|root| shadow.append_child(root).is_ok())
            .ok_or("<ChatKit> could not be drawn")?;
        let session = Rc::<RefCell<Option<SessionClient>>>::default();
        let with = session.clone();
        let fetch = Closure::new(move |input: JsValue, init: JsValue| {
            let fetched = with.borrow().as_ref().map(|client| client.fetch(input, init));
            match fetched {
                Some(fetched) => future_to_promise(fetched),
                None => Promise::reject(&js::error("Error", "the session is over")),
            }
        });
        let button = |side: HeaderSide| {
            let on_header = on_header.clone();
            Closure::new(move || on_header.emit(side))
        };
        Ok(Self {
            driver: Driver::new(root, move |event| on_event.emit(event.clone())),
            session,
            fetch,
            left: button(HeaderSide::Left),
            right: button(HeaderSide::Right),
        })
    }

    /// Takes options; they replace the ones before whole.
    pub(super) fn configure(&self, options: &ChatKitOptions) {
        let function = |closure: &JsValue| Some(closure.clone().unchecked_into::<js_sys::Function>().into());
        let before = self.session.replace(options.session().cloned());
        drop(before);
        let callbacks = Callbacks {
            fetch: options.session().and_then(|_| function(self.fetch.as_ref())),
            header_left: function(self.left.as_ref()),
            header_right: function(self.right.as_ref()),
            app: options.site().cloned(),
            ..Callbacks::default()
        };
        self.driver.speak(language::words(options.config.locale.as_deref()));
        self.driver.configure(options.config.clone(), callbacks);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.driver.end();
    }
}
