//! The look of the page around the widget, and being told when it changes.

use gloo_events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserverInit, Window};

use crate::web::dom;
use crate::web::observe::Observer;
use crate::widget::PageLook;

const DARK: &str = "(prefers-color-scheme: dark)";
const THEME_ATTRIBUTES: [&str; 3] = ["data-theme", "data-bs-theme", "data-color-mode"];

/// Reads it.
pub(super) fn look() -> PageLook {
    let Some(window) = web_sys::window() else { return PageLook::default() };
    let document = window.document();
    let html = document.as_ref().and_then(|document| document.document_element());
    let body = document.as_ref().and_then(|document| document.body());
    let style = |element: &Element, property: &str| computed(&window, element, property);
    let class = |element: &Element| element.class_name();
    PageLook {
        theme: html
            .as_ref()
            .and_then(|html| THEME_ATTRIBUTES.iter().find_map(|attribute| html.get_attribute(attribute))),
        classes: [html.as_ref().map(class), body.as_deref().map(class)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        color_scheme: html.as_ref().map(|html| style(html, "color-scheme")).unwrap_or_default(),
        background: [body.as_deref(), html.as_ref()]
            .into_iter()
            .flatten()
            .map(|element| style(element, "background-color"))
            .find(|color| !color.ends_with(", 0)"))
            .unwrap_or_default(),
        system_dark: window.match_media(DARK).ok().flatten().is_some_and(|query| query.matches()),
    }
}

fn computed(window: &Window, element: &Element, property: &str) -> String {
    let style = window.get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default()
}

/// Watches for as long as it lives.
pub(super) struct PageWatch {
    _page: Observer,
    _system: Option<EventListener>,
}

impl PageWatch {
    /// Calls `changed` when the page may look different.
    pub(super) fn new(changed: impl Fn() + Clone + 'static) -> Self {
        let page = Observer::new(Box::new(changed.clone()));
        let watched = MutationObserverInit::new();
        watched.set_attributes(true);
        let names = THEME_ATTRIBUTES.into_iter().chain(["class", "style"]).map(JsValue::from);
        watched.set_attribute_filter(&names.collect::<js_sys::Array>().unchecked_into());
        if let Some(document) = dom::document() {
            let html = document.document_element();
            for element in html.into_iter().chain(document.body().map(Element::from)) {
                page.watch(&element, &watched);
            }
        }
        let query = web_sys::window().and_then(|window| window.match_media(DARK).ok().flatten());
        let system = query.map(|query| EventListener::new(&query, "change", move |_| changed()));
        Self { _page: page, _system: system }
    }
}
