//! What a modal panel asks of the page behind it: out of reach of keyboard and screen reader, and still.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{
    CssStyleDeclaration, Element, HtmlElement, MutationObserver, MutationObserverInit, Node, ShadowRoot,
};

use crate::web::dom;

/// Holds the page behind while it lives; dropped, everything is as it was before.
pub(super) struct Modal {
    held: Rc<RefCell<Vec<Element>>>,
    observer: Option<MutationObserver>,
    _arrived: Closure<dyn FnMut()>,
    scrolling: Option<Scrolling>,
}

impl Modal {
    /// Makes everything inert that does not hold `host`, also what is put beside it later.
    pub(super) fn new(host: &HtmlElement) -> Self {
        let held = Rc::new(RefCell::new(Vec::new()));
        hold(host, &mut held.borrow_mut());
        let arrived = Closure::new({
            let (held, host) = (held.clone(), host.clone());
            move || hold(&host, &mut held.borrow_mut())
        });
        let observer = MutationObserver::new(AsRef::<JsValue>::as_ref(&arrived).unchecked_ref()).ok();
        let watched = MutationObserverInit::new();
        watched.set_child_list(true);
        if let Some(observer) = &observer {
            for (parent, _) in ancestors(host) {
                // Throws for contradictory options only; these are not.
                let _ = observer.observe_with_options(&parent, &watched);
            }
        }
        Self { held, observer, _arrived: arrived, scrolling: Scrolling::stop() }
    }
}

impl Drop for Modal {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        for element in self.held.borrow_mut().drain(..) {
            dom::set_attribute(&element, "inert", None);
        }
        if let Some(scrolling) = &self.scrolling {
            scrolling.go_on();
        }
    }
}

/// The parents of `host` up to the document, each with its child on the way. A shadow root's way goes on at its host.
fn ancestors(host: &HtmlElement) -> Vec<(Node, Node)> {
    let mut child: Node = host.clone().into();
    let mut found = Vec::new();
    while let Some(parent) = child.parent_node() {
        found.push((parent.clone(), child));
        child = parent.dyn_into::<ShadowRoot>().map_or_else(|parent| parent, |shadow| shadow.host().into());
    }
    found
}

/// Everything beside the way to `host` becomes inert. What is inert already is the page's own affair; a `<dialog>` that
/// opens meanwhile lies above the panel, and must be usable.
fn hold(host: &HtmlElement, held: &mut Vec<Element>) {
    for (parent, way) in ancestors(host) {
        let mut next = parent.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            if child != way
                && let Ok(element) = child.dyn_into::<HtmlElement>()
                && element.matches("[inert],head,script,style,link,dialog") == Ok(false)
            {
                dom::set_attribute(&element, "inert", Some(""));
                held.push(element.into());
            }
        }
    }
}

/// How the page scrolled before.
struct Scrolling {
    style: CssStyleDeclaration,
    value: String,
    priority: String,
}

const OVERFLOW: &str = "overflow";

impl Scrolling {
    fn stop() -> Option<Self> {
        let style = dom::document()?.document_element()?.dyn_into::<HtmlElement>().ok()?.style();
        let value = style.get_property_value(OVERFLOW).unwrap_or_default();
        let before = Self { value, priority: style.get_property_priority(OVERFLOW), style };
        before.set("hidden", "important");
        Some(before)
    }

    fn go_on(&self) {
        self.set(&self.value, &self.priority);
    }

    fn set(&self, value: &str, priority: &str) {
        // Throws for read-only styles only; that of an element is not.
        let _ = self.style.set_property_with_priority(OVERFLOW, value, priority);
    }
}
