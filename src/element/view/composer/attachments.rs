//! The files that will be sent with the message, and what is said about them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::element::view::icon::icon;
use crate::element::view::prose::page_origin;
use crate::element::view::{Frame, Same};
use crate::markdown::image::{Policy, served};
use crate::state::select::{ChipState, ChipView, ComposerNote};
use crate::state::{AttachAction, UserAction};
use crate::text::{ChatKey, Words};
use crate::web::dom;

/// The row between quote and field.
pub fn attachments_row(frame: &Same<Frame>, on: &Callback<UserAction>) -> Html {
    let (attach, words) = (&frame.0.view.composer.attach, frame.0.view.words);
    let ComposerNote { shown, spoken } = &attach.note;
    html! {
        <>
            if !attach.chips.is_empty() {
                <ul class="ck-chips" role="list" aria-label={words.get(ChatKey::Attachments)}>
                    { for attach.chips.iter().map(|view| chip(view, words, on)) }
                </ul>
            }
            // There from the first frame on: a live region that appears together with its text stays silent.
            <div role="status">
                if !shown.is_empty() {
                    <p class="ck-chips-note">{ shown }</p>
                }
                <span class="ck-hidden">{ spoken }</span>
            </div>
        </>
    }
}

fn chip(view: &ChipView, words: Words, on: &Callback<UserAction>) -> Html {
    let (head, tail) = &view.name;
    let name = format!("{head}{tail}");
    let (state, said) = match view.state {
        ChipState::Uploading => ("uploading", Some(ChatKey::FileUploading)),
        ChipState::Failed => ("failed", Some(ChatKey::FileFailed)),
        ChipState::Uploaded => ("uploaded", None),
    };
    let key = view.key;
    let remove = words.get(ChatKey::FileRemove).replace("{name}", &name);
    let onremove = {
        let on = on.clone();
        Callback::from(move |event: MouseEvent| {
            hand_on_focus(&event);
            on.emit(UserAction::Attach(AttachAction::Remove(key)));
        })
    };
    html! {
        <li key={key.0.to_string()} class="ck-chip" data-state={state}>
            <span class="ck-chip-picture">{ picture(view) }</span>
            <span class="ck-chip-words">
                <span class="ck-hidden">{ &name }</span>
                <span class="ck-chip-name" dir="auto" aria-hidden="true" title={name.clone()}>
                    <span>{ head }</span><span>{ tail }</span>
                </span>
                if let Some(said) = said {
                    <small>{ words.get(said) }</small>
                }
            </span>
            if view.state == ChipState::Failed {
                { button("reload", words.get(ChatKey::FileRetry).replace("{name}", &name),
                    on.reform(move |_: MouseEvent| UserAction::Attach(AttachAction::Retry(key)))) }
            }
            { button("close", remove, onremove) }
        </li>
    }
}

fn button(symbol: &str, label: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="ck-icon-button ck-chip-button" title={label.clone()} aria-label={label} {onclick}>
            { icon(symbol) }
        </button>
    }
}

/// The picture lies over a drawing, which is seen where the picture cannot be had.
fn picture(view: &ChipView) -> Html {
    if view.state == ChipState::Uploading {
        return html! { <span class="ck-spinner" aria-hidden="true"></span> };
    }
    let ours = |url: &&str| url.starts_with("blob:") || served(url, &page_origin(), None) == Policy::Show;
    html! {
        <>
            { icon("document") }
            if let Some(url) = view.preview.as_deref().filter(ours) {
                <img src={url.to_owned()} alt="" />
            }
        </>
    }
}

/// The chip is about to go, and would take the focus with it: it goes to the next one, else to the one before, else to
/// the field.
fn hand_on_focus(event: &MouseEvent) {
    let button = event.target_dyn_into::<Element>();
    let Some(chip) = button.and_then(|button| button.closest(".ck-chip").ok().flatten()) else { return };
    let neighbour = chip.next_element_sibling().or_else(|| chip.previous_element_sibling());
    let target = match neighbour {
        Some(neighbour) => neighbour.query_selector(".ck-chip-button:last-child"),
        None => match chip.closest(".ck-composer") {
            Ok(Some(composer)) => composer.query_selector("textarea"),
            _ => return,
        },
    };
    if let Some(target) = target.ok().flatten().and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        dom::focus(&target);
    }
}
