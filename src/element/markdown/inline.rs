//! Inline content as nodes.

use std::rc::Rc;

use yew::prelude::*;

use super::later::Formula;
use super::{ImagePolicy, Look, keyed};
use crate::element::view::icon;
use crate::markdown::image::{Policy, policy};
use crate::markdown::link::{Deeplink, SafeHref, safe_href};
use crate::markdown::{Face, Inline, Mark, Marks};
use crate::text::ChatKey;

/// Whether a link may be drawn here: links do not nest.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Text,
    Link,
}

pub(super) fn all<'a>(content: impl IntoIterator<Item = &'a Inline>, look: &Look) -> Html {
    keyed(content.into_iter().map(|inline| one(inline, Around::Text, look)))
}

fn run(content: &[Inline], around: Around, look: &Look) -> Html {
    keyed(content.iter().map(|inline| one(inline, around, look)))
}

fn one(inline: &Inline, around: Around, look: &Look) -> Html {
    match inline {
        Inline::Text(text) | Inline::Html(text) => html! { { shared(text) } },
        Inline::Code(text) => html! { <code>{ shared(text) }</code> },
        Inline::Emph(content) => html! { <em>{ run(content, around, look) }</em> },
        Inline::Strong(content) => html! { <strong>{ run(content, around, look) }</strong> },
        Inline::Strike(content) => html! { <del>{ run(content, around, look) }</del> },
        Inline::Link { href, title, content } => link(href, title, run(content, Around::Link, look), look),
        Inline::Image { src, alt, title } => image(src, alt, title, around, look),
        Inline::SoftBreak => html! { { "\n" } },
        Inline::HardBreak => html! { <br /> },
        Inline::FootnoteRef(label) => html! {
            <sup>
                <button type="button" class="ck-md-ref" data-ref={shared(label)}
                    aria-label={format!("{} {label}", look.words.get(ChatKey::Footnote))}>
                    { shared(label) }
                </button>
            </sup>
        },
        Inline::Math { source, display } => html! { <Formula source={source.clone()} display={*display} /> },
        Inline::Marks(list) => marks(list, look),
    }
}

/// What is cited at one place. Pressing a mark, and what its card says, is `view::cards`'; here it is a link, or a button
/// for what has no address.
pub(super) fn marks(marks: &Marks, look: &Look) -> Html {
    let one = |mark: &Rc<Mark>| {
        let number = mark.number.to_string();
        let name = fill_in(look.words.get(ChatKey::SourceNumber), &number, &mark.name);
        let face = match &mark.face {
            Face::Label(label) => html! { { shared(label) } },
            Face::Icon(name) if icon::is_known(name) => icon::icon(name),
            Face::Icon(_) | Face::Number => html! { { &number } },
        };
        match &mark.href {
            Some(href) => {
                let away = !safe_href(href).is_some_and(|href| href.stays_on(&look.policy.page_origin));
                let target = away.then_some("_blank");
                html! {
                    <a class="ck-cite" href={shared(href)} {target} rel="noopener noreferrer" data-source={number}
                        aria-label={name}>{ face }</a>
                }
            }
            None => html! {
                <button type="button" class="ck-cite" data-source={number} aria-label={name}>{ face }</button>
            },
        }
    };
    // The space keeps number and word apart for those who hear them.
    html! { <span class="ck-cites">{ "\u{202f}" }{ for marks.iter().map(one) }</span> }
}

fn fill_in(wording: &str, number: &str, name: &str) -> String {
    wording.replace("{number}", number).replace("{name}", name)
}

fn shared(text: &Rc<str>) -> AttrValue {
    AttrValue::from(text.clone())
}

fn title_of(title: &Rc<str>) -> Option<AttrValue> {
    (!title.is_empty()).then(|| shared(title))
}

fn link(href: &SafeHref, title: &Rc<str>, content: Html, look: &Look) -> Html {
    let title = title_of(title);
    match href {
        SafeHref::Absolute(address) | SafeHref::Relative(address) => {
            // Mail and telephone programs open beside the page; a new tab would stay empty.
            let target = (is_web(address) && !href.stays_on(&look.policy.page_origin)).then_some("_blank");
            html! { <a href={shared(address)} {title} {target} rel="noopener noreferrer">{ content }</a> }
        }
        SafeHref::Deeplink(deeplink) => {
            let (deeplink, on_link): (Deeplink, _) = (deeplink.clone(), look.on_link.clone());
            let onclick = move |_: MouseEvent| on_link.emit(deeplink.clone());
            html! { <button type="button" class="ck-md-link" {title} {onclick}>{ content }</button> }
        }
    }
}

fn is_web(href: &str) -> bool {
    href.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

fn image(src: &Rc<str>, alt: &Rc<str>, title: &Rc<str>, around: Around, look: &Look) -> Html {
    let ImagePolicy { page_origin, allowed_image_domains } = &look.policy;
    match policy(src, page_origin, allowed_image_domains.as_deref()) {
        Policy::Show => html! {
            <img src={shared(src)} alt={shared(alt)} title={title_of(title)} loading="lazy" decoding="async"
                referrerpolicy="no-referrer" />
        },
        Policy::Blocked => {
            let name = if alt.is_empty() { look.words.get(ChatKey::Image).into() } else { shared(alt) };
            match safe_href(src) {
                Some(href) if around == Around::Text => link(&href, title, html! { { name } }, look),
                _ => html! { { name } },
            }
        }
    }
}
