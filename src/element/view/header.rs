//! The bar at the top: title, the site's own buttons, New chat.

use yew::prelude::*;

use super::icon::{Icon, spoken};
use super::{HeaderSide, Out};
use crate::state::UserAction;
use crate::state::select::HeaderView;
use crate::text::{self, Key};

/// Properties of [`Header`].
#[derive(PartialEq, Properties)]
pub struct HeaderProps {
    /// What it shows.
    pub header: HeaderView,
    /// Where clicks go.
    pub out: Out,
}

/// The header bar.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let HeaderView { title, left_icon, right_icon, new_chat } = &props.header;
    let own = |icon: &Option<String>, side| {
        let icon = icon.clone()?;
        let label = if icon == "close" { text::get(Key::CloseChat).to_owned() } else { spoken(&icon) };
        let onclick = props.out.header.reform(move |_: MouseEvent| side);
        Some(html! { <IconButton {icon} {label} {onclick} /> })
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
            if *new_chat {
                <IconButton icon="compose" label={text::get(Key::NewChat)}
                    onclick={props.out.user.reform(|_: MouseEvent| UserAction::NewThread)} />
            }
            { own(right_icon, HeaderSide::Right) }
        </div>
    }
}

/// Properties of [`IconButton`].
#[derive(PartialEq, Properties)]
pub struct IconButtonProps {
    /// A name [`Icon`] knows.
    pub icon: AttrValue,
    /// What it does, in words; also its tooltip.
    pub label: AttrValue,
    /// When it was pressed.
    pub onclick: Callback<MouseEvent>,
}

/// A button with only a drawing on it.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    html! {
        <button type="button" class="ck-icon-button" aria-label={&props.label} title={&props.label}
            onclick={props.onclick.clone()}>
            <Icon name={&props.icon} />
        </button>
    }
}
