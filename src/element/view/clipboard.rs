//! Copying.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::text::ChatKey;
use crate::web::{clock, js};

/// How long the outcome stays: long enough to be read, short enough to copy again without doubt.
const SAID_FOR: Duration = Duration::from_secs(3);

/// A callback that copies, the same at every render, and what to say about the last copy.
#[hook]
pub fn use_copy() -> (Callback<AttrValue>, Option<ChatKey>) {
    let said = use_state_eq(|| None::<ChatKey>);
    let timer = use_mut_ref(|| None::<Timeout>);
    let copy = use_callback(said.setter(), move |text: AttrValue, said| {
        let (said, timer) = (said.clone(), timer.clone());
        spawn_local(async move {
            said.set(Some(if write(&text).await { ChatKey::Copied } else { ChatKey::CopyFailed }));
            *timer.borrow_mut() = Some(clock::after(SAID_FOR, move || said.set(None)));
        });
    });
    (copy, *said)
}

/// Puts `text` on the clipboard; whether the browser allowed it. Pages without https have no clipboard.
async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = js::get(&window.navigator(), "clipboard");
    let Some(write) = js::get_function(&clipboard, "writeText") else { return false };
    let Ok(promise) = write.call1(&clipboard, &JsValue::from_str(text)) else { return false };
    match promise.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}
