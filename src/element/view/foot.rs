//! Everything below the conversation: what happened, where to write, small print.

use yew::prelude::*;

use super::banner::Banner;
use super::composer::Composer;
use super::disclaimer::Disclaimer;
use super::notices::Notices;
use super::{Frame, Same};
use crate::state::UserAction;

/// Properties of [`Foot`].
#[derive(PartialEq, Properties)]
pub struct FootProps {
    /// What to draw.
    pub frame: Same<Frame>,
    /// Where the reader's doings go.
    pub on: Callback<UserAction>,
}

/// The lower part of the element.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let view = &props.frame.0.view;
    html! {
        <div class="ck-foot">
            if !view.notices.is_empty() {
                <Notices notices={view.notices.clone()} images={view.allowed_image_domains.clone()}
                    on={props.on.clone()} />
            }
            if let Some(banner) = &view.banner {
                <Banner banner={banner.clone()} on={props.on.clone()} />
            }
            <Composer frame={props.frame.clone()} on={props.on.clone()} />
            if let Some(disclaimer) = &view.disclaimer {
                <Disclaimer disclaimer={disclaimer.clone()} on={props.on.clone()} />
            }
        </div>
    }
}
