//! What was drawn plain, for an app that wants more of it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};
use yew::Callback;

use crate::element::markdown::{DRAWN_CODE, DRAWN_FORMULA};

/// Something in an answer that was drawn, or drawn anew because its text changed. The npm package colours code and sets
/// formulas with JavaScript libraries; an app has none of them unless it brings one, so code is plain and a formula is its
/// TeX. An app that does bring one must leave the nodes it is given as they are, but for what is said here.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// A block of code. Colours can be CSS highlights over its text.
    Code {
        /// The `<code>`; its text is all text inside.
        node: HtmlElement,
        /// The language as it was written; empty where none was.
        language: String,
    },
    /// A formula.
    Formula {
        /// Its first child holds the TeX. Its last child is empty and yours; while `node` has the attribute `data-drawn`,
        /// the TeX is hidden.
        node: HtmlElement,
        /// Whether it stands on a line of its own.
        display: bool,
    },
}

/// Listens until dropped.
pub(super) fn listen(host: &HtmlElement, on_drawn: &Callback<Drawn>) -> Vec<EventListener> {
    let Some(root) = host.shadow_root() else { return Vec::new() };
    let on = |name: &'static str, drawn: fn(HtmlElement) -> Drawn| {
        let on_drawn = on_drawn.clone();
        EventListener::new(&root, name, move |event: &Event| {
            if let Some(node) = event.target().and_then(|target| target.dyn_into().ok()) {
                on_drawn.emit(drawn(node));
            }
        })
    };
    let code = |node: HtmlElement| {
        let language = node.get_attribute("data-lang").unwrap_or_default();
        Drawn::Code { node, language }
    };
    let formula = |node: HtmlElement| {
        let display = node.has_attribute("data-display");
        Drawn::Formula { node, display }
    };
    vec![on(DRAWN_CODE, code), on(DRAWN_FORMULA, formula)]
}
