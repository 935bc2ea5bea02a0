//! Calling a function of the site.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::element::bridge::{self, Callback, Callbacks};
use crate::element::driver::{Driver, with};
use crate::json::Json;
use crate::state::{Action, SiteAsk, SiteCallId, SiteError};
use crate::web::js;

/// Calls the function `ask` names, as of the newest options, and reports for `call` what comes of it.
pub fn ask(driver: &Driver, call: SiteCallId, ask: SiteAsk) {
    #[cfg(feature = "components")]
    if let Some(app) = driver.callbacks.borrow().app.clone() {
        return answer_with(driver, call, async move { app.answer(ask).await });
    }
    let function = function(&driver.callbacks.borrow(), &ask).cloned();
    answer_with(driver, call, async move {
        match function {
            Some(function) => run(&function, &ask).await,
            None => Err(SiteError::NoHandler),
        }
    });
}

fn answer_with(
    driver: &Driver,
    call: SiteCallId,
    answer: impl Future<Output = Result<Json, SiteError>> + 'static,
) {
    let weak = driver.weak();
    // Not a task of the driver's: a function that was called runs to its end whatever becomes of the element.
    spawn_local(async move {
        let answer = answer.await;
        with(&weak, |driver| driver.dispatch(Action::Site { call, answer }));
    });
}

async fn run(function: &Callback, ask: &SiteAsk) -> Result<Json, SiteError> {
    match function.call_async(&[argument(ask)]).await {
        Ok(value) => bridge::json(&value).map_err(SiteError::NotData),
        Err(thrown) => Err(SiteError::Threw(message(&thrown))),
    }
}

fn function<'a>(callbacks: &'a Callbacks, ask: &SiteAsk) -> Option<&'a Callback> {
    match ask {
        SiteAsk::ClientTool { .. } => callbacks.client_tool.as_ref(),
        SiteAsk::TagSearch(_) => callbacks.tag_search.as_ref(),
        SiteAsk::EntityClick(_) => callbacks.entity_click.as_ref(),
        SiteAsk::EntityPreview(_) => callbacks.entity_preview.as_ref(),
        SiteAsk::CommandSearch(_) => callbacks.command_search.as_ref(),
        SiteAsk::CommandSelect(_) => callbacks.command_select.as_ref(),
    }
}

fn argument(ask: &SiteAsk) -> JsValue {
    match ask {
        SiteAsk::ClientTool { name, params } => {
            let argument = Object::new();
            js::set(&argument, "name", name.as_str());
            js::set(&argument, "params", bridge::value(params));
            argument.into()
        }
        SiteAsk::TagSearch(query) | SiteAsk::CommandSearch(query) => query.as_str().into(),
        SiteAsk::EntityClick(data) | SiteAsk::EntityPreview(data) | SiteAsk::CommandSelect(data) => {
            bridge::value(data)
        }
    }
}

/// What an `Error` says, without its name: a model is told this sentence, too.
fn message(thrown: &JsValue) -> String {
    js::get_string(thrown, "message")
        .filter(|message| !message.is_empty())
        .unwrap_or_else(|| js::describe(thrown))
}
