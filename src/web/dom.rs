//! Focus and attributes of plain elements.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement, Node, ShadowRoot};

/// The page's document.
#[must_use]
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Moves the focus to `element` without scrolling the page below a floating panel.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Throws in no browser we know of; an element that cannot take the focus ignores the call.
    let _ = element.focus_with_options(&options);
}

/// The element with the focus in the tree `node` lives in: the document's, or its shadow root's.
#[must_use]
pub fn active_element(node: &Node) -> Option<Element> {
    let root = node.get_root_node();
    match root.dyn_into::<ShadowRoot>() {
        Ok(shadow) => shadow.active_element(),
        Err(root) => root.dyn_into::<Document>().ok()?.active_element(),
    }
}

/// Whether the focus is on `node` or inside it. Focus inside a shadow root counts for its host.
#[must_use]
pub fn has_focus(node: &Node) -> bool {
    active_element(node).is_some_and(|active| node.contains(Some(&active)))
}

/// Sets or removes an attribute.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Throws only for names that are no names; ours are literals.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
