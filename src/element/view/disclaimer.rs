//! Small print.

use yew::prelude::*;

use crate::element::markdown::Markdown;
use crate::markdown::Document;
use crate::state::select::DisclaimerView;

/// Properties of [`Disclaimer`].
#[derive(PartialEq, Properties)]
pub struct DisclaimerProps {
    /// What the site wants to have said.
    pub disclaimer: DisclaimerView,
}

/// `disclaimer`, under the composer.
#[component]
pub fn Disclaimer(props: &DisclaimerProps) -> Html {
    html! {
        <div class="ck-disclaimer" data-contrast={props.disclaimer.high_contrast.then_some("")}>
            <Markdown document={Document::parse(&props.disclaimer.text)} />
        </div>
    }
}
