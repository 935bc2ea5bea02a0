//! A Yew app in the test page that shows what it is told to show.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::stand_in::{Answer, until};

const HELLO: &str = include_str!("../../fixtures/wire/hello.sse");

/// The streamed answer "Hello from the scripted server.".
pub fn hello() -> Answer {
    Answer::Now { status: 200, kind: "text/event-stream", body: HELLO.to_owned() }
}

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

#[derive(Clone, PartialEq, Properties)]
struct ShowProps {
    content: Html,
}

#[component]
fn Show(props: &ShowProps) -> Html {
    props.content.clone()
}

pub struct App {
    place: HtmlElement,
    app: Option<yew::AppHandle<Show>>,
}

impl App {
    pub fn new(content: Html) -> Self {
        let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        place.set_attribute("style", "height: 500px").unwrap();
        document().body().unwrap().append_child(&place).unwrap();
        let app = yew::Renderer::<Show>::with_root_and_props(place.clone().into(), ShowProps { content });
        Self { app: Some(app.render()), place }
    }

    pub fn show(&mut self, content: Html) {
        self.app.as_mut().unwrap().update(ShowProps { content });
    }

    pub fn place(&self) -> Element {
        self.place.clone().into()
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.place.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    /// The part of the conversation's shadow tree.
    pub fn in_chat(&self, selector: &str) -> Option<HtmlElement> {
        let hosts = self.place.query_selector_all("div").unwrap();
        let roots =
            (0..hosts.length()).filter_map(|at| hosts.get(at)?.unchecked_into::<Element>().shadow_root());
        roots.filter_map(|root| root.query_selector(selector).unwrap()).map(JsCast::unchecked_into).next()
    }

    pub fn chat_text(&self) -> String {
        self.in_chat(".ck").and_then(|chat| chat.text_content()).unwrap_or_default()
    }

    pub async fn until_chat_says(&self, text: &str) {
        until(text, || self.chat_text().contains(text)).await;
    }

    /// Asks as a reader does: in the composer, with the button.
    pub fn ask(&self, text: &str) {
        let field: HtmlTextAreaElement = self.in_chat("textarea").unwrap().unchecked_into();
        field.set_value(text);
        let event =
            js_sys::Function::new_no_args("return new Event('input', { bubbles: true, composed: true })");
        let event: Event = event.call0(&JsValue::UNDEFINED).unwrap().unchecked_into();
        field.dispatch_event(&event).unwrap();
    }

    pub fn key(&self, element: &Element, key: &str) {
        let event = js_sys::Function::new_with_args(
            "key",
            "return new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true })",
        );
        let event: Event = event.call1(&JsValue::UNDEFINED, &key.into()).unwrap().unchecked_into();
        element.dispatch_event(&event).unwrap();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.place.remove();
    }
}

/// What callbacks were told, in order.
#[derive(Clone, Default)]
pub struct Told(Rc<RefCell<Vec<String>>>);

impl Told {
    pub fn all(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    pub fn callback<T: std::fmt::Debug + 'static>(&self) -> Callback<T> {
        let told = self.0.clone();
        Callback::from(move |value: T| told.borrow_mut().push(format!("{value:?}")))
    }
}
