//! What an answer cites, folded away.

use yew::prelude::*;

use super::icon::icon;
use crate::state::select::SourceView;
use crate::text::{self, Key};

/// "Sources · 3", and the list when opened.
pub fn sources(sources: &[SourceView]) -> Html {
    html! {
        <details class="ck-sources">
            <summary>
                { text::get(Key::Sources) }{ format!(" · {}", sources.len()) }
                { icon("chevron-down") }
            </summary>
            <ol role="list">{ for sources.iter().map(|source| html! { <li>{ entry(source) }</li> }) }</ol>
        </details>
    }
}

fn entry(source: &SourceView) -> Html {
    let detail = source.detail.as_ref().map(|detail| html! { <small>{ detail }</small> });
    match &source.url {
        Some(url) => html! {
            <a class="ck-source" href={url.clone()} target="_blank" rel="noopener noreferrer">
                <strong>{ &source.title }</strong>{ detail }
                <span class="ck-hidden">{ " " }{ text::get(Key::OpensInNewTab) }</span>
            </a>
        },
        None => html! { <div class="ck-source"><strong>{ &source.title }</strong>{ detail }</div> },
    }
}
