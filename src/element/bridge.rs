//! Bridge: the options object of the host page, as plain data and as functions to call.
//!
//! Everything in the object is foreign: getters may throw, objects may contain themselves, proxies may answer
//! what they like. Reading it gives a [`Raw`] in any case; the validation says what is wrong with it.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::config::Raw;
use crate::json::{self, Json};
use crate::web::js;

/// Deeper than any option; what lies below is not read.
const DEPTH: usize = 24;
/// More values than any options hold. Without a bound, a few objects that share each other level by level
/// unfold into millions.
const VALUES: usize = 20_000;

/// Mirrors a JavaScript value. Keys whose value is `undefined` are left out: hosts write
/// `{ header: undefined }` and mean no header.
pub fn raw(value: &JsValue) -> Raw {
    Reader { values: VALUES, ancestors: Vec::new() }.read(value)
}

/// Plain data of the page as JSON; `undefined` counts as null. What JSON leaves out (functions within objects) is left
/// out.
///
/// # Errors
/// Why it cannot be written as JSON: a function, a circle, a `BigInt`, a getter that throws.
pub fn json(value: &JsValue) -> Result<Json, String> {
    if value.is_undefined() {
        return Ok(Json::Null);
    }
    let text = JSON::stringify(value).map_err(|thrown| js::describe(&thrown))?;
    // For a function or a symbol alone, `stringify` gives `undefined`, whatever its type says.
    let text = text.as_string().ok_or("a function or a symbol")?;
    json::read(&text).map_err(|_| "nothing JSON could be read from".to_owned())
}

/// JSON as a JavaScript value.
pub fn value(json: &Json) -> JsValue {
    // Never fails for what our own writer wrote.
    JSON::parse(&json.to_string()).unwrap_or(JsValue::UNDEFINED)
}

struct Reader {
    values: usize,
    ancestors: Vec<JsValue>,
}

impl Reader {
    fn read(&mut self, value: &JsValue) -> Raw {
        let Some(values) = self.values.checked_sub(1) else {
            return Raw::Other("more values than options can have".to_owned());
        };
        self.values = values;
        if value.is_null() {
            return Raw::Null;
        }
        if let Some(value) = value.as_bool() {
            return Raw::Bool(value);
        }
        if let Some(number) = value.as_f64() {
            return Raw::Number(number, js::number(number));
        }
        if let Some(value) = value.as_string() {
            return Raw::String(value);
        }
        if value.is_function() {
            return Raw::Function;
        }
        if !value.is_object() {
            return Raw::Other(value.js_typeof().as_string().unwrap_or_default());
        }
        if self.ancestors.contains(value) {
            return Raw::Other("an object that contains itself".to_owned());
        }
        if self.ancestors.len() >= DEPTH {
            return Raw::Other("a value nested too deep".to_owned());
        }
        self.ancestors.push(value.clone());
        let raw = if Array::is_array(value) { self.array(value) } else { self.object(value) };
        self.ancestors.pop();
        raw
    }

    fn array(&mut self, value: &JsValue) -> Raw {
        let length = Reflect::get(value, &JsValue::from_str("length"));
        let Some(length) = length.ok().and_then(|length| length.as_f64()) else { return throwing() };
        let mut items = Vec::new();
        let mut index = 0;
        // A sparse array may claim more elements than fit into memory.
        while f64::from(index) < length && self.values > 0 {
            items.push(match Reflect::get_u32(value, index) {
                Ok(item) => self.read(&item),
                Err(_) => throwing(),
            });
            index += 1;
        }
        Raw::Array(items)
    }

    fn object(&mut self, value: &JsValue) -> Raw {
        let class = class_of(value);
        if class != "Object" {
            return Raw::Other(format!("a {class}"));
        }
        let Ok(keys) = Reflect::own_keys(value) else { return throwing() };
        let mut entries = Vec::new();
        for key in keys.iter() {
            // Symbols have no path and no meaning as options.
            let Some(name) = key.as_string() else { continue };
            match Reflect::get(value, &key) {
                Ok(value) if value.is_undefined() => {}
                Ok(value) => entries.push((name, self.read(&value))),
                Err(_) => entries.push((name, throwing())),
            }
            if self.values == 0 {
                break;
            }
        }
        Raw::Object(entries)
    }
}

fn throwing() -> Raw {
    Raw::Other("a property that throws when read".to_owned())
}

/// `Object`, `Promise`, `Date` …: what `Object.prototype.toString` says, which works for objects of other
/// realms (an iframe's plain object is no `instanceof Object` here).
fn class_of(value: &JsValue) -> String {
    let to_string: Result<Function, _> =
        Reflect::get(&Object::new(), &JsValue::from_str("toString")).and_then(JsCast::dyn_into);
    let tag = to_string.and_then(|to_string| to_string.call0(value)).ok();
    let tag = tag.and_then(|tag: JsValue| tag.as_string()).unwrap_or_default();
    tag.trim_start_matches("[object ").trim_end_matches(']').to_owned()
}

/// The `files` of `setComposerValue`, which JSON knows nothing of.
///
/// # Errors
/// What is wrong with them, for the integrator.
pub fn files(params: &JsValue) -> Result<Vec<File>, String> {
    // Fails for anything that is no object, which is somebody else's to say.
    let files = Reflect::get(params, &JsValue::from_str("files")).unwrap_or(JsValue::UNDEFINED);
    if files.is_undefined() || files.is_null() {
        return Ok(Vec::new());
    }
    if !Array::is_array(&files) {
        return Err("setComposerValue: $.files: expected an array of File objects".to_owned());
    }
    let files = Array::from(&files);
    files
        .iter()
        .enumerate()
        .map(|(index, file)| match class_of(&file).as_str() {
            // By what it says it is: a file of another realm is no `instanceof File` here.
            "File" => Ok(file.unchecked_into()),
            other => Err(format!(
                "setComposerValue: $.files[{index}]: expected a File, got a {other}; write new File([blob], \"name.pdf\", {{ type: blob.type }})"
            )),
        })
        .collect()
}

/// A function of the host page.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback(Function);

impl From<Function> for Callback {
    fn from(function: Function) -> Self {
        Self(function)
    }
}

impl Callback {
    /// Calls it **detached**, with no `this`: `api: { fetch: window.fetch }` throws "Illegal invocation" when
    /// called as a method of `api`.
    ///
    /// # Errors
    /// What the function throws.
    pub fn call(&self, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
        Reflect::apply(&self.0, &JsValue::UNDEFINED, &arguments.iter().collect::<Array>())
    }

    /// Calls it detached and waits for what it gives, promise or not.
    ///
    /// # Errors
    /// What the function throws, or its promise rejects with.
    pub async fn call_async(&self, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
        JsFuture::from(Promise::resolve(&self.call(arguments)?)).await
    }

    /// The function itself.
    pub fn as_function(&self) -> &Function {
        &self.0
    }
}

/// The functions found in the options. Read from the same object as the [`Raw`] whose validation said they are
/// functions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Callbacks {
    /// `api.fetch(input, init)`
    pub fetch: Option<Callback>,
    /// `api.idempotent()`
    pub idempotent: Option<Callback>,
    /// `onClientTool({ name, params })`
    pub client_tool: Option<Callback>,
    /// `header.leftAction.onClick()`
    pub header_left: Option<Callback>,
    /// `header.rightAction.onClick()`
    pub header_right: Option<Callback>,
    /// `entities.onTagSearch(query)`
    pub tag_search: Option<Callback>,
    /// `entities.onClick(entity)`
    pub entity_click: Option<Callback>,
    /// `entities.onRequestPreview(entity)`
    pub entity_preview: Option<Callback>,
    /// `commands.onSearch(query)`
    pub command_search: Option<Callback>,
    /// `commands.onSelect(command)`
    pub command_select: Option<Callback>,
    /// `widgets.onAction(action, { id, widget })`
    pub widget_action: Option<Callback>,
    /// In an app written in Rust: answers what would be asked of the functions above, in their place.
    #[cfg(feature = "components")]
    pub app: Option<crate::components::SiteFunctions>,
}

impl Callbacks {
    /// What the page's function says of its server now; `None` without one.
    pub fn is_idempotent(&self) -> Option<bool> {
        Some(self.idempotent.as_ref()?.call(&[]).is_ok_and(|answer| answer.is_truthy()))
    }

    /// Finds the functions in an options object; what is absent or no function is `None`.
    pub fn read(options: &JsValue) -> Self {
        let at = |path: &[&str]| {
            let mut value = options.clone();
            for key in path {
                // Fails for anything that is no object: then there is no function here.
                value = Reflect::get(&value, &JsValue::from_str(key)).ok()?;
            }
            value.dyn_into::<Function>().ok().map(Callback)
        };
        Self {
            fetch: at(&["api", "fetch"]),
            idempotent: at(&["api", "idempotent"]),
            client_tool: at(&["onClientTool"]),
            header_left: at(&["header", "leftAction", "onClick"]),
            header_right: at(&["header", "rightAction", "onClick"]),
            tag_search: at(&["entities", "onTagSearch"]),
            entity_click: at(&["entities", "onClick"]),
            entity_preview: at(&["entities", "onRequestPreview"]),
            command_search: at(&["commands", "onSearch"]),
            command_select: at(&["commands", "onSelect"]),
            widget_action: at(&["widgets", "onAction"]),
            #[cfg(feature = "components")]
            app: None,
        }
    }
}
