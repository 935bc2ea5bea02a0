//! One row of the conversation, and what every kind of row may need to draw what it holds.

use std::rc::Rc;

use yew::prelude::*;

use super::Same;
use super::actions::Actions;
use super::assistant::Assistant;
use super::picture::picture;
use super::prose::{image_policy, use_deeplinks};
use super::summary::summary;
use super::user::user;
use super::work::{task_row, workflow};
use crate::element::markdown::Markdown;
use crate::markdown::Document;
use crate::markdown::link::Deeplink;
use crate::state::UserAction;
use crate::state::select::ItemView;
use crate::text::Words;

/// Properties of [`Row`].
#[derive(PartialEq, Properties)]
pub struct RowProps {
    /// What to draw.
    pub item: Same<ItemView>,
    /// Which hosts may show images.
    pub images: Option<Rc<[String]>>,
    /// The language spoken.
    pub words: Words,
    /// Where the reader's doings go.
    pub on: Callback<UserAction>,
}

/// What rows draw with.
pub(super) struct Around<'a> {
    pub(super) images: &'a Option<Rc<[String]>>,
    pub(super) words: Words,
    pub(super) on: &'a Callback<UserAction>,
    on_link: Callback<Deeplink>,
}

impl Around<'_> {
    /// Markdown inside a row.
    pub(super) fn prose(&self, text: &Document) -> Html {
        html! {
            <Markdown document={Rc::new(text.clone())} policy={image_policy(self.images.clone())} heading_base={4}
                words={self.words} on_link={self.on_link.clone()} />
        }
    }
}

/// One row. It is skipped whole when its item is the one drawn before.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let RowProps { item, images, words, on } = props;
    let words = *words;
    let on_link = use_deeplinks(on);
    let around = Around { images, words, on, on_link };
    match &*item.0 {
        ItemView::User(view) => user(view, &around),
        ItemView::Assistant(answer) => {
            html! { <Assistant answer={answer.clone()} images={images.clone()} {words} on={on.clone()} /> }
        }
        ItemView::Workflow(view) => workflow(view, &around),
        ItemView::Task(view) => task_row(view, &around),
        ItemView::Image(view) => picture(view, &around),
        ItemView::Summary(view) => summary(view, words),
        ItemView::Note { text, .. } => html! { <p class="ck-note">{ text }</p> },
        ItemView::Actions(actions) => html! { <Actions actions={actions.clone()} {words} on={on.clone()} /> },
    }
}

/// A row's actions carry the key of the item they follow, so they need a name of their own.
pub(super) fn row_key(item: &ItemView) -> String {
    let key = item.key().0;
    match item {
        ItemView::Actions(_) => format!("{key}-actions"),
        _ => key.to_string(),
    }
}
