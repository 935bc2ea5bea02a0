//! What went wrong and what the reader can do about it.

use yew::prelude::*;

use super::icon::Icon;
use crate::state::UserAction;
use crate::state::select::{BannerView, Remedy};
use crate::text::{self, Key};

/// Properties of [`Banner`].
#[derive(PartialEq, Properties)]
pub struct BannerProps {
    /// What to say.
    pub banner: BannerView,
    /// Where the remedies go.
    pub on: Callback<UserAction>,
}

/// One sentence and its buttons, read out at once.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    let remedy = |(index, remedy): (usize, &Remedy)| {
        let (key, action) = match remedy {
            Remedy::RetryTurn => (Key::TryAgain, UserAction::RetryTurn),
            Remedy::RetryLoad => (Key::TryAgain, UserAction::RetryLoad),
            Remedy::NewThread => (Key::NewChat, UserAction::NewThread),
        };
        html! {
            <button type="button" class={classes!("ck-button", (index == 0).then_some("ck-button-primary"))}
                onclick={props.on.reform(move |_: MouseEvent| action.clone())}>{ text::get(key) }</button>
        }
    };
    html! {
        <div class="ck-banner" role="alert">
            <Icon name="info" />
            <p>{ &props.banner.text }</p>
            if !props.banner.remedies.is_empty() {
                <div class="ck-banner-remedies">
                    { for props.banner.remedies.iter().enumerate().map(remedy) }
                </div>
            }
        </div>
    }
}
