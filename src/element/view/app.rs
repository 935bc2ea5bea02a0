//! The whole element, top to bottom.

use std::rc::Rc;

use yew::prelude::*;

use super::foot::Foot;
use super::header::Header;
use super::log::Log;
use super::start::{Loading, Start};
use super::{Frame, Out, Same};
use crate::state::select::{Body, ItemView, View};
use crate::text::{self, Key};

/// Properties of [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// What to draw.
    pub frame: Same<Frame>,
    /// Where the reader's doings go.
    pub out: Out,
}

/// Draws one frame.
#[component]
pub fn App(props: &AppProps) -> Html {
    let view = &props.frame.0.view;
    let spoken = use_spoken(view);
    let user = &props.out.user;
    html! {
        <div class="ck-app">
            if let Some(header) = &view.header {
                <Header header={header.clone()} out={props.out.clone()} />
            }
            { match &view.body {
                Body::Start { greeting, prompts } => html! {
                    <Start greeting={AttrValue::from(greeting.clone())} prompts={prompts.clone()} on={user.clone()} />
                },
                Body::Loading => html! { <Loading /> },
                Body::Thread { .. } => html! { <Log frame={props.frame.clone()} on={user.clone()} /> },
            } }
            <Foot frame={props.frame.clone()} on={user.clone()} />
            // There from the first frame on: a live region that appears together with its text stays silent.
            <div class="ck-hidden" role="status">{ spoken }</div>
        </div>
    }
}

/// What a screen reader is told politely: the state of a waiting turn, that an answer began, and the answer once it is
/// complete. Never the growing text: it would be read out again with every word.
#[hook]
fn use_spoken(view: &View) -> AttrValue {
    let was_busy = use_mut_ref(|| false);
    let answered = use_mut_ref(AttrValue::default);
    if view.busy != was_busy.replace(view.busy) {
        *answered.borrow_mut() =
            if view.busy { text::get(Key::Answering).into() } else { last_answer(&view.body) };
    }
    match &view.status {
        Some(status) => AttrValue::from(status.clone()),
        None => answered.borrow().clone(),
    }
}

fn last_answer(body: &Body) -> AttrValue {
    let Body::Thread { items, .. } = body else { return AttrValue::default() };
    let answer = items.iter().rev().map(Rc::as_ref).find_map(|item| match item {
        ItemView::Actions(actions) => Some(actions.copy_text.clone()),
        ItemView::User(_) => Some(String::new()),
        ItemView::Assistant(_) | ItemView::Note { .. } => None,
    });
    match answer {
        Some(answer) if !answer.is_empty() => answer.into(),
        _ => AttrValue::default(),
    }
}
