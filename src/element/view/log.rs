//! The scrolling conversation.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::Actions;
use super::assistant::{Assistant, thinking};
use super::icon::icon;
use super::scroll::use_scroll;
use super::turns::{Turn, turns};
use super::user::user;
use super::{Frame, Same};
use crate::state::UserAction;
use crate::state::select::{Body, ItemView, OlderView, View};
use crate::text::{ChatKey, Key, Words};

/// Properties of [`Log`].
#[derive(PartialEq, Properties)]
pub struct LogProps {
    /// The frame whose body is a thread.
    pub frame: Same<Frame>,
    /// Where the reader's doings go.
    pub on: Callback<UserAction>,
}

/// The messages, oldest first.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let frame = &props.frame.0;
    let words = frame.view.words;
    let scroll = use_scroll(&props.frame, &props.on);
    let Body::Thread { items, older } = &frame.view.body else { return Html::default() };
    let turns = turns(items);
    let last = turns.len().saturating_sub(1);
    html! {
        <div class="ck-log">
            // `log` is a live region by itself; what is to be said is said once, by the app's status.
            // It can be focused, because a keyboard could not scroll it otherwise.
            <div class="ck-scroll" role="log" aria-live="off" aria-label={words.get(ChatKey::Messages)} tabindex="0"
                aria-busy={frame.view.busy.to_string()} ref={scroll.node} onscroll={scroll.onscroll}>
                { older_messages(*older, words, &props.on) }
                { for turns.iter().enumerate().map(|(index, turn)| {
                    let asked = index == last && turn.question.is_some() && turn.question == scroll.asked;
                    html! {
                        <div key={turn.question.map_or(0, |key| key.0)}
                            class={classes!("ck-turn", asked.then_some("ck-turn-asked"))}>
                            { for turn.rows.iter().map(|item| html! {
                                <Row key={row_key(item)} item={Same(Rc::clone(item))} {words} on={props.on.clone()}
                                    images={frame.view.allowed_image_domains.clone()} />
                            }) }
                            if index == last {
                                { waiting(&frame.view, turn) }
                            }
                        </div>
                    }
                }) }
            </div>
            if scroll.away {
                <button type="button" class="ck-jump" aria-label={words.get(ChatKey::JumpToLatest)}
                    title={words.get(ChatKey::JumpToLatest)} onclick={scroll.jump}>
                    { icon("arrow-down") }
                </button>
            }
        </div>
    }
}

/// A row's actions carry the key of the item they follow, so they need a name of their own.
fn row_key(item: &ItemView) -> String {
    match item {
        ItemView::User(view) => view.key.0.to_string(),
        ItemView::Assistant(assistant) => assistant.key.0.to_string(),
        ItemView::Note { key, .. } => key.0.to_string(),
        ItemView::Actions(actions) => format!("{}-actions", actions.key.0),
    }
}

/// What stands for an answer that has not begun.
fn waiting(view: &View, turn: &Turn) -> Html {
    if let Some(progress) = &view.progress {
        return html! {
            <p class="ck-progress"><span class="ck-spinner" aria-hidden="true"></span>{ progress }</p>
        };
    }
    // An answer without words yet shows the dots itself.
    let answering =
        matches!(turn.rows.last().map(Rc::as_ref), Some(ItemView::Assistant(answer)) if answer.streaming);
    if view.busy && view.status.is_none() && !answering { thinking(view.words) } else { Html::default() }
}

fn older_messages(older: OlderView, words: Words, on: &Callback<UserAction>) -> Html {
    let button = |label: &'static str| {
        html! {
            <button type="button" class="ck-button" onclick={on.reform(|_: MouseEvent| UserAction::LoadOlder)}>
                { label }
            </button>
        }
    };
    match older {
        OlderView::None => Html::default(),
        OlderView::Available => {
            html! { <div class="ck-older">{ button(words.get(ChatKey::LoadEarlier)) }</div> }
        }
        OlderView::Loading => html! {
            <div class="ck-older" role="status">
                <span class="ck-spinner" aria-hidden="true"></span>{ words.get(ChatKey::LoadingEarlier) }
            </div>
        },
        OlderView::Failed => html! {
            <div class="ck-older" role="alert">
                { words.get(ChatKey::EarlierFailed) }{ button(words.get(Key::TryAgain)) }
            </div>
        },
    }
}

#[derive(PartialEq, Properties)]
struct RowProps {
    item: Same<ItemView>,
    words: Words,
    images: Option<Rc<[String]>>,
    on: Callback<UserAction>,
}

/// One row. It is skipped whole when its item is the one drawn before.
#[component]
fn Row(props: &RowProps) -> Html {
    let words = props.words;
    match &*props.item.0 {
        ItemView::User(view) => user(view, words),
        ItemView::Assistant(answer) => html! {
            <Assistant answer={answer.clone()} images={props.images.clone()} {words} on={props.on.clone()} />
        },
        ItemView::Note { text, .. } => html! { <p class="ck-note">{ text }</p> },
        ItemView::Actions(actions) => {
            html! { <Actions actions={actions.clone()} {words} on={props.on.clone()} /> }
        }
    }
}
