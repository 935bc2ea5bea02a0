//! What the reader said: plain text in a bubble.

use yew::prelude::*;

use super::icon::icon;
use crate::state::select::{UserItemState, UserView};
use crate::text::{ChatKey, Words};

/// A message of the reader. Never markdown: what was typed is what is shown.
pub fn user(view: &UserView, words: Words) -> Html {
    let UserView { key, quote, text, attachments, state } = view;
    let (name, note) = match state {
        UserItemState::Sending => ("sending", None),
        UserItemState::Sent => ("sent", None),
        UserItemState::Unsent => ("unsent", Some(ChatKey::NotSent)),
    };
    html! {
        <div class="ck-user" data-key={key.0.to_string()} data-state={name}>
            <h3 class="ck-hidden">{ words.get(ChatKey::YouSaid) }</h3>
            if let Some(quote) = quote {
                <blockquote class="ck-quote">{ quote }</blockquote>
            }
            if !attachments.is_empty() {
                <ul class="ck-files" role="list">
                    { for attachments.iter().map(|name| html! { <li>{ icon("document") }{ name }</li> }) }
                </ul>
            }
            if !text.is_empty() {
                <div class="ck-bubble" dir="auto">{ text }</div>
            }
            if let Some(note) = note {
                <p class="ck-user-state">{ words.get(note) }</p>
            }
        </div>
    }
}
