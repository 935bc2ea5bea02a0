//! The middle of the element while there is no conversation: greeting and suggestions, or the wait for a thread.

use yew::prelude::*;

use super::icon::icon;
use crate::state::UserAction;
use crate::state::select::PromptView;
use crate::text::{ChatKey, Words};

/// Nothing was said yet.
pub fn start(greeting: &str, prompts: &[PromptView], words: Words, on: &Callback<UserAction>) -> Html {
    let prompt = |(index, prompt): (usize, &PromptView)| {
        html! {
            <li>
                <button type="button" class="ck-prompt"
                    onclick={on.reform(move |_: MouseEvent| UserAction::Prompt(index))}>
                    if let Some(name) = &prompt.icon {
                        { icon(name) }
                    }
                    <span>{ &prompt.label }</span>
                </button>
            </li>
        }
    };
    html! {
        <div class="ck-start">
            <div class="ck-start-inner">
                <h2 class="ck-greeting">{ greeting }</h2>
                if !prompts.is_empty() {
                    // The role is what Safari drops from lists without bullets.
                    <ul class="ck-prompts" role="list" aria-label={words.get(ChatKey::Suggestions)}>
                        { for prompts.iter().enumerate().map(prompt) }
                    </ul>
                }
            </div>
        </div>
    }
}

/// A stored thread is on its way.
pub fn loading(words: Words) -> Html {
    html! {
        <div class="ck-start">
            <p class="ck-loading" role="status">
                <span class="ck-spinner" aria-hidden="true"></span>
                { words.get(ChatKey::LoadingConversation) }
            </p>
        </div>
    }
}
