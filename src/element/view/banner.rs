//! What went wrong and what the reader can do about it.

use yew::prelude::*;

use super::icon::icon;
use crate::state::UserAction;
use crate::state::select::{BannerView, Remedy};
use crate::text::{ChatKey, Key, Words};

/// One sentence and its buttons, read out at once.
pub fn banner(view: &BannerView, words: Words, on: &Callback<UserAction>) -> Html {
    let remedy = |(index, remedy): (usize, &Remedy)| {
        let (label, action) = match remedy {
            Remedy::RetryTurn => (words.get(Key::TryAgain), UserAction::RetryTurn),
            Remedy::RetryLoad => (words.get(Key::TryAgain), UserAction::RetryLoad),
            Remedy::EditMessage(key) => (words.get(ChatKey::EditMessage), UserAction::EditUnsent(*key)),
            Remedy::NewThread => (words.get(Key::NewChat), UserAction::NewThread),
        };
        html! {
            <button type="button" class={classes!("ck-button", (index == 0).then_some("ck-button-primary"))}
                onclick={on.reform(move |_: MouseEvent| action.clone())}>{ label }</button>
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
