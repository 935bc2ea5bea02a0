//! The keyboard focus goes into the panel with the reader, follows what is asked there, and goes back to where it came
//! from.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::state::Doing;
use crate::state::select::HistoryView;
use crate::web::dom;

/// Where the reader is in the history.
#[derive(Clone, Debug, PartialEq)]
enum Spot {
    /// Not there.
    Out,
    /// In the list.
    In,
    /// Asked something about this thread.
    Asked(String),
}

impl Spot {
    fn of(view: Option<&HistoryView>) -> Self {
        let Some(view) = view else { return Spot::Out };
        let asks = |doing: &Doing| matches!(doing, Doing::Renaming { .. } | Doing::Asking { .. });
        view.rows.iter().find(|row| asks(&row.doing)).map_or(Spot::In, |row| Spot::Asked(row.id.clone()))
    }
}

/// Moves the focus inside `root` as the panel opens, asks and closes.
#[hook]
pub fn use_history_focus(root: &NodeRef, view: Option<&HistoryView>) {
    let was = use_mut_ref(|| Spot::Out);
    let came_from = use_mut_ref(|| None::<HtmlElement>);
    let root = root.clone();
    use_effect_with(Spot::of(view), move |spot| {
        let before = was.replace(spot.clone());
        let Some(root) = root.cast::<Element>().filter(|_| before != *spot) else { return };
        let find = |what: &str| root.query_selector(what).ok().flatten();
        match (before, spot) {
            (Spot::Out, Spot::In | Spot::Asked(_)) => {
                *came_from.borrow_mut() = focused(&root);
                focus(find(".ck-history button"));
            }
            (_, Spot::Asked(_)) => {
                let field = find(".ck-history [data-ask]");
                if let Some(field) = field.as_ref().and_then(|field| field.dyn_ref::<HtmlInputElement>()) {
                    field.select();
                }
                focus(field);
            }
            (Spot::Asked(id), Spot::In) => {
                // The row may be gone, and then so is what had the focus.
                let row = row(&root, &id).or_else(|| find(".ck-history button"));
                focus(row);
            }
            // Closing may have led to the composer.
            (_, Spot::Out) if dom::active_element(&root).is_some() => drop(came_from.take()),
            (_, Spot::Out) => {
                let back = came_from.take().filter(|element| element.is_connected());
                focus(back.map(Into::into));
            }
            (Spot::In, Spot::In) => {}
        }
    });
}

/// The row of a thread. Compared as text: a server may use any id, also one that breaks out of a selector.
fn row(root: &Element, id: &str) -> Option<Element> {
    let rows = root.query_selector_all("[data-thread]").ok()?;
    (0..rows.length())
        .filter_map(|index| rows.get(index)?.dyn_into::<Element>().ok())
        .find(|row| row.get_attribute("data-thread").as_deref() == Some(id) && !row.has_attribute("disabled"))
}

/// What has the focus: in the chat, else on the page.
fn focused(root: &Element) -> Option<HtmlElement> {
    let inside = dom::active_element(root);
    let active = inside.or_else(|| dom::document()?.active_element())?;
    active.dyn_into::<HtmlElement>().ok().filter(|active| active.tag_name() != "BODY")
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        dom::focus(&element);
    }
}
