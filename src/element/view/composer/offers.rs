//! The list above the field: things to mention, commands. The focus stays in the field, which names the active row
//! (`aria-activedescendant`), as ARIA's pattern for lists that belong to a field has it.

use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::element::view::icon::icon;
use crate::state::select::{ComposerView, MenuGroup, MenuRow, MenuView};
use crate::state::{ComposerAction, MenuAction, UserAction};
use crate::text::{ChatKey, Words};

/// `id` of the list.
pub const LIST: &str = "ck-offers";

/// `id` of a row.
pub fn row_id(index: usize) -> String {
    format!("ck-offer-{index}")
}

/// What a key means while a menu is open; `None` leaves it to the field.
pub fn key(menu: &MenuView, event: &KeyboardEvent) -> Option<MenuAction> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let rows = menu.active.is_some();
    match event.key().as_str() {
        "Escape" => Some(MenuAction::Close),
        "ArrowDown" if rows => Some(MenuAction::By(1)),
        "ArrowUp" if rows => Some(MenuAction::By(-1)),
        "Enter" if rows => Some(MenuAction::Enter),
        "Tab" if rows => Some(MenuAction::ChooseActive),
        _ => None,
    }
}

/// Keeps the menu within the element and its active row in sight.
#[hook]
pub fn use_offers(composer: &ComposerView) -> NodeRef {
    let place = use_node_ref();
    let node = place.clone();
    use_effect_with(composer.menu.clone(), move |menu| {
        let (Some(menu), Some(node)) = (menu, node.cast::<HtmlElement>()) else { return };
        fit(&node);
        let row =
            menu.active.and_then(|index| node.query_selector(&format!("#{}", row_id(index))).ok().flatten());
        if let Some(row) = row {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    place
}

/// Between the top of the element and the composer there is so much room, and no more: on a phone with its keyboard
/// out that may be two rows.
fn fit(menu: &HtmlElement) {
    let top = |selector| {
        let element: Element = menu.closest(selector).ok().flatten()?;
        Some(element.get_bounding_client_rect().top())
    };
    if let (Some(element), Some(composer)) = (top(".ck-app"), top(".ck-composer")) {
        // Whole pixels: writing floating point takes kilobytes of wasm.
        #[expect(clippy::cast_possible_truncation, reason = "it saturates")]
        let room = (composer - element) as i32;
        // Fails for no property name of ours.
        let _ = menu.style().set_property("--ck-offers-room", &format!("{}px", room.max(0)));
    }
}

/// The menu, and the words that say what is in it.
pub fn offers(view: Option<&MenuView>, place: &NodeRef, on: &Callback<UserAction>) -> Html {
    html! {
        <>
            if let Some(view) = view {
                { open(view, place, on) }
            }
            // There before it says anything: a live region that appears together with its text stays silent.
            <div class="ck-hidden" role="status">{ view.map(|view| view.said.clone()) }</div>
        </>
    }
}

fn open(view: &MenuView, place: &NodeRef, on: &Callback<UserAction>) -> Html {
    // Pressing a row must not take the focus out of the field: the keyboard of a phone would go away.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let icons = view.groups.iter().any(|group| group.rows.iter().any(|row| row.icon.is_some()));
    html! {
        <div class="ck-offers" ref={place.clone()} {onmousedown} data-icons={icons.then_some("")}>
            <div role="listbox" id={LIST} aria-label={view.name} aria-busy={view.busy.then_some("true")}>
                { for view.groups.iter().enumerate().map(|(index, group)| self::group(index, group, view, on)) }
            </div>
            if let Some(note) = view.note {
                <p class="ck-offers-note">
                    if view.busy {
                        <span class="ck-spinner" aria-hidden="true"></span>
                    }
                    { note }
                </p>
            }
        </div>
    }
}

fn group(index: usize, group: &MenuGroup, view: &MenuView, on: &Callback<UserAction>) -> Html {
    let rows = group.rows.iter().map(|row| self::row(row, view, on));
    match &group.name {
        None => html! { <div role="presentation" key={index}>{ for rows }</div> },
        Some(name) => html! {
            <div role="group" key={index} aria-label={name.clone()}>
                <div class="ck-offers-heading" role="presentation">{ name }</div>
                { for rows }
            </div>
        },
    }
}

fn row(row: &MenuRow, view: &MenuView, on: &Callback<UserAction>) -> Html {
    let MenuRow { index, label, description, icon: symbol } = row;
    let index = *index;
    let active = view.active == Some(index);
    let act = move |action| UserAction::Composer(ComposerAction::Menu(action));
    let onclick = on.reform(move |_: MouseEvent| act(MenuAction::Choose(index)));
    let onpointermove = {
        let on = on.clone();
        // What the pointer is over is what Enter chooses: two marked rows would be one too many.
        // A list that scrolls under a pointer at rest moves nothing.
        Callback::from(move |event: PointerEvent| {
            if !active && (event.movement_x() != 0 || event.movement_y() != 0) {
                on.emit(act(MenuAction::To(index)));
            }
        })
    };
    html! {
        <div class="ck-offer" role="option" id={row_id(index)} key={index}
            aria-selected={if active { "true" } else { "false" }}
            aria-disabled={view.running.then_some("true")} {onclick} {onpointermove}>
            <span class="ck-offer-icon">
                if active && view.running {
                    <span class="ck-spinner" aria-hidden="true"></span>
                } else if let Some(symbol) = symbol {
                    { icon(symbol) }
                }
            </span>
            <span class="ck-offer-text">
                <span class="ck-offer-label" dir="auto">{ label }</span>
                if let Some(description) = description {
                    <small dir="auto">{ description }</small>
                }
            </span>
        </div>
    }
}

/// The `@` button (`entities.showComposerMenu`).
pub fn mention_button(words: Words, on: &Callback<UserAction>) -> Html {
    let label = words.get(ChatKey::Mention);
    let onclick = on.reform(|_: MouseEvent| UserAction::Composer(ComposerAction::Menu(MenuAction::Mention)));
    // Pressing it leaves the focus where it is: blur would close the menu that it is to close or open.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <button type="button" class="ck-icon-button" aria-label={label} title={label} {onclick} {onmousedown}>
            { icon("at") }
        </button>
    }
}
