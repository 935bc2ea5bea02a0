//! What a screen reader is told politely about an answer: that it began, and the whole of it once it is complete. Never
//! the growing text, which would be read out again with every word.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::state::select::{Body, ComposerMode, View};
use crate::text::{ChatKey, Key};
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
    let asks = matches!(view.composer.mode, ComposerMode::Structured(_));
    use_effect_with(busy, move |busy| {
        if *busy == was_busy.replace(*busy) {
            return;
        }
        let mut now = if *busy { words.get(Key::Answering).to_owned() } else { last_answer(&root) };
        if !busy && asks {
            // The form that took the composer's place is not on the way of who does not write in it.
            now.push_str(words.get(ChatKey::Questions));
        }
        setter.set(now.into());
        *timer.borrow_mut() = Some(clock::after(SAID_WITHIN, move || setter.set(AttrValue::default())));
    });
    (*said).clone()
}

/// What an answer consists of for somebody who hears it: its words, notes, single steps, and what images show. How it came
/// about, folded away on screen as well, is not read out.
const HEARD: &str = ".ck-stretch:last-child > .ck-turn:last-child :is(.ck-part :is(p, h1, h2, h3, h4, h5, h6, pre, th, td), .ck-note, \
    div.ck-step, .ck-image img)";

/// About as many bytes are said at most. An announcement cannot be paused or skipped through; what is longer is read in
/// the conversation itself.
const SAID_AT_MOST: usize = 20_000;

/// The words of the newest turn's answer, without markup. Block by block and not `innerText` of the whole: that would lay
/// out everything that the browser does not show.
fn last_answer(root: &NodeRef) -> String {
    let parts = root.cast::<Element>().and_then(|root| root.query_selector_all(HEARD).ok());
    let Some(parts) = parts else { return String::new() };
    let mut said = String::new();
    for index in 0..parts.length() {
        let part = parts.get(index).and_then(|part| part.dyn_into::<Element>().ok());
        let text = part.and_then(|part| part.get_attribute("alt").or_else(|| part.text_content()));
        said.push_str(text.as_deref().unwrap_or_default());
        said.push('\n');
        if said.len() > SAID_AT_MOST {
            break;
        }
    }
    said.pop();
    said
}
