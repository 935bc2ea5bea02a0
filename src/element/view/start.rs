//! The middle of the element while there is no conversation: greeting and suggestions, or the wait for a thread.

use yew::prelude::*;

use super::icon::Icon;
use crate::state::UserAction;
use crate::state::select::PromptView;
use crate::text::{self, Key};

/// Properties of [`Start`].
#[derive(PartialEq, Properties)]
pub struct StartProps {
    /// `startScreen.greeting`
    pub greeting: AttrValue,
    /// `startScreen.prompts`
    pub prompts: Vec<PromptView>,
    /// Where a choice goes.
    pub on: Callback<UserAction>,
}

/// Nothing was said yet.
#[component]
pub fn Start(props: &StartProps) -> Html {
    let prompt = |(index, prompt): (usize, &PromptView)| {
        html! {
            <li>
                <button type="button" class="ck-prompt"
                    onclick={props.on.reform(move |_: MouseEvent| UserAction::Prompt(index))}>
                    if let Some(icon) = &prompt.icon {
                        <Icon name={icon.clone()} />
                    }
                    <span>{ &prompt.label }</span>
                </button>
            </li>
        }
    };
    html! {
        <div class="ck-start">
            <div class="ck-start-inner">
                <h2 class="ck-greeting">{ &props.greeting }</h2>
                if !props.prompts.is_empty() {
                    // The role is what Safari drops from lists without bullets.
                    <ul class="ck-prompts" role="list" aria-label={text::get(Key::Suggestions)}>
                        { for props.prompts.iter().enumerate().map(prompt) }
                    </ul>
                }
            </div>
        </div>
    }
}

/// A stored thread is on its way.
#[component]
pub fn Loading() -> Html {
    html! {
        <div class="ck-start">
            <p class="ck-loading" role="status">
                <span class="ck-spinner" aria-hidden="true"></span>
                { text::get(Key::LoadingConversation) }
            </p>
        </div>
    }
}
