//! An image, and what stands in its place when it does not come: addresses of stored images often end before the
//! conversation does.

use yew::prelude::*;

/// Properties of [`Img`].
#[derive(PartialEq, Properties)]
pub struct ImgProps {
    /// Its address; the caller decided that it may load.
    pub src: AttrValue,
    /// What it shows.
    pub alt: AttrValue,
    /// Said when pointed at.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Shown instead of one that did not come.
    pub instead: Html,
    /// Whether it may wait until it is nearly in sight. Its place must have a size without it.
    #[prop_or_default]
    pub lazy: bool,
}

/// The image. One with another address is tried again.
#[component]
pub fn Img(props: &ImgProps) -> Html {
    let ImgProps { src, alt, title, instead, lazy } = props;
    let failed = use_state_eq(|| None::<AttrValue>);
    if failed.as_ref() == Some(src) {
        return instead.clone();
    }
    let onerror = {
        let (failed, src) = (failed.setter(), src.clone());
        Callback::from(move |_: Event| failed.set(Some(src.clone())))
    };
    html! {
        <img {src} {alt} {title} loading={lazy.then_some("lazy")} decoding="async" referrerpolicy="no-referrer" {onerror} />
    }
}
