//! Questions of the assistant with the reader's answers, to be read.

use yew::prelude::*;

use crate::state::select::SummaryView;
use crate::text::{ChatKey, Words};

/// Each question with what was answered.
pub fn summary(view: &SummaryView, words: Words) -> Html {
    html! {
        <div class="ck-summary" role="group" aria-label={words.get(ChatKey::YourAnswers)}><dl>
            { for view.answers.iter().enumerate().map(|(index, (question, values))| html! {
                <div key={index}>
                    <dt>{ question }</dt>
                    { for values.iter().map(|value| html! { <dd>{ value }</dd> }) }
                    if values.is_empty() {
                        <dd class="ck-skipped">{ words.get(ChatKey::Skipped) }</dd>
                    }
                </div>
            }) }
        </dl></div>
    }
}
