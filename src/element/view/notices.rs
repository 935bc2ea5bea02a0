//! Notices the server sends along with an answer.

use yew::prelude::*;

use super::header::icon_button;
use super::icon::icon;
use super::prose::Prose;
use crate::state::UserAction;
use crate::state::select::{NoticeView, View};
use crate::text::ChatKey;

/// The notices of this thread.
pub fn notices(view: &View, on: &Callback<UserAction>) -> Html {
    html! { <>{ for view.notices.iter().map(|notice| one(notice, view, on)) }</> }
}

fn one(notice: &NoticeView, view: &View, on: &Callback<UserAction>) -> Html {
    let NoticeView { key, level, title, message } = notice;
    let key = *key;
    let words = view.words;
    let (role, symbol) = match *level {
        "danger" => ("alert", "warning"),
        "warning" => ("status", "warning"),
        _ => ("status", "info"),
    };
    html! {
        <div key={key.0.to_string()} class="ck-notice" {role} data-level={*level} aria-label={words.get(ChatKey::Notice)}>
            { icon(symbol) }
            <div class="ck-notice-text">
                if let Some(title) = title {
                    <strong>{ title }</strong>
                }
                <Prose text={message.clone()} images={view.allowed_image_domains.clone()} {words} on={on.clone()} />
            </div>
            { icon_button("close", words.get(ChatKey::Dismiss), on.reform(move |_: MouseEvent| UserAction::DismissNotice(key))) }
        </div>
    }
}
