//! Being told when the document changes, or the size of something in it.

use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserver, MutationObserverInit, Node, ResizeObserver};

/// Watches nodes for as long as it lives.
pub struct Observer {
    observer: Option<MutationObserver>,
    _changed: Closure<dyn FnMut()>,
}

impl Observer {
    /// Calls `changed` after something watched has changed, in a microtask: never from within what changes it.
    #[must_use = "dropping it ends the watch"]
    pub fn new(changed: Box<dyn FnMut()>) -> Self {
        let changed = Closure::wrap(changed);
        let observer = MutationObserver::new(AsRef::<JsValue>::as_ref(&changed).unchecked_ref()).ok();
        Self { observer, _changed: changed }
    }

    /// Watches `node` as well.
    pub fn watch(&self, node: &Node, what: &MutationObserverInit) {
        if let Some(observer) = &self.observer {
            // Throws where nothing or something contradictory is to be watched.
            let _ = observer.observe_with_options(node, what);
        }
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Watches the sizes of elements for as long as it lives.
pub struct Sizes {
    observer: Option<ResizeObserver>,
    _changed: Closure<dyn FnMut()>,
}

impl Sizes {
    /// Calls `changed` when the browser has laid out something watched in another size, before it paints it: what is
    /// measured then costs no layout. Once for the first size as well.
    #[must_use = "dropping it ends the watch"]
    pub fn new(changed: Box<dyn FnMut()>) -> Self {
        let changed = Closure::wrap(changed);
        let observer = ResizeObserver::new(AsRef::<JsValue>::as_ref(&changed).unchecked_ref()).ok();
        Self { observer, _changed: changed }
    }

    /// Watches `element` as well.
    pub fn watch(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }
}

impl Drop for Sizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
