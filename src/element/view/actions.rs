//! The action bar under a finished turn: Copy and, where the site allows it, thumbs and another answer.

use yew::prelude::*;

use super::clipboard::use_copy;
use super::header::icon_button;
use super::icon::icon;
use crate::protocol::FeedbackKind;
use crate::state::UserAction;
use crate::state::select::{FeedbackView, RetryView, TurnActionsView};
use crate::text::{ChatKey, Words};

/// Properties of [`Actions`].
#[derive(PartialEq, Properties)]
pub struct ActionsProps {
    /// What can be done.
    pub actions: TurnActionsView,
    /// The language spoken.
    pub words: Words,
    /// Where it goes.
    pub on: Callback<UserAction>,
}

/// The bar.
#[component]
pub fn Actions(props: &ActionsProps) -> Html {
    let words = props.words;
    let (copy, said) = use_copy();
    let text = AttrValue::from(props.actions.copy_text.clone());
    let onclick = copy.reform(move |_: MouseEvent| text.clone());
    let failed = props.actions.feedback.filter(|feedback| feedback.failed).map(|_| ChatKey::FeedbackFailed);
    html! {
        <div class="ck-actions">
            if !props.actions.copy_text.is_empty() {
                { icon_button(if said == Some(ChatKey::Copied) { "check" } else { "copy" }, words.get(ChatKey::Copy), onclick) }
            }
            { props.actions.feedback.map(|feedback| thumbs(feedback, props)) }
            { props.actions.retry.map(|view| retry(view, props)) }
            <span class="ck-actions-said" role="status">{ said.or(failed).map(|key| words.get(key)) }</span>
        </div>
    }
}

fn thumbs(feedback: FeedbackView, props: &ActionsProps) -> Html {
    let key = props.actions.key;
    let thumb = |kind, symbol, name| {
        let pressed = feedback.pressed == Some(kind);
        let onclick = props.on.reform(move |_: MouseEvent| UserAction::Feedback { key, kind });
        let label = props.words.get(name);
        html! {
            <button type="button" class="ck-icon-button ck-thumb-button" aria-label={label} title={label}
                aria-pressed={pressed.to_string()} {onclick}>
                { icon(symbol) }
            </button>
        }
    };
    html! {
        <>
            { thumb(FeedbackKind::Positive, "thumbs-up", ChatKey::GoodAnswer) }
            { thumb(FeedbackKind::Negative, "thumbs-down", ChatKey::BadAnswer) }
        </>
    }
}

/// Dim, but there, while something else is being answered: a button that comes and goes moves under the pointer.
fn retry(RetryView { question, ready }: RetryView, props: &ActionsProps) -> Html {
    let label = props.words.get(ChatKey::AnswerAgain);
    let onclick = props.on.reform(move |_: MouseEvent| UserAction::RetryAfter(question));
    html! {
        <button type="button" class="ck-icon-button" aria-label={label} title={label}
            aria-disabled={(!ready).then_some("true")} {onclick}>
            { icon("reload") }
        </button>
    }
}
