//! The action bar under a finished turn: Copy and, where the site allows it, another answer.

use yew::prelude::*;

use super::clipboard::use_copy;
use super::header::IconButton;
use crate::state::UserAction;
use crate::state::select::TurnActionsView;
use crate::text::{self, Key};

/// Properties of [`Actions`].
#[derive(PartialEq, Properties)]
pub struct ActionsProps {
    /// What can be done.
    pub actions: TurnActionsView,
    /// Where it goes.
    pub on: Callback<UserAction>,
}

/// The bar.
#[component]
pub fn Actions(props: &ActionsProps) -> Html {
    let (copy, said) = use_copy();
    let text = AttrValue::from(props.actions.copy_text.clone());
    let onclick = copy.reform(move |_: MouseEvent| text.clone());
    html! {
        <div class="ck-actions">
            if !props.actions.copy_text.is_empty() {
                <IconButton icon={if said == Some(Key::Copied) { "check" } else { "copy" }}
                    label={text::get(Key::Copy)} {onclick} />
            }
            if let Some(retry) = props.actions.retry {
                <IconButton icon="reload" label={text::get(Key::AnswerAgain)}
                    onclick={props.on.reform(move |_: MouseEvent| UserAction::RetryAfter(retry))} />
            }
            <span class="ck-actions-said" role="status">{ said.map(text::get) }</span>
        </div>
    }
}
