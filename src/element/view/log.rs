//! The scrolling conversation.

use std::rc::Rc;

use yew::prelude::*;

use super::assistant::thinking;
use super::icon::{icon, is_known};
use super::row::{Row, row_key};
use super::scroll::use_scroll;
use super::turns::{Turn, turns};
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

/// What stands for an answer that has not begun.
fn waiting(view: &View, turn: &Turn) -> Html {
    if let Some(progress) = &view.progress {
        return html! {
            <p class="ck-progress">
                { match progress.icon.as_deref().filter(|name| is_known(name)) {
                    Some(name) => icon(name),
                    None => html! { <span class="ck-spinner" aria-hidden="true"></span> },
                } }
                <span class="ck-shine" dir="auto">{ &progress.text }</span>
            </p>
        };
    }
    let answering = turn.rows.last().is_some_and(|row| shows_life(row));
    if view.busy && view.status.is_none() && !answering { thinking(view.words) } else { Html::default() }
}

/// Whether a row itself shows that more is coming, as an answer without words does with dots of its own.
fn shows_life(row: &ItemView) -> bool {
    match row {
        ItemView::Assistant(answer) => answer.streaming,
        ItemView::Workflow(work) => work.running,
        ItemView::Image(image) => image.progress.is_some(),
        _ => false,
    }
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
