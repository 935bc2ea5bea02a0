//! The scrolling conversation.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::icon;
use super::scroll::use_scroll;
use super::stretch::{Live, Stretch};
use super::turns::stretches;
use super::{Frame, Same};
use crate::state::UserAction;
use crate::state::select::{Body, OlderView};
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
    let stretches = stretches(items);
    html! {
        <div class="ck-log">
            // `log` is a live region by itself; what is to be said is said once, by the app's status.
            // It can be focused, because a keyboard could not scroll it otherwise.
            <div class="ck-scroll" role="log" aria-live="off" aria-label={words.get(ChatKey::Messages)} tabindex="0"
                aria-busy={frame.view.busy.to_string()} ref={scroll.node}>
                { older_messages(*older, words, &props.on) }
                // In a box of their own: a list with one unkeyed node in it is matched from its end, and the way up would
                // be made anew with every page.
                <div ref={scroll.content}>
                { for stretches.iter().enumerate().map(|(index, rows)| html! {
                    <Stretch key={rows.first().map_or(0, |row| row.key().0)} {words} on={props.on.clone()}
                        rows={rows.iter().map(|row| Same(Rc::clone(row))).collect::<Vec<_>>()}
                        images={frame.view.allowed_image_domains.clone()}
                        live={(index + 1 == stretches.len()).then(|| Live { frame: props.frame.clone(), asked: scroll.asked })} />
                }) }
                </div>
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

/// The way up. One button in all its states, so that a keyboard which pressed it stays on it.
fn older_messages(older: OlderView, words: Words, on: &Callback<UserAction>) -> Html {
    let loading = older == OlderView::Loading;
    let label = match older {
        OlderView::None => return Html::default(),
        OlderView::Available => words.get(ChatKey::LoadEarlier),
        OlderView::Loading => words.get(ChatKey::LoadingEarlier),
        OlderView::Failed => words.get(Key::TryAgain),
    };
    html! {
        <div class="ck-older" role="status">
            if older == OlderView::Failed {
                <p>{ words.get(ChatKey::EarlierFailed) }</p>
            }
            <button type="button" class="ck-button" aria-disabled={loading.then_some("true")}
                onclick={on.reform(|_: MouseEvent| UserAction::LoadOlder)}>
                if loading {
                    <span class="ck-spinner" aria-hidden="true"></span>
                }
                { label }
            </button>
        </div>
    }
}
