//! What is left running in the test page.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

/// Listeners on window, document and media queries, and timers, that are there now.
pub struct Counts;

impl Counts {
    /// Starts counting.
    pub fn start() -> Self {
        let install = Function::new_no_args(
            "const n = window.ckwCounts = { listeners: 0, timers: new Set(), own: {} };
             const far = target => target === window || target === document || target instanceof MediaQueryList;
             const proto = EventTarget.prototype;
             n.own = { add: proto.addEventListener, remove: proto.removeEventListener, set: window.setTimeout, clear: window.clearTimeout };
             proto.addEventListener = function (...a) { if (far(this)) n.listeners++; return n.own.add.apply(this, a); };
             proto.removeEventListener = function (...a) { if (far(this)) n.listeners--; return n.own.remove.apply(this, a); };
             window.setTimeout = (f, ...a) => { const id = n.own.set.call(window, (...b) => { n.timers.delete(id); f(...b); }, ...a); n.timers.add(id); return id; };
             window.clearTimeout = id => { n.timers.delete(id); n.own.clear.call(window, id); };",
        );
        install.call0(&JsValue::UNDEFINED).unwrap();
        Self
    }

    /// `(listeners, timers)`.
    pub fn now(&self) -> (i32, i32) {
        let read = Function::new_no_args("return [window.ckwCounts.listeners, window.ckwCounts.timers.size]");
        let pair: Array = read.call0(&JsValue::UNDEFINED).unwrap().unchecked_into();
        let number = |index| pair.get(index).as_f64().unwrap() as i32;
        (number(0), number(1))
    }
}

impl Drop for Counts {
    fn drop(&mut self) {
        let restore = Function::new_no_args(
            "const { add, remove, set, clear } = window.ckwCounts.own;
             EventTarget.prototype.addEventListener = add; EventTarget.prototype.removeEventListener = remove;
             window.setTimeout = set; window.clearTimeout = clear;",
        );
        restore.call0(&JsValue::UNDEFINED).unwrap();
    }
}
