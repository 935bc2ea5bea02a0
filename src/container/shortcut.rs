//! The option `shortcut`, heard.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::widget::{Modifiers, Press, Shortcut};

/// What keys are for besides shortcuts.
const TAKES_TEXT: &str = "input,textarea,select,[role=textbox],[role=searchbox],[role=combobox]";

/// Whether this is a device of Apple's, where Command is what Control is elsewhere.
pub(super) fn on_apple() -> bool {
    let platform =
        web_sys::window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// Calls `pressed` when the shortcut is, for as long as the listener lives. On the window: everybody in the page comes
/// first and may take the key.
pub(super) fn listen(shortcut: Shortcut, pressed: impl Fn() + 'static) -> Option<EventListener> {
    let apple = on_apple();
    let options = EventListenerOptions::enable_prevent_default();
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        // Browsers that fill in a form dispatch a `keydown` that is none.
        if let Some(key) = event.dyn_ref::<KeyboardEvent>()
            && !event.default_prevented()
            && shortcut.matches(&press(key), apple)
        {
            event.prevent_default();
            pressed();
        }
    }))
}

fn press(event: &KeyboardEvent) -> Press {
    Press {
        key: event.key(),
        code: event.code(),
        held: Modifiers {
            control: event.ctrl_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
            meta: event.meta_key(),
        },
        alt_graph: event.get_modifier_state("AltGraph"),
        continued: event.is_composing() || event.repeat(),
        into_text: takes_text(event),
    }
}

/// Whether the key goes to something that takes text, also inside shadow roots: `target` would name their hosts.
fn takes_text(event: &Event) -> bool {
    let Ok(target) = event.composed_path().get(0).dyn_into::<Element>() else { return false };
    // An element of the page's own that is met itself hides what is in it.
    let hides = target.local_name().contains('-') && target.shadow_root().is_none();
    hides
        || target.matches(TAKES_TEXT) == Ok(true)
        || target.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}
