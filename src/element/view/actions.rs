//! The action bar under a finished turn: Copy and, where the site allows it, another answer.

use std::time::Duration;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::clipboard;
use super::header::IconButton;
use crate::state::UserAction;
use crate::state::select::TurnActionsView;
use crate::text::{self, Key};
use crate::web::clock;

/// How long "Copied" stays: long enough to be read, short enough to copy again without doubt.
const SAID_FOR: Duration = Duration::from_secs(3);

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
    let said = use_state_eq(|| None::<Key>);
    {
        let setter = said.setter();
        use_effect_with(*said, move |said| {
            let timer = said.map(|_| clock::after(SAID_FOR, move || setter.set(None)));
            move || drop(timer)
        });
    }
    let copy = {
        let (said, text) = (said.setter(), props.actions.copy_text.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, text) = (said.clone(), text.clone());
            spawn_local(async move {
                said.set(Some(if clipboard::write(&text).await { Key::Copied } else { Key::CopyFailed }));
            });
        })
    };
    let copied = *said == Some(Key::Copied);
    html! {
        <div class="ck-actions">
            if !props.actions.copy_text.is_empty() {
                <IconButton icon={if copied { "check" } else { "copy" }} label={text::get(Key::Copy)} onclick={copy} />
            }
            if let Some(retry) = props.actions.retry {
                <IconButton icon="reload" label={text::get(Key::AnswerAgain)}
                    onclick={props.on.reform(move |_: MouseEvent| UserAction::RetryAfter(retry))} />
            }
            <span class="ck-actions-said" role="status">{ said.map(text::get) }</span>
        </div>
    }
}
