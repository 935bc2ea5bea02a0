//! What an answer cites, folded away.

use yew::prelude::*;

use super::icon::icon;
use super::prose::page_origin;
use crate::markdown::link::safe_href;
use crate::state::select::SourceView;
use crate::text::{ChatKey, Words};

/// "Sources · 3", and the list when opened.
pub fn sources(sources: &[SourceView], words: Words) -> Html {
    html! {
        <details class="ck-sources">
            <summary>
                { words.get(ChatKey::Sources) }{ format!(" · {}", sources.len()) }
                { icon("chevron-down") }
            </summary>
            <ol role="list">{ for sources.iter().map(|source| html! { <li>{ entry(source, words) }</li> }) }</ol>
        </details>
    }
}

fn entry(source: &SourceView, words: Words) -> Html {
    let detail = source.detail.as_ref().map(|detail| html! { <small>{ detail }</small> });
    match &source.url {
        Some(url) => {
            let away = !safe_href(url).is_some_and(|href| href.stays_on(&page_origin()));
            html! {
                <a class="ck-source" href={url.clone()} target={away.then_some("_blank")} rel="noopener noreferrer">
                    <strong>{ &source.title }</strong>{ detail }
                    if away {
                        <span class="ck-hidden">{ " " }{ words.get(ChatKey::OpensInNewTab) }</span>
                    }
                </a>
            }
        }
        None => html! { <div class="ck-source"><strong>{ &source.title }</strong>{ detail }</div> },
    }
}

/// A source in a few letters, as steps of work list them.
pub fn pill(source: &SourceView, words: Words) -> Html {
    let title = if source.title.is_empty() { source.detail.as_ref() } else { Some(&source.title) };
    let text = html! { <span dir="auto">{ title.cloned().unwrap_or_default() }</span> };
    match &source.url {
        Some(url) => {
            let away = !safe_href(url).is_some_and(|href| href.stays_on(&page_origin()));
            html! {
                <a class="ck-pill" href={url.clone()} target={away.then_some("_blank")} rel="noopener noreferrer"
                    title={source.detail.clone()}>
                    { icon("globe") }{ text }
                    if away {
                        <span class="ck-hidden">{ " " }{ words.get(ChatKey::OpensInNewTab) }</span>
                    }
                </a>
            }
        }
        None => {
            html! { <span class="ck-pill" title={source.detail.clone()}>{ icon("document") }{ text }</span> }
        }
    }
}
