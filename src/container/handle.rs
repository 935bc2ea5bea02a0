//! `WidgetHandle`: what TypeScript holds of one mounted widget.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use yew::AppHandle;

use super::callbacks::{WidgetCallbacks, WidgetParts};
use super::core::Core;
use super::dress::Parts;
use super::view::{App, AppProps};
use crate::web::js::session_error;
use crate::web::{js, log};
use crate::widget::{Event, Issue, OpenedBy, Options, parse_options};

/// One mounted widget. Nothing in here throws; see `docs/architecture.md` for each member.
#[wasm_bindgen]
pub struct WidgetHandle {
    core: Rc<Core>,
    app: RefCell<Option<AppHandle<App>>>,
}

fn read_options(options: &JsValue) -> (Options, Vec<Issue>) {
    parse_options(&js::to_json(options))
}

/// One kind of future for all promises: each kind of its own compiles the way of a promise anew.
fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let future: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> = Box::pin(future);
    future_to_promise(future)
}

#[wasm_bindgen]
impl WidgetHandle {
    /// Draws the toggle into `parts.launcher` and the rest into `parts.chrome`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(parts: &WidgetParts, options: &JsValue, callbacks: WidgetCallbacks) -> Self {
        log::panic_to_console();
        let (options, issues) = read_options(options);
        let parts = Parts {
            host: parts.host(),
            launcher: parts.launcher(),
            panel: parts.panel(),
            chrome: parts.chrome(),
        };
        let launcher = parts.launcher.clone();
        let core = Core::new(parts, Rc::new(callbacks), options, &issues);
        let app = yew::Renderer::<App>::with_root_and_props(
            launcher.into(),
            AppProps { core: core.clone().into() },
        );
        Self { core, app: RefCell::new(Some(app.render())) }
    }

    /// Takes new options. What they do not say has its default.
    #[wasm_bindgen(js_name = setOptions)]
    pub fn set_options(&self, options: &JsValue) {
        let (options, issues) = read_options(options);
        self.core.set_options(options, &issues);
    }

    /// Opens the panel, also where the site has control. `quiet`: nobody asked for it just now, so the focus stays
    /// where it is.
    pub fn open(&self, quiet: Option<bool>) {
        let by = if quiet == Some(true) { OpenedBy::Page } else { OpenedBy::Somebody };
        self.core.step(Event::Open(by));
    }

    /// Closes it, also where the site has control.
    pub fn close(&self) {
        self.core.step(Event::Close);
    }

    /// Opens or closes it, as a press on the toggle would: where the site has control, it is asked.
    pub fn toggle(&self) {
        self.core.toggle();
    }

    /// `fetch` with the session's bearer token.
    pub fn fetch(&self, input: JsValue, init: JsValue) -> Promise {
        match self.core.client() {
            Some(client) => promise(client.fetch(input, init)),
            None => Promise::reject(&session_error(&self.core.misconfigured())),
        }
    }

    /// The client secret, renewed if `existing` is the current one.
    #[wasm_bindgen(js_name = getClientSecret)]
    pub fn get_client_secret(&self, existing: Option<String>) -> Promise {
        match self.core.client() {
            Some(client) => {
                let secret = client.client_secret(existing);
                promise(
                    async move { secret.await.map(JsValue::from).map_err(|problem| session_error(&problem)) },
                )
            }
            None => Promise::reject(&session_error(&self.core.misconfigured())),
        }
    }

    /// Whether the session says that the server stores a request once however often it comes with the same key.
    #[must_use]
    pub fn idempotent(&self) -> bool {
        self.core.client().is_some_and(|client| client.is_idempotent())
    }

    /// The conversation this tab remembers for this backend.
    #[wasm_bindgen(js_name = initialThread)]
    #[must_use]
    pub fn initial_thread(&self) -> Option<String> {
        self.core.memory()?.get().thread
    }

    /// An event of ChatKit, without the prefix `chatkit.`.
    #[wasm_bindgen(js_name = chatkitEvent)]
    pub fn chatkit_event(&self, name: &str, detail: &JsValue) {
        self.core.chatkit_event(name, detail);
    }

    /// Ends it: requests are aborted, timers and listeners end, both places are empty.
    pub fn destroy(&self) {
        self.core.destroy();
        let app = self.app.borrow_mut().take();
        if let Some(app) = app {
            app.destroy();
        }
    }
}
