//! Notices the server sends along with an answer.

use std::rc::Rc;

use yew::prelude::*;

use super::header::IconButton;
use super::icon::Icon;
use crate::element::markdown::Markdown;
use crate::markdown::Document;
use crate::state::UserAction;
use crate::state::select::NoticeView;
use crate::text::{self, Key};

/// Properties of [`Notices`].
#[derive(PartialEq, Properties)]
pub struct NoticesProps {
    /// Oldest first.
    pub notices: Vec<NoticeView>,
    /// Which hosts may show images.
    pub images: Option<Rc<[String]>>,
    /// Where closing one goes.
    pub on: Callback<UserAction>,
}

/// The notices of this thread.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! { <>{ for props.notices.iter().map(|notice| one(notice, props)) }</> }
}

fn one(notice: &NoticeView, props: &NoticesProps) -> Html {
    let index = notice.index;
    let (role, icon) = match notice.level {
        "danger" => ("alert", "warning"),
        "warning" => ("status", "warning"),
        _ => ("status", "info"),
    };
    html! {
        <div class="ck-notice" {role} data-level={notice.level} aria-label={text::get(Key::Notice)}>
            <Icon name={icon} />
            <div class="ck-notice-text">
                if let Some(title) = &notice.title {
                    <strong>{ title }</strong>
                }
                <Markdown document={Document::parse(&notice.message)} />
            </div>
            <IconButton icon="close" label={text::get(Key::Dismiss)}
                onclick={props.on.reform(move |_: MouseEvent| UserAction::DismissNotice(index))} />
        </div>
    }
}
