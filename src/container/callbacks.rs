//! The JavaScript side, as it is seen from here: `WidgetParts` and `WidgetCallbacks` of
//! `pkg-template/src/wasm-types.ts`.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::surroundings::{Loading, Surroundings};
use crate::problem::{EngineKind, Problem};
use crate::text::Texts;
use crate::web::{js, log};
use crate::widget::Issue;

#[wasm_bindgen]
extern "C" {
    /// The elements of a mounted widget.
    #[derive(Clone, Debug)]
    pub type WidgetParts;
    #[wasm_bindgen(method, structural, getter)]
    pub(super) fn host(this: &WidgetParts) -> HtmlElement;
    #[wasm_bindgen(method, structural, getter)]
    pub(super) fn launcher(this: &WidgetParts) -> HtmlElement;
    #[wasm_bindgen(method, structural, getter)]
    pub(super) fn panel(this: &WidgetParts) -> HtmlElement;
    #[wasm_bindgen(method, structural, getter)]
    pub(super) fn chrome(this: &WidgetParts) -> HtmlElement;

    /// What the container asks of TypeScript.
    #[derive(Clone, Debug)]
    pub type WidgetCallbacks;
    #[wasm_bindgen(method, structural, catch, js_name = loadEngine)]
    fn load_engine_js(this: &WidgetCallbacks, kind: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = engineReady)]
    fn engine_ready_js(this: &WidgetCallbacks, kind: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = openChange)]
    fn open_change_js(this: &WidgetCallbacks, open: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = focusComposer)]
    fn focus_composer_js(this: &WidgetCallbacks) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = newThread)]
    fn new_thread_js(this: &WidgetCallbacks) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = problem)]
    fn problem_js(this: &WidgetCallbacks, problem: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = configIssues)]
    fn config_issues_js(this: &WidgetCallbacks, issues: &JsValue) -> Result<(), JsValue>;
}

/// A callback that throws must not take the widget down with it.
fn heard(name: &str, result: Result<(), JsValue>) {
    if let Err(thrown) = result {
        log::error(&format!("callback {name} threw: {}", js::describe(&thrown)));
    }
}

impl Surroundings for WidgetCallbacks {
    fn load_engine(&self, kind: EngineKind) -> Loading {
        let returned = self.load_engine_js(kind.name());
        Box::pin(async move {
            let resolved = js_sys::Promise::resolve(&returned.map_err(|thrown| js::describe(&thrown))?);
            wasm_bindgen_futures::JsFuture::from(resolved).await.map_err(|thrown| js::describe(&thrown))?;
            Ok(())
        })
    }

    fn show_chat(&self, kind: EngineKind) {
        heard("engineReady", self.engine_ready_js(kind.name()));
    }

    fn open_change(&self, open: bool) {
        heard("openChange", self.open_change_js(open));
    }

    fn focus_composer(&self) {
        heard("focusComposer", self.focus_composer_js());
    }

    fn new_thread(&self) {
        heard("newThread", self.new_thread_js());
    }

    fn problem(&self, problem: &Problem, texts: &Texts) {
        let object = Object::new();
        js::set(&object, "key", problem.key().name());
        js::set(&object, "message", problem.server_text().unwrap_or_else(|| texts.get(problem.key())));
        js::set(&object, "detail", problem.detail());
        js::set(&object, "retryable", problem.retryable());
        js::set(&object, "severity", problem.severity().name());
        heard("problem", self.problem_js(&object));
    }

    fn config_issues(&self, issues: &[Issue]) {
        if issues.is_empty() {
            return;
        }
        let list: Array = issues
            .iter()
            .map(|issue| {
                let object = Object::new();
                js::set(&object, "path", issue.path.as_str());
                js::set(&object, "message", issue.message.as_str());
                object
            })
            .collect();
        heard("configIssues", self.config_issues_js(&list));
    }
}
