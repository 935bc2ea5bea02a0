//! What a modal panel asks of the page behind it: out of reach of keyboard and screen reader, and still.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, HtmlElement, MutationObserverInit, Node, ShadowRoot};

use crate::web::dom;
use crate::web::observe::Observer;

/// Holds the page behind while it lives; dropped, everything is as it was before.
pub(super) struct Modal {
    held: Rc<RefCell<Vec<Element>>>,
    _arrivals: Observer,
    scrolling: Option<Scrolling>,
}

impl Modal {
    /// Makes everything inert that does not hold `host`, also what is put beside it later.
    pub(super) fn new(host: &HtmlElement) -> Self {
        let held: Rc<RefCell<Vec<Element>>> = Rc::default();
        hold(host, &held);
        let arrivals = Observer::new(Box::new({
            let (held, host) = (held.clone(), host.clone());
            move || hold(&host, &held)
        }));
        let watched = MutationObserverInit::new();
        watched.set_child_list(true);
        for (parent, _) in ancestors(host) {
            arrivals.watch(&parent, &watched);
        }
        Self { held, _arrivals: arrivals, scrolling: Scrolling::stop() }
    }
}

impl Drop for Modal {
    fn drop(&mut self) {
        for element in self.held.take() {
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
fn hold(host: &HtmlElement, held: &RefCell<Vec<Element>>) {
    let mut found: Vec<Element> = Vec::new();
    for (parent, way) in ancestors(host) {
        let mut next = parent.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            if child != way
                && let Ok(element) = child.dyn_into::<HtmlElement>()
                && element.matches("[inert],head,script,style,link,dialog") == Ok(false)
            {
                found.push(element.into());
            }
        }
    }
    held.borrow_mut().extend(found.iter().cloned());
    // Elements of the page's own may hear of it at once and close the panel: nothing is borrowed any more.
    for element in found {
        dom::set_attribute(&element, "inert", Some(""));
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
