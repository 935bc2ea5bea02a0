//! What stands in the element's place when the element itself cannot draw: a sentence, made with plain DOM calls.
//!
//! After a panic the module's memory is not to be trusted, so nothing here borrows what the element borrows, and the
//! button calls the browser's own function, not one of ours.

use std::cell::{Cell, RefCell};

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::text::{self, Key};
use crate::web::{dom, js, listen, log};

thread_local! {
    /// What is to be replaced when the module fails: all elements of the page share it.
    static MOUNTS: RefCell<Vec<HtmlElement>> = const { RefCell::new(Vec::new()) };
    static HAPPENED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this module has panicked: then nothing of it may run any more, or it would panic again with every answer,
/// timer and frame that still comes.
pub fn happened() -> bool {
    HAPPENED.get()
}

/// What the reader can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing.
    None,
    /// Load the page again.
    Reload,
}

/// Remembers an element for [`on_panic`].
pub fn watch(mount: &HtmlElement) {
    MOUNTS.with(|mounts| {
        if let Ok(mut mounts) = mounts.try_borrow_mut() {
            mounts.push(mount.clone());
        }
    });
    hook();
}

/// Sets [`on_panic`] up, once: after a panic a hook can no longer be set, and trying to would fail a second element.
/// Through Yew, which overwrites any other hook when it renders.
fn hook() {
    thread_local! {
        static IS_SET: Cell<bool> = const { Cell::new(false) };
    }
    if !IS_SET.replace(true) && !std::thread::panicking() {
        let before = std::panic::take_hook();
        yew::set_custom_panic_hook(Box::new(move |info| {
            on_panic(&info.to_string());
            before(info);
        }));
    }
}

/// Forgets an element that is gone.
pub fn forget(mount: &HtmlElement) {
    MOUNTS.with(|mounts| {
        if let Ok(mut mounts) = mounts.try_borrow_mut() {
            mounts.retain(|other| other != mount);
        }
    });
}

/// Fills `mount` with one sentence.
pub fn show(mount: &HtmlElement, key: Key, remedy: Remedy) {
    mount.set_text_content(None);
    let Some(document) = dom::document() else { return };
    let make = |tag: &str, class: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_class_name(class);
        Some(element)
    };
    let (Some(all), Some(sentence)) = (make("div", "ck-trouble"), make("p", "")) else { return };
    dom::set_attribute(&all, "role", Some("alert"));
    sentence.set_text_content(Some(text::get(key)));
    append(&all, &sentence);
    if remedy == Remedy::Reload
        && let Some(button) = make("button", "ck-button ck-button-primary")
        && let Some(reload) = reload()
    {
        dom::set_attribute(&button, "type", Some("button"));
        button.set_text_content(Some(text::get(Key::ReloadPage)));
        let _ = button.add_event_listener_with_callback("click", &reload);
        append(&all, &button);
    }
    append(mount, &all);
}

/// Puts the sentence where each element was and tells the page.
fn on_panic(what: &str) {
    HAPPENED.set(true);
    log::error(&format!("a bug in chatkit-widget: {what}"));
    let mounts = MOUNTS.with(|mounts| mounts.try_borrow().map(|mounts| mounts.clone()).unwrap_or_default());
    for mount in mounts {
        show(&mount, Key::Unexpected, Remedy::Reload);
        if let Ok(root) = mount.get_root_node().dyn_into::<ShadowRoot>() {
            let detail = js_sys::Object::new();
            js::set(&detail, "error", js::error("ChatKitInternalError", what));
            listen::dispatch(&root.host(), "chatkit.error", &detail);
        }
    }
}

/// `location.reload`, bound by the browser.
fn reload() -> Option<Function> {
    let location: JsValue = web_sys::window()?.location().into();
    Some(js::get_function(&location, "reload")?.bind0(&location))
}

fn append(parent: &Element, child: &Element) {
    // Fails only for a node that contains its new parent.
    let _ = parent.append_child(child);
}
