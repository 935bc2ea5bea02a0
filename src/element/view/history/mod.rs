//! The panel with the reader's past threads, over the conversation.
//!
//! It is a dialog of the chat, not of the page: what lies under it in the chat is inert, the page around is not.

mod day;
mod focus;
mod row;

pub use focus::use_history_focus;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::header::icon_button;
use crate::state::select::{HistoryEnd, HistoryView};
use crate::state::{Doing, HistoryAction, UserAction};
use crate::text::{ChatKey, Key, Words};

/// Nearer to the end of the list than this (CSS px, about four rows) more of it is asked for.
const NEAR_END: i32 = 240;

/// The panel.
pub fn history(view: &HistoryView, words: Words, on: &Callback<UserAction>) -> Html {
    let tell = |action: HistoryAction| on.reform(move |_: MouseEvent| UserAction::History(action.clone()));
    let title = words.get(ChatKey::History);
    html! {
        <div class="ck-history" onkeydown={keys(view, on)} onclick={beside(on)}>
            <section class="ck-history-panel" role="dialog" aria-label={title}>
                <div class="ck-header">
                    { icon_button("arrow-left", words.get(ChatKey::CloseHistory), tell(HistoryAction::Close)) }
                    <h2 class="ck-title">{ title }</h2>
                    { icon_button("compose", words.get(Key::NewChat), on.reform(|_: MouseEvent| UserAction::NewThread)) }
                </div>
                <div class="ck-history-list" onscroll={scrolled(view, on)}>
                    // The role is what Safari drops from lists without bullets.
                    <ul role="list">{ for view.rows.iter().map(|row| row::row(row, view, words, on)) }</ul>
                    { end(view.end, words, &tell(HistoryAction::More)) }
                </div>
            </section>
        </div>
    }
}

/// Below the last row. There all the time, so that what comes to stand in it is said.
fn end(end: HistoryEnd, words: Words, more: &Callback<MouseEvent>) -> Html {
    let button = |label| html! { <button type="button" class="ck-button" onclick={more}>{ words.get(label) }</button> };
    html! {
        <div class="ck-history-end" role="status">
            { match end {
                HistoryEnd::None => Html::default(),
                HistoryEnd::Empty => html! { <p>{ words.get(ChatKey::NoHistory) }</p> },
                HistoryEnd::Loading => html! {
                    <p class="ck-loading">
                        <span class="ck-spinner" aria-hidden="true"></span>{ words.get(ChatKey::LoadingHistory) }
                    </p>
                },
                HistoryEnd::More => button(ChatKey::MoreHistory),
                HistoryEnd::Failed => html! { <><p>{ words.get(ChatKey::HistoryFailed) }</p>{ try_again(words, more) }</> },
            } }
        </div>
    }
}

fn try_again(words: Words, onclick: &Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="ck-button" {onclick}>{ words.get(Key::TryAgain) }</button> }
}

/// Escape takes back what is being asked, and with nothing asked closes the panel. The page's own use of the key is
/// held off: it would close the whole chat.
fn keys(view: &HistoryView, on: &Callback<UserAction>) -> Callback<KeyboardEvent> {
    let asked =
        view.rows.iter().any(|row| matches!(row.doing, Doing::Renaming { .. } | Doing::Asking { .. }));
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        // An input method takes back with Escape what it would have written.
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            on.emit(UserAction::History(if asked { HistoryAction::Cancel } else { HistoryAction::Close }));
        }
    })
}

/// A press beside the panel, where the chat is wide enough to have a beside.
fn beside(on: &Callback<UserAction>) -> Callback<MouseEvent> {
    let on = on.clone();
    Callback::from(move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.matches(".ck-history") == Ok(true)) {
            on.emit(UserAction::History(HistoryAction::Close));
        }
    })
}

/// The end comes into view.
fn scrolled(view: &HistoryView, on: &Callback<UserAction>) -> Option<Callback<Event>> {
    let on = on.clone();
    (view.end == HistoryEnd::More).then(|| {
        Callback::from(move |event: Event| {
            let list = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if list.is_some_and(|list| {
                list.scroll_height() - list.client_height() - list.scroll_top() < NEAR_END
            }) {
                on.emit(UserAction::History(HistoryAction::More));
            }
        })
    })
}
