//! What went wrong and what the reader can do about it.

use yew::prelude::*;

use super::icon::icon;
use crate::state::UserAction;
use crate::state::select::{BannerView, Remedy};
use crate::text::{Key, Words};

/// One sentence and its buttons, read out at once.
pub fn banner(view: &BannerView, words: Words, on: &Callback<UserAction>) -> Html {
    let remedy = |(index, remedy): (usize, &Remedy)| {
        let (key, action) = match remedy {
            Remedy::RetryTurn => (Key::TryAgain, UserAction::RetryTurn),
            Remedy::RetryLoad => (Key::TryAgain, UserAction::RetryLoad),
            Remedy::NewThread => (Key::NewChat, UserAction::NewThread),
        };
        html! {
            <button type="button" class={classes!("ck-button", (index == 0).then_some("ck-button-primary"))}
                onclick={on.reform(move |_: MouseEvent| action.clone())}>{ words.get(key) }</button>
        }
    };
    html! {
        <div class="ck-banner" role="alert">
            { icon("info") }
            <p>{ &view.text }</p>
            if !view.remedies.is_empty() {
                <div class="ck-banner-remedies">
                    { for view.remedies.iter().enumerate().map(remedy) }
                </div>
            }
        </div>
    }
}
