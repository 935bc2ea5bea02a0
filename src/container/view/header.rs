//! Title, "New chat", close.

use yew::prelude::*;

use super::{CoreRef, icon};
use crate::text::Key;
use crate::widget::{Chat, Event, Options};

pub(super) fn header(core: &CoreRef, chat: Chat, options: &Options) -> Html {
    let texts = &options.texts;
    let title = options.title.clone().unwrap_or_else(|| texts.get(Key::Title).to_owned());
    let new_chat = {
        let core = core.clone();
        Callback::from(move |_: MouseEvent| core.new_thread())
    };
    let close = {
        let core = core.clone();
        Callback::from(move |_: MouseEvent| core.step(Event::Wish { open: false }))
    };
    let button = |key: Key, path: &'static str, onclick: Callback<MouseEvent>, disabled: bool| {
        let label = texts.get(key).to_owned();
        html! {
            <button type="button" class="ckw-header-button" title={label.clone()} aria-label={label} {onclick} {disabled}>
                { icon::icon(path) }
            </button>
        }
    };
    // Not `<header>`: under `body` that is the landmark "banner", and a dialog does not change it. Most pages have one.
    html! {
        <div class="ckw-header">
            <h2 class="ckw-title" id={core.parts.title_id()}>{ title }</h2>
            { button(Key::NewChat, icon::NEW, new_chat, chat != Chat::Shown) }
            { button(Key::CloseChat, icon::CLOSE, close, false) }
        </div>
    }
}
