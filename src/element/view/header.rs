//! The bar at the top: title, the site's own buttons, past threads, New chat.

use yew::prelude::*;

use super::icon::{icon, spoken};
use super::{HeaderSide, Out};
use crate::state::select::HeaderView;
use crate::state::{HistoryAction, UserAction};
use crate::text::{ChatKey, Key, Words};

/// The header bar.
pub fn header(view: &HeaderView, words: Words, out: &Out) -> Html {
    let HeaderView { title, left_icon, right_icon, history, new_chat } = view;
    let own = |name: &Option<String>, side| {
        let name = name.as_deref()?;
        let label = if name == "close" { words.get(Key::CloseChat).to_owned() } else { spoken(name) };
        let onclick = out.header.reform(move |_: MouseEvent| side);
        Some(icon_button(name, &label, onclick))
    };
    html! {
        <div class="ck-header">
            { own(left_icon, HeaderSide::Left) }
            // Its place stays, so that the buttons do not jump when a thread gets its title.
            if let Some(title) = title.as_deref().filter(|title| !title.is_empty()) {
                <h2 class="ck-title" title={title.to_owned()}>{ title }</h2>
            } else {
                <div class="ck-title"></div>
            }
            if *history {
                { icon_button("history", words.get(ChatKey::History), out.user.reform(|_: MouseEvent| UserAction::History(HistoryAction::Open))) }
            }
            if *new_chat {
                { icon_button("compose", words.get(Key::NewChat), out.user.reform(|_: MouseEvent| UserAction::NewThread)) }
            }
            { own(right_icon, HeaderSide::Right) }
        </div>
    }
}

/// A button with only a drawing on it; `label` says what it does and is its tooltip.
pub fn icon_button(name: &str, label: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="ck-icon-button" aria-label={label.to_owned()} title={label.to_owned()}
            {onclick}>
            { icon(name) }
        </button>
    }
}
