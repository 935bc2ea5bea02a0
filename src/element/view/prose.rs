//! Markdown of the server and of the site, with what it needs around it.

use std::rc::Rc;

use yew::prelude::*;

use crate::element::markdown::{ImagePolicy, Markdown};
use crate::json::{Json, Object};
use crate::markdown::Document;
use crate::markdown::link::Deeplink;
use crate::state::UserAction;
use crate::text::Words;

/// Properties of [`Prose`].
#[derive(PartialEq, Properties)]
pub struct ProseProps {
    /// Markdown, whole.
    pub text: AttrValue,
    /// The thread's `allowed_image_domains`.
    #[prop_or_default]
    pub images: Option<Rc<[String]>>,
    /// The language spoken.
    pub words: Words,
    /// Where followed deep links go.
    pub on: Callback<UserAction>,
}

/// A finished piece of markdown.
#[component]
pub fn Prose(props: &ProseProps) -> Html {
    let document = use_memo(props.text.clone(), |text| Document::parse(text));
    let on_link = use_deeplinks(&props.on);
    html! {
        <Markdown {document} policy={image_policy(props.images.clone())} heading_base={4} words={props.words} {on_link} />
    }
}

/// Images of the page's own origin and of the hosts the server allows.
pub fn image_policy(allowed_image_domains: Option<Rc<[String]>>) -> ImagePolicy {
    ImagePolicy { page_origin: page_origin().into(), allowed_image_domains }
}

/// The same callback at every render: markdown redraws everything for a new one.
#[hook]
pub fn use_deeplinks(on: &Callback<UserAction>) -> Callback<Deeplink> {
    use_callback(on.clone(), |link: Deeplink, on| on.emit(followed(&link)))
}

fn followed(link: &Deeplink) -> UserAction {
    let data: Object =
        link.data.iter().map(|(name, value)| (name.to_string(), Json::from(&**value))).collect();
    UserAction::Deeplink {
        name: link.name.to_string(),
        data: (!data.is_empty()).then_some(Json::Object(data)),
    }
}

/// The origin of the page the element is on.
pub fn page_origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
