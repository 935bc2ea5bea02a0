//! The whole element, top to bottom.

use yew::prelude::*;

use super::cards::use_cards;
use super::foot::foot;
use super::header::header;
use super::history::{history, use_history_focus};
use super::log::Log;
use super::spoken::use_spoken;
use super::start::{loading, start};
use super::{Frame, Out, Same};
use crate::state::select::Body;
use crate::text::ChatKey;

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
    let root = use_node_ref();
    let spoken = use_spoken(&root, view);
    let user = &props.out.user;
    let card = use_cards(&root, &props.frame, user);
    use_history_focus(&root, view.history.as_ref());
    html! {
        <div class="ck-app" ref={root}>
            <div class="ck-main" inert={view.history.is_some()}>
                if let Some(bar) = &view.header {
                    { header(bar, view.words, &props.out) }
                }
                { match &view.body {
                    Body::Start { greeting, prompts } => start(greeting, prompts, view.words, user),
                    Body::Loading => loading(view.words),
                    Body::Thread { .. } => html! { <Log frame={props.frame.clone()} on={user.clone()} /> },
                } }
                // There from the first frame on, as the one below: a live region that appears together with its text
                // stays silent.
                <div role="status">
                    if let Some(status) = &view.status {
                        <p class="ck-status"><span class="ck-spinner" aria-hidden="true"></span>{ status }</p>
                    }
                </div>
                if view.composer.attach.drop_zone {
                <div class="ck-drop" aria-hidden="true">{ view.words.get(ChatKey::DropHere) }</div>
            }
            { foot(&props.frame, user) }
            </div>
            if let Some(past) = &view.history {
                { history(past, view.words, user) }
            }
            { card }
            <div class="ck-hidden" role="status">{ spoken }</div>
        </div>
    }
}
