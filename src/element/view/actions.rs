//! The action bar under a finished turn: Copy and, where the site allows it, another answer.

use yew::prelude::*;

use super::clipboard::use_copy;
use super::header::icon_button;
use crate::state::UserAction;
use crate::state::select::TurnActionsView;
use crate::text::{ChatKey, Words};

/// Properties of [`Actions`].
#[derive(PartialEq, Properties)]
pub struct ActionsProps {
    /// What can be done.
    pub actions: TurnActionsView,
    /// The language spoken.
    pub words: Words,
    /// Where it goes.
    pub on: Callback<UserAction>,
}

/// The bar.
#[component]
pub fn Actions(props: &ActionsProps) -> Html {
    let words = props.words;
    let (copy, said) = use_copy();
    let text = AttrValue::from(props.actions.copy_text.clone());
    let onclick = copy.reform(move |_: MouseEvent| text.clone());
    html! {
        <div class="ck-actions">
            if !props.actions.copy_text.is_empty() {
                { icon_button(if said == Some(ChatKey::Copied) { "check" } else { "copy" }, words.get(ChatKey::Copy), onclick) }
            }
            if let Some(retry) = props.actions.retry {
                { icon_button("reload", words.get(ChatKey::AnswerAgain), props.on.reform(move |_: MouseEvent| UserAction::RetryAfter(retry))) }
            }
            <span class="ck-actions-said" role="status">{ said.map(|key| words.get(key)) }</span>
        </div>
    }
}
