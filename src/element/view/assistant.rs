//! What the assistant said: markdown as it grows, then what it cites.

use std::rc::Rc;

use yew::prelude::*;

use super::prose::{image_policy, use_deeplinks};
use super::sources::sources as source_list;
use crate::element::markdown::Markdown;
use crate::state::UserAction;
use crate::state::select::AssistantView;
use crate::text::{ChatKey, Words};

/// Properties of [`Assistant`].
#[derive(PartialEq, Properties)]
pub struct AssistantProps {
    /// The answer so far.
    pub answer: AssistantView,
    /// Which hosts may show images.
    pub images: Option<Rc<[String]>>,
    /// The language spoken.
    pub words: Words,
    /// Where followed deep links go.
    pub on: Callback<UserAction>,
}

/// An answer.
#[component]
pub fn Assistant(props: &AssistantProps) -> Html {
    let AssistantView { key, parts, streaming, sources } = &props.answer;
    let words = props.words;
    let silent = parts.iter().all(|part| part.is_empty());
    let on_link = use_deeplinks(&props.on);
    html! {
        <div class="ck-assistant" data-key={key.0.to_string()} data-streaming={streaming.then_some("")}>
            <h3 class="ck-hidden">{ words.get(ChatKey::AssistantSaid) }</h3>
            // In a list of its own: one more part must not make the others anew.
            <>
            { for parts.iter().enumerate().map(|(index, part)| html! {
                <div class="ck-part" key={index}>
                    <Markdown document={Rc::new(part.clone())} policy={image_policy(props.images.clone())}
                        heading_base={4} {words} on_link={on_link.clone()} />
                </div>
            }) }
            </>
            if *streaming && silent {
                { thinking(words) }
            }
            // Sources come in one by one while the answer is written; a list that grows under the eyes is noise.
            if !*streaming && !sources.is_empty() {
                { source_list(sources, words) }
            }
        </div>
    }
}

/// Between the question and the first word.
pub fn thinking(words: Words) -> Html {
    html! {
        <p class="ck-dots">
            <span></span><span></span><span></span>
            <b class="ck-hidden">{ words.get(ChatKey::Thinking) }</b>
        </p>
    }
}
