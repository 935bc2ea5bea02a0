//! Small print.

use yew::prelude::*;

use super::prose::Prose;
use crate::state::UserAction;
use crate::state::select::DisclaimerView;
use crate::text::Words;

/// `disclaimer`, under the composer.
pub fn disclaimer(view: &DisclaimerView, words: Words, on: &Callback<UserAction>) -> Html {
    html! {
        <div class="ck-disclaimer" data-contrast={view.high_contrast.then_some("")}>
            <Prose text={view.text.clone()} {words} on={on.clone()} />
        </div>
    }
}
