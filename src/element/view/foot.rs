//! Everything below the conversation: what happened, where to write, small print.

use yew::prelude::*;

use super::banner::banner;
use super::composer::Composer;
use super::disclaimer::disclaimer;
use super::notices::notices;
use super::{Frame, Same};
use crate::state::UserAction;

/// The lower part of the element.
pub fn foot(frame: &Same<Frame>, on: &Callback<UserAction>) -> Html {
    let view = &frame.0.view;
    html! {
        <div class="ck-foot">
            if !view.notices.is_empty() {
                { notices(view, on) }
            }
            if let Some(problem) = &view.banner {
                { banner(problem, view.words, on) }
            }
            <Composer frame={frame.clone()} on={on.clone()} />
            if let Some(small_print) = &view.disclaimer {
                { disclaimer(small_print, view.words, on) }
            }
        </div>
    }
}
