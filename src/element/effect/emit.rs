//! Events of the element as the page sees them (ChatKit protocol §4).

use js_sys::Object;
use wasm_bindgen::JsValue;

use crate::element::bridge;
use crate::json::Json;
use crate::state::HostEvent;
use crate::web::js;

/// Name and `detail` of the CustomEvent.
pub fn event(event: &HostEvent) -> (&'static str, JsValue) {
    match event {
        HostEvent::Ready => ("chatkit.ready", JsValue::NULL),
        HostEvent::Error { name, message } => {
            ("chatkit.error", object([("error", js::error(name, message))]))
        }
        HostEvent::ResponseStart => ("chatkit.response.start", JsValue::NULL),
        HostEvent::ResponseEnd => ("chatkit.response.end", JsValue::NULL),
        HostEvent::HistoryOpen => ("chatkit.history.open", JsValue::NULL),
        HostEvent::HistoryClose => ("chatkit.history.close", JsValue::NULL),
        HostEvent::ThreadChange(id) => {
            let id = id.as_deref().map_or(JsValue::NULL, JsValue::from_str);
            ("chatkit.thread.change", object([("threadId", id)]))
        }
        HostEvent::ThreadLoadStart(id) => ("chatkit.thread.load.start", object([("threadId", id.into())])),
        HostEvent::ThreadLoadEnd(id) => ("chatkit.thread.load.end", object([("threadId", id.into())])),
        HostEvent::Effect { name, data } => ("chatkit.effect", named(name, Some(data))),
        HostEvent::Deeplink { name, data } => ("chatkit.deeplink", named(name, data.as_ref())),
        HostEvent::ToolChange(id) => {
            let id = id.as_deref().map_or(JsValue::NULL, JsValue::from_str);
            ("chatkit.tool.change", object([("toolId", id)]))
        }
        HostEvent::Log { name, data } => ("chatkit.log", named(name, Some(data))),
    }
}

/// `{name, data?}`
fn named(name: &str, data: Option<&Json>) -> JsValue {
    let detail = object([("name", name.into())]);
    if let Some(data) = data.filter(|data| !data.is_null()) {
        js::set(&detail, "data", bridge::value(data));
    }
    detail
}

fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        js::set(&object, name, value);
    }
    object.into()
}
