//! Notices the server sends along with an answer.

use std::rc::Rc;

use yew::prelude::*;

use super::header::IconButton;
use super::icon::Icon;
use super::prose::Prose;
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
    html! { <>{ for props.notices.iter().map(|notice| html! {
        <Notice key={notice.index} notice={notice.clone()} images={props.images.clone()} on={props.on.clone()} />
    }) }</> }
}

#[derive(PartialEq, Properties)]
struct NoticeProps {
    notice: NoticeView,
    images: Option<Rc<[String]>>,
    on: Callback<UserAction>,
}

#[component]
fn Notice(props: &NoticeProps) -> Html {
    let NoticeView { index, level, title, message } = &props.notice;
    let index = *index;
    let (role, icon) = match *level {
        "danger" => ("alert", "warning"),
        "warning" => ("status", "warning"),
        _ => ("status", "info"),
    };
    html! {
        <div class="ck-notice" {role} data-level={*level} aria-label={text::get(Key::Notice)}>
            <Icon name={icon} />
            <div class="ck-notice-text">
                if let Some(title) = title {
                    <strong>{ title }</strong>
                }
                <Prose text={message.clone()} images={props.images.clone()} on={props.on.clone()} />
            </div>
            <IconButton icon="close" label={text::get(Key::Dismiss)}
                onclick={props.on.reform(move |_: MouseEvent| UserAction::DismissNotice(index))} />
        </div>
    }
}
