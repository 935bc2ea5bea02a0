//! What `<openai-chatkit>` offers to its page: the class behind the custom element. The TypeScript half only queues
//! calls made before this module is there.

use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::bridge::{self, Callbacks};
use super::driver::Driver;
use super::effect;
use super::params;
use crate::config::{self, ConfigIssue, Severity, Validated};
use crate::json::Json;
use crate::state::{Action, HostAction, HostCall, Rejection};
use crate::text::Words;
use crate::web::{js, listen, log};

/// One `<openai-chatkit>` on a page.
#[wasm_bindgen]
pub struct ElementHandle {
    host: HtmlElement,
    driver: Rc<Driver>,
}

#[wasm_bindgen]
impl ElementHandle {
    /// `host` is the custom element; `root` is a `div` in its open shadow root, empty and ours alone.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: HtmlElement) -> ElementHandle {
        let target = host.clone();
        let driver = Driver::new(root, move |event| {
            let (name, detail) = effect::event(event);
            listen::dispatch(&target, name, &detail);
        });
        driver.screen.say_when_broken();
        ElementHandle { host, driver }
    }

    /// Takes options of ChatKit's own type; they replace the ones before whole. Never throws: what is wrong goes to the
    /// console and to `chatkit.error`, and options with errors leave the ones before in force.
    #[wasm_bindgen(js_name = setOptions)]
    pub fn set_options(&self, options: JsValue) {
        match config::validate(&bridge::raw(&options)) {
            Ok(Validated { config, warnings }) => {
                warnings.iter().for_each(|issue| self.report(issue));
                self.driver.configure(config, Callbacks::read(&options));
            }
            Err(issues) => {
                self.driver.screen.misconfigured();
                issues.iter().for_each(|issue| self.report(issue));
            }
        }
    }

    /// The language of everything we say: its tag, and an object with a wording for each key's name.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, tag: &str, wordings: JsValue) {
        self.driver.speak(Words::read(tag, |name| js::get(&wordings, name).as_string()));
    }

    /// `focusComposer()`
    #[wasm_bindgen(js_name = focusComposer)]
    pub fn focus_composer(&self) -> Promise {
        self.call(|call| Ok(HostAction::FocusComposer(call)))
    }

    /// `setThreadId(id | null)`
    #[wasm_bindgen(js_name = setThreadId)]
    pub fn set_thread_id(&self, id: JsValue) -> Promise {
        self.call(|call| params::thread(call, &plain(&id)?))
    }

    /// `sendUserMessage({text | content, reply, attachments, newThread, toolChoice, model})`
    #[wasm_bindgen(js_name = sendUserMessage)]
    pub fn send_user_message(&self, params: JsValue) -> Promise {
        self.call(|call| params::send(call, &plain(&params)?))
    }

    /// `setComposerValue({text | content, reply, attachments, files, selectedToolId, selectedModelId})`; keys not given
    /// stay as they are.
    #[wasm_bindgen(js_name = setComposerValue)]
    pub fn set_composer_value(&self, params: JsValue) -> Promise {
        self.call(|call| {
            let files = bridge::files(&params).map_err(Rejection::Invalid)?;
            let mut action = params::compose(call, &plain(&params)?)?;
            if let HostAction::SetComposer { around, .. } = &mut action {
                around.files = self.driver.hold(files);
            }
            Ok(action)
        })
    }

    /// `sendCustomAction(action, itemId?)`
    #[wasm_bindgen(js_name = sendCustomAction)]
    pub fn send_custom_action(&self, action: JsValue, item_id: JsValue) -> Promise {
        self.call(|call| params::custom_action(call, &plain(&action)?, &plain(&item_id)?))
    }

    /// `fetchUpdates()`
    #[wasm_bindgen(js_name = fetchUpdates)]
    pub fn fetch_updates(&self) -> Promise {
        self.call(|call| Ok(HostAction::FetchUpdates(call)))
    }

    /// `showHistory()`
    #[wasm_bindgen(js_name = showHistory)]
    pub fn show_history(&self) -> Promise {
        self.call(|call| Ok(HostAction::ShowHistory(call)))
    }

    /// `hideHistory()`
    #[wasm_bindgen(js_name = hideHistory)]
    pub fn hide_history(&self) -> Promise {
        self.call(|call| Ok(HostAction::HideHistory(call)))
    }

    /// Aborts every request, drops every listener and timer, takes the element down and leaves `root` empty.
    pub fn destroy(&self) {
        self.driver.end();
    }

    /// Calls `action` with the name of a new Promise and dispatches what it makes.
    fn call(&self, action: impl FnOnce(HostCall) -> Result<HostAction, Rejection>) -> Promise {
        let mut action = Some(action);
        Promise::new(&mut |resolve, reject| {
            let owed = Owed { resolve, reject: Some(reject) };
            let call = self.driver.promise(Box::new(move |answer| owed.settle(answer)));
            match action.take().map(|action| action(call)) {
                Some(Ok(action)) => self.driver.dispatch(Action::Host(action)),
                Some(Err(why)) => effect::settle(&self.driver, call, Err(why)),
                None => {}
            }
        })
    }

    fn report(&self, issue: &ConfigIssue) {
        if issue.severity == Severity::Warning {
            return log::warn(&issue.to_string());
        }
        log::error(&issue.to_string());
        let detail = Object::new();
        js::set(&detail, "error", js::error("InvalidOptionsError", &issue.to_string()));
        listen::dispatch(&self.host, "chatkit.error", &detail);
    }
}

/// A Promise that is not settled yet. One that is dropped so, because the element goes, is rejected: a page that waits
/// for it would wait for ever.
struct Owed {
    resolve: Function,
    reject: Option<Function>,
}

impl Owed {
    fn settle(mut self, answer: Result<(), Rejection>) {
        // A Promise's own functions never throw.
        let _ = match (answer, self.reject.take()) {
            (Ok(()), _) => self.resolve.call0(&JsValue::UNDEFINED),
            (Err(why), Some(reject)) => reject.call1(&JsValue::UNDEFINED, &error(&why)),
            (Err(_), None) => return,
        };
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        if let Some(reject) = self.reject.take() {
            let why = Rejection::Failed("<openai-chatkit> was removed from the page".to_owned());
            let _ = reject.call1(&JsValue::UNDEFINED, &error(&why));
        }
    }
}

/// The error a method call is refused with. A `TypeError` is a real one: pages tell them apart by `instanceof`.
fn error(why: &Rejection) -> JsValue {
    match why {
        Rejection::Invalid(message) => js_sys::TypeError::new(message).into(),
        Rejection::Busy | Rejection::Failed(_) => js::error(why.name(), why.message()),
    }
}

/// A parameter as JSON; `undefined` counts as null.
fn plain(value: &JsValue) -> Result<Json, Rejection> {
    bridge::json(value).map_err(|why| Rejection::Invalid(format!("the argument must be plain data: {why}")))
}
