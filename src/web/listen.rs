//! Listeners that end when dropped.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Document, EventTarget, VisibilityState, Window};

/// Whether the browser believes to have a network. Wrong only in one direction: "offline" is always true.
#[must_use]
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether somebody can see the page.
#[must_use]
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

fn document() -> Option<Document> {
    web_sys::window().as_ref().and_then(Window::document)
}

/// Calls `then` each time the network comes back.
#[must_use]
pub fn on_online(then: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "online", move |_| then()))
}

/// Calls `then` with whether the browser believes to have a network: at once, and each time that changes.
#[must_use]
pub fn on_network(then: impl Fn(bool) + Clone + 'static) -> Vec<EventListener> {
    then(is_online());
    let Some(window) = web_sys::window() else { return Vec::new() };
    ["online", "offline"]
        .map(|name| {
            let then = then.clone();
            EventListener::new(&window, name, move |_| then(is_online()))
        })
        .into()
}

/// Calls `then` each time the page becomes visible or hidden: also after the device has slept.
#[must_use]
pub fn on_visibility(then: impl Fn(bool) + 'static) -> Option<EventListener> {
    let document = document()?;
    Some(EventListener::new(&document, "visibilitychange", move |_| then(is_visible())))
}

/// Waits until the browser believes to have a network; at once if it does. Dropping the future ends the wait.
pub async fn online() {
    let waker = Rc::new(RefCell::new(None::<Waker>));
    let woken = waker.clone();
    let _listener = on_online(move || {
        let waker = woken.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    poll_fn(|context| {
        if is_online() {
            return Poll::Ready(());
        }
        *waker.borrow_mut() = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
}

/// Calls `then` each time the page can be seen again: after the tab was hidden, the device slept, or the browser
/// brought the page back from its back/forward cache.
#[must_use]
pub fn on_wake(then: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    if let (Some(window), Some(document)) = (web_sys::window(), document()) {
        let wake = move || {
            if is_visible() {
                then();
            }
        };
        let also = wake.clone();
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| wake()));
        listeners.push(EventListener::new(&window, "pageshow", move |_| also()));
    }
    listeners
}

/// Calls `then` with whether the media query holds: at once, and each time that changes.
#[must_use]
pub fn on_media(query: &str, then: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = web_sys::window()?.match_media(query).ok()??;
    then(query.matches());
    let changed = query.clone();
    Some(EventListener::new(&query, "change", move |_| then(changed.matches())))
}

/// Dispatches a `CustomEvent` that bubbles up to the root of the shadow tree `target` is in, and not out of it.
pub fn announce(target: &EventTarget, name: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    send(target, name, &init);
}

/// Dispatches a `CustomEvent` that neither bubbles nor leaves its shadow root, as ChatKit's events do.
pub fn dispatch(target: &EventTarget, name: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_bubbles(false);
    init.set_composed(false);
    init.set_detail(detail);
    send(target, name, &init);
}

fn send(target: &EventTarget, name: &str, init: &CustomEventInit) {
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, init) {
        // Fails only if the event is being dispatched already.
        let _ = target.dispatch_event(event.unchecked_ref());
    }
}
