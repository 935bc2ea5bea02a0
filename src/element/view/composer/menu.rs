//! A button that opens a menu above the composer, by the ARIA pattern for menu buttons.
//!
//! The list stands in the bar, not in the top layer: popovers can be placed beside their button in the newest browsers
//! only, and the element clips nothing here.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use crate::element::view::icon::icon;
use crate::web::dom;

/// One line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuItem {
    /// Icon name.
    pub icon: Option<String>,
    /// What it says.
    pub label: String,
    /// A line below it.
    pub detail: Option<String>,
    /// One of several to choose from, and whether it is the one; `None` for what only does something.
    pub checked: Option<bool>,
    /// Shown, but not to be chosen.
    pub disabled: bool,
}

/// Properties of [`Menu`].
#[derive(PartialEq, Properties)]
pub struct MenuProps {
    /// Name of button and menu.
    pub name: AttrValue,
    /// What the button shows.
    pub icon: AttrValue,
    /// The button's words, where it has any.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The lines.
    pub items: Vec<MenuItem>,
    /// Hears which line was chosen. The focus is on the button then.
    pub on_pick: Callback<usize>,
    /// Whether the list is aligned with the bar's end.
    #[prop_or_default]
    pub at_end: bool,
}

/// Where the focus goes when the menu opens.
#[derive(Clone, Copy, PartialEq)]
enum Opened {
    No,
    AtFirst,
    AtLast,
}

/// The button with its menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let root = use_node_ref();
    let opened = use_state_eq(|| Opened::No);
    let open = *opened != Opened::No;
    {
        let root = root.clone();
        use_effect_with(*opened, move |opened| match opened {
            Opened::No => {}
            Opened::AtFirst => focus_item(&root, |items| checked(items).or_else(|| items.first())),
            Opened::AtLast => focus_item(&root, |items| items.last()),
        });
    }
    let toggle = {
        let (root, opened) = (root.clone(), opened.clone());
        Callback::from(move |_: MouseEvent| {
            if open {
                focus_button(&root);
            }
            opened.set(if open { Opened::No } else { Opened::AtFirst });
        })
    };
    // A press must not take the focus from a line: browsers that give buttons none would close the menu before the
    // press is over.
    let keep_focus = Callback::from(move |event: MouseEvent| {
        if open {
            event.prevent_default();
        }
    });
    let onkeydown = {
        let (root, opened) = (root.clone(), opened.clone());
        Callback::from(move |event: KeyboardEvent| key_pressed(&event, &root, &opened))
    };
    let onfocusout = {
        let (root, opened) = (root.clone(), opened.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
            if !root.cast::<Node>().is_some_and(|root| root.contains(to.as_ref())) || to.is_none() {
                opened.set(Opened::No);
            }
        })
    };
    let item = |(index, item): (usize, &MenuItem)| {
        let onclick = {
            let (root, opened, on_pick) = (root.clone(), opened.clone(), props.on_pick.clone());
            let disabled = item.disabled;
            Callback::from(move |_: MouseEvent| {
                if !disabled {
                    focus_button(&root);
                    opened.set(Opened::No);
                    on_pick.emit(index);
                }
            })
        };
        line(item, onclick)
    };
    html! {
        <div class="ck-menu" ref={root.clone()} {onkeydown} {onfocusout}>
            <button type="button" class={if props.label.is_some() { "ck-bar-button" } else { "ck-icon-button" }}
                aria-haspopup="menu" aria-expanded={open.to_string()} aria-label={props.name.clone()}
                title={props.name.clone()} onclick={toggle} onmousedown={keep_focus.clone()}>
                if let Some(label) = &props.label {
                    <span dir="auto">{ label }</span>
                }
                { icon(&props.icon) }
            </button>
            if open {
                <div class="ck-menu-list" role="menu" aria-label={props.name.clone()}
                    data-end={props.at_end.then_some("")} onmousedown={keep_focus}>
                    { for props.items.iter().enumerate().map(item) }
                </div>
            }
        </div>
    }
}

fn line(item: &MenuItem, onclick: Callback<MouseEvent>) -> Html {
    let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
    html! {
        <button type="button" class="ck-menu-item" {role} tabindex="-1" {onclick}
            aria-checked={item.checked.map(|checked| checked.to_string())}
            aria-disabled={item.disabled.then_some("true")}>
            if let Some(name) = &item.icon {
                { icon(name) }
            }
            <span class="ck-menu-words">
                <span>{ &item.label }</span>
                if let Some(detail) = &item.detail {
                    <small>{ detail }</small>
                }
            </span>
            if item.checked == Some(true) {
                { icon("check") }
            }
        </button>
    }
}

fn key_pressed(event: &KeyboardEvent, root: &NodeRef, opened: &UseStateHandle<Opened>) {
    let open = **opened != Opened::No;
    let key = event.key();
    match key.as_str() {
        "ArrowDown" if !open => opened.set(Opened::AtFirst),
        "ArrowUp" if !open => opened.set(Opened::AtLast),
        _ if !open => return,
        "ArrowDown" => focus_item(root, |items| step(items, 1)),
        "ArrowUp" => focus_item(root, |items| step(items, items.len().saturating_sub(1))),
        "Home" => focus_item(root, |items| items.first()),
        "End" => focus_item(root, |items| items.last()),
        "Escape" => {
            focus_button(root);
            opened.set(Opened::No);
        }
        // The focus goes on, which closes the menu.
        "Tab" => return,
        letter if letter.chars().count() == 1 && letter != " " => {
            focus_item(root, |items| starting_with(items, letter));
        }
        _ => return,
    }
    event.prevent_default();
    // Escape would close the panel around as well.
    event.stop_propagation();
}

fn items(root: &NodeRef) -> Vec<HtmlElement> {
    let found = root.cast::<Element>().and_then(|root| root.query_selector_all(".ck-menu-item").ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn focus_item(root: &NodeRef, choose: impl FnOnce(&[HtmlElement]) -> Option<&HtmlElement>) {
    if let Some(item) = choose(&items(root)) {
        dom::focus(item);
    }
}

fn checked(items: &[HtmlElement]) -> Option<&HtmlElement> {
    items.iter().find(|item| item.get_attribute("aria-checked").as_deref() == Some("true"))
}

/// Where the focus is among the lines.
fn at(items: &[HtmlElement]) -> Option<usize> {
    let focused = dom::active_element(items.first()?)?;
    items.iter().position(|item| **item == focused)
}

fn step(items: &[HtmlElement], by: usize) -> Option<&HtmlElement> {
    items.get((at(items)? + by) % items.len())
}

/// The next line whose words begin so, as menus do.
fn starting_with<'a>(items: &'a [HtmlElement], letter: &str) -> Option<&'a HtmlElement> {
    let from = at(items).map_or(0, |at| at + 1);
    let letter = letter.to_lowercase();
    let begins = |item: &&HtmlElement| item.inner_text().trim().to_lowercase().starts_with(&letter);
    items.iter().cycle().skip(from).take(items.len()).find(begins)
}

fn focus_button(root: &NodeRef) {
    let button =
        root.cast::<Element>().and_then(|root| root.query_selector("[aria-haspopup]").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        dom::focus(&button);
    }
}
