//! What the reader said: plain text in a bubble, with what it was about above it.

use yew::prelude::*;

use super::icon::icon;
use super::img::Img;
use super::prose::page_origin;
use super::row::Around;
use crate::markdown::image::{Policy, served};
use crate::protocol::UserMessageTagContent;
use crate::state::UserAction;
use crate::state::select::{AttachmentView, Piece, UserItemState, UserView};
use crate::text::{ChatKey, Key};

/// A message of the reader. Never markdown: what was typed is what is shown.
pub(super) fn user(view: &UserView, around: &Around) -> Html {
    let UserView { key, quote, content, attachments, state } = view;
    let words = around.words;
    let (name, note) = match state {
        UserItemState::Sending => ("sending", None),
        UserItemState::Sent => ("sent", None),
        UserItemState::Unsent => ("unsent", Some(ChatKey::NotSent)),
        UserItemState::Unconfirmed => ("unconfirmed", Some(ChatKey::NotConfirmed)),
        UserItemState::Aside => ("unconfirmed", Some(ChatKey::NotConfirmed)),
    };
    html! {
        <div class="ck-user" data-key={key.0.to_string()} data-state={name}>
            <h3 class="ck-hidden">{ words.get(ChatKey::YouSaid) }</h3>
            if let Some(quote) = quote {
                <blockquote class="ck-quote" dir="auto">{ quote }</blockquote>
            }
            if !attachments.is_empty() {
                <ul class="ck-files" role="list" aria-label={words.get(ChatKey::Attachments)}>
                    { for attachments.iter().map(attachment) }
                </ul>
            }
            if content.iter().any(|piece| !piece.is_empty()) {
                <div class="ck-bubble" dir="auto">{ for content.iter().enumerate().map(self::piece) }</div>
            }
            if let Some(note) = note {
                <p class="ck-user-state">{ words.get(note) }</p>
            }
            if *state == UserItemState::Aside {
                <div class="ck-user-remedies">
                    { remedy(words.get(Key::TryAgain), UserAction::RetryUnsent(*key), around) }
                    { remedy(words.get(ChatKey::EditMessage), UserAction::EditUnsent(*key), around) }
                </div>
            }
        </div>
    }
}

fn remedy(label: &'static str, action: UserAction, around: &Around) -> Html {
    let onclick = around.on.reform(move |_: MouseEvent| action.clone());
    html! { <button type="button" class="ck-button" {onclick}>{ label }</button> }
}

fn piece((number, piece): (usize, &Piece)) -> Html {
    match piece {
        Piece::Text(text) => html! { { text } },
        Piece::Tag(tag) => self::tag(tag, number),
    }
}

/// An entity that was mentioned. `cards` serves those that can be pressed, and knows them by their number.
fn tag(tag: &UserMessageTagContent, number: usize) -> Html {
    if tag.interactive {
        html! { <button type="button" class="ck-tag" data-piece={number.to_string()}>{ &tag.text }</button> }
    } else {
        html! { <span class="ck-tag">{ &tag.text }</span> }
    }
}

/// A thumbnail of an image, a chip for any other file and for an image that does not come. The server named the address
/// itself, for a file that the reader chose: the thread's list of hosts, which is about what models write, does not apply.
fn attachment(attachment: &AttachmentView) -> Html {
    let AttachmentView { name, preview } = attachment;
    match preview.as_deref().filter(|url| served(url, &page_origin(), None) == Policy::Show) {
        Some(url) => {
            let instead =
                html! { <span class="ck-file">{ icon("document") }<span dir="auto">{ name }</span></span> };
            html! {
                <li class="ck-thumb">
                    <Img src={url.to_owned()} alt={name.clone()} title={name.clone()} lazy=true {instead} />
                </li>
            }
        }
        None => html! { <li class="ck-file">{ icon("document") }<span dir="auto">{ name }</span></li> },
    }
}
