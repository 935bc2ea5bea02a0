//! Things to hold on to in the test page.

use std::cell::RefCell;
use std::rc::Rc;

use chatkit_widget::container::WidgetHandle;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent};

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// An empty div in the page, gone when dropped.
pub struct Place(HtmlElement);

impl Place {
    pub fn new() -> Self {
        let element: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&element).unwrap();
        Self(element)
    }

    pub fn element(&self) -> Element {
        self.0.clone().into()
    }

    pub fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    pub fn button(&self) -> HtmlElement {
        self.find("button").unwrap()
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.0.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// What the widget told its page, in order.
#[derive(Clone, Default)]
pub struct Told(Rc<RefCell<Vec<String>>>);

impl Told {
    pub fn all(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    pub fn count(&self, start: &str) -> usize {
        self.0.borrow().iter().filter(|line| line.starts_with(start)).count()
    }
}

/// A page with a widget in it: the parts TypeScript would make, its callbacks, the handle.
pub struct Page {
    pub place: Place,
    pub handle: WidgetHandle,
    pub told: Told,
    /// Resolves or rejects `loadEngine` of that call: `[resolve, reject]`.
    engines: Rc<RefCell<Vec<(Function, Function)>>>,
    _callback: Closure<dyn FnMut(String, JsValue) -> JsValue>,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify)]
    fn stringify(value: &JsValue) -> JsValue;
}

const CALLBACKS: [&str; 7] =
    ["loadEngine", "engineReady", "openChange", "focusComposer", "newThread", "problem", "configIssues"];

impl Page {
    pub fn new(options: &str) -> Self {
        let place = Place::new();
        place.0.set_class_name("ckw");
        // `inert` works without a style sheet, which is not under test here.
        place.0.set_inner_html(
            r#"<div class="ckw-launcher"></div><section class="ckw-panel" id="ckw-panel-1" inert>
               <div class="ckw-chrome"></div><div class="ckw-body"><input id="composer"></div></section>"#,
        );
        let parts = Object::new();
        let set = |object: &Object, name: &str, value: &JsValue| {
            Reflect::set(object, &name.into(), value).unwrap();
        };
        set(&parts, "host", &place.0);
        for name in ["launcher", "panel", "chrome"] {
            set(&parts, name, &place.find(&format!(".ckw-{name}")).unwrap());
        }
        let (told, engines) = (Told::default(), Rc::new(RefCell::new(Vec::new())));
        let (log, loads) = (told.clone(), engines.clone());
        let callback = Closure::new(move |name: String, argument: JsValue| -> JsValue {
            let argument = stringify(&argument).as_string().unwrap_or_default();
            log.0.borrow_mut().push(format!("{name} {argument}").trim().to_owned());
            if name != "loadEngine" {
                return JsValue::UNDEFINED;
            }
            let loads = loads.clone();
            Promise::new(&mut move |resolve, reject| loads.borrow_mut().push((resolve, reject))).into()
        });
        let callbacks = Object::new();
        for name in CALLBACKS {
            let bound = Function::new_with_args("f, name", "return argument => f(name, argument)");
            let bound = bound.call2(&JsValue::UNDEFINED, callback.as_ref(), &name.into()).unwrap();
            set(&callbacks, name, &bound);
        }
        let options = js_sys::JSON::parse(options).unwrap();
        let handle = WidgetHandle::new(parts.unchecked_ref(), &options, callbacks.unchecked_into());
        Self { place, handle, told, engines, _callback: callback }
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.place.find(selector)
    }

    pub fn toggle(&self) -> HtmlElement {
        self.find(".ckw-toggle").unwrap()
    }

    pub fn panel(&self) -> HtmlElement {
        self.find(".ckw-panel").unwrap()
    }

    pub fn chrome(&self) -> String {
        self.find(".ckw-chrome").and_then(|chrome| chrome.text_content()).unwrap_or_default()
    }

    pub fn state(&self) -> String {
        self.place.0.get_attribute("data-panel").unwrap_or_default()
    }

    pub fn loads(&self) -> usize {
        self.engines.borrow().len()
    }

    pub fn engine_arrives(&self, load: usize) {
        let (resolve, _) = self.engines.borrow()[load].clone();
        resolve.call0(&JsValue::UNDEFINED).unwrap();
    }

    pub fn engine_fails(&self, load: usize) {
        let (_, reject) = self.engines.borrow()[load].clone();
        reject.call1(&JsValue::UNDEFINED, &js_sys::Error::new("blocked")).unwrap();
    }

    pub fn key(&self, target: &HtmlElement, key: &str) {
        let make = Function::new_with_args(
            "key",
            "return new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true })",
        );
        let event: KeyboardEvent = make.call1(&JsValue::UNDEFINED, &key.into()).unwrap().unchecked_into();
        target.dispatch_event(&event).unwrap();
    }

    pub fn event(&self, name: &str, detail: &str) {
        self.handle.chatkit_event(name, &js_sys::JSON::parse(detail).unwrap());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}
