//! An image the assistant made or makes: a place for it, partial versions as they come, the image.

use yew::prelude::*;

use super::icon::icon;
use super::img::Img;
use super::prose::page_origin;
use super::row::Around;
use crate::markdown::image::{Policy, served};
use crate::markdown::link::{SafeHref, safe_href};
use crate::state::select::ImageView;
use crate::text::{ChatKey, Words};

/// The image.
pub(super) fn picture(view: &ImageView, around: &Around) -> Html {
    let ImageView { url, progress, .. } = view;
    let words = around.words;
    let may_load = |url: &&String| served(url, &page_origin(), around.images.as_deref()) == Policy::Show;
    let Some(progress) = progress else {
        return match url.as_ref() {
            Some(url) if may_load(&url) => html! {
                <figure class="ck-image">{ drawn(url, words.get(ChatKey::GeneratedImage), hidden(url, words)) }</figure>
            },
            Some(url) => hidden(url, words),
            None => html! { <p class="ck-note">{ words.get(ChatKey::ImageUnfinished) }</p> },
        };
    };
    let place = html! { <div class="ck-image-empty" aria-hidden="true">{ icon("images") }</div> };
    html! {
        <figure class="ck-image" data-running="">
            { match url.as_ref().filter(may_load) {
                Some(url) => drawn(url, words.get(ChatKey::MakingImage), place),
                None => place,
            } }
            <figcaption>
                <span dir="auto">{ words.get(ChatKey::MakingImage) }</span>
                if *progress > 0 {
                    <progress max="100" value={progress.to_string()} aria-label={words.get(ChatKey::MakingImage)} />
                }
            </figcaption>
        </figure>
    }
}

fn drawn(url: &str, alt: &'static str, instead: Html) -> Html {
    html! { <Img src={url.to_owned()} {alt} {instead} /> }
}

/// An image that may not load here, or did not, is still a link.
fn hidden(url: &str, words: Words) -> Html {
    let name = words.get(ChatKey::ImageHidden);
    match safe_href(url) {
        Some(SafeHref::Absolute(url) | SafeHref::Relative(url)) => html! {
            <p class="ck-note">
                <a href={url.to_string()} target="_blank" rel="noopener noreferrer">
                    { name }<span class="ck-hidden">{ " " }{ words.get(ChatKey::OpensInNewTab) }</span>
                </a>
            </p>
        },
        _ => html! { <p class="ck-note">{ name }</p> },
    }
}
