//! Small print.

use yew::prelude::*;

use super::prose::Prose;
use crate::state::UserAction;
use crate::state::select::DisclaimerView;

/// `disclaimer`, under the composer.
pub fn disclaimer(view: &DisclaimerView, on: &Callback<UserAction>) -> Html {
    html! {
        <div class="ck-disclaimer" data-contrast={view.high_contrast.then_some("")}>
            <Prose text={view.text.clone()} on={on.clone()} />
        </div>
    }
}
