//! What is made more beautiful when more of the package has come: colours in code, formulas as formulas.
//!
//! The node that is meant says so by an event, which bubbles up to the root of what we draw and stays in it. Whoever
//! listens there (the package's TypeScript, a Yew app) may do something with the node; where nobody does, code is plain
//! and a formula is its TeX. Such a listener touches no node that is drawn here:
//!
//! - code gets its colours from CSS highlights, which are no nodes;
//! - a formula has an empty element of its own to be drawn in ([`Formula`]).

use std::rc::Rc;

use yew::prelude::*;

use crate::web::listen;

/// The event of a `<code>` whose text changed; its language is in `data-lang`.
pub const DRAWN_CODE: &str = "ck-code";
/// The event of a formula that was drawn or changed: an element whose first child holds the TeX and whose last, empty
/// one is for the formula. `data-display` says that it stands on a line of its own.
pub const DRAWN_FORMULA: &str = "ck-math";

/// A node that says `name` after each time it was drawn.
#[hook]
pub(super) fn use_later(name: &'static str) -> NodeRef {
    let node = use_node_ref();
    let drawn = node.clone();
    use_effect(move || {
        if let Some(node) = drawn.get() {
            listen::announce(&node, name);
        }
    });
    node
}

/// Properties of [`Formula`].
#[derive(Properties, PartialEq)]
pub(super) struct FormulaProps {
    /// TeX.
    pub(super) source: Rc<str>,
    /// On a line of its own.
    pub(super) display: bool,
}

/// A formula.
#[component]
pub(super) fn Formula(props: &FormulaProps) -> Html {
    let node = use_later(DRAWN_FORMULA);
    html! {
        <span class="ck-md-math" ref={node} data-display={props.display.then_some("")}>
            <code>{ AttrValue::from(props.source.clone()) }</code>
            <span></span>
        </span>
    }
}
