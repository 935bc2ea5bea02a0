//! What a screen reader is told politely about an answer: that it began, and the whole of it once it is complete. Never
//! the growing text, which would be read out again with every word.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::state::select::{Body, View};
use crate::text::Key;
use crate::web::clock;

/// Until the words are taken back: a screen reader has them by then, and somebody who walks through the page must not
/// meet the answer twice.
const SAID_WITHIN: Duration = Duration::from_secs(2);

/// The words for a live region inside `root`.
#[hook]
pub fn use_spoken(root: &NodeRef, view: &View) -> AttrValue {
    let said = use_state_eq(AttrValue::default);
    let timer = use_mut_ref(|| None::<Timeout>);
    let was_busy = use_mut_ref(|| false);
    // A thread being loaded keeps the element busy as well, but nobody answers then.
    let busy = view.busy && matches!(view.body, Body::Thread { .. });
    let (root, setter) = (root.clone(), said.setter());
    let words = view.words;
    use_effect_with(busy, move |busy| {
        if *busy == was_busy.replace(*busy) {
            return;
        }
        setter.set(if *busy { words.get(Key::Answering).into() } else { last_answer(&root).into() });
        *timer.borrow_mut() = Some(clock::after(SAID_WITHIN, move || setter.set(AttrValue::default())));
    });
    (*said).clone()
}

/// What an answer consists of for somebody who hears it: its words, notes, single steps, and what images show. How it came
/// about, folded away on screen as well, is not read out.
const HEARD: &str = ".ck-turn:last-child :is(.ck-part, .ck-note, div.ck-step, .ck-image img)";

/// The words of the newest turn's answer as they stand on screen, without markup.
fn last_answer(root: &NodeRef) -> String {
    let parts = root.cast::<Element>().and_then(|root| root.query_selector_all(HEARD).ok());
    let Some(parts) = parts else { return String::new() };
    let text = |index| {
        let part: HtmlElement = parts.get(index)?.dyn_into().ok()?;
        Some(part.get_attribute("alt").unwrap_or_else(|| part.inner_text()))
    };
    (0..parts.length()).filter_map(text).collect::<Vec<_>>().join("\n")
}
