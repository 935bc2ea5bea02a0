//! Small print.

use yew::prelude::*;

use super::prose::Prose;
use crate::state::UserAction;
use crate::state::select::DisclaimerView;

/// Properties of [`Disclaimer`].
#[derive(PartialEq, Properties)]
pub struct DisclaimerProps {
    /// What the site wants to have said.
    pub disclaimer: DisclaimerView,
    /// Where followed deep links go.
    pub on: Callback<UserAction>,
}

/// `disclaimer`, under the composer.
#[component]
pub fn Disclaimer(props: &DisclaimerProps) -> Html {
    html! {
        <div class="ck-disclaimer" data-contrast={props.disclaimer.high_contrast.then_some("")}>
            <Prose text={props.disclaimer.text.clone()} on={props.on.clone()} />
        </div>
    }
}
