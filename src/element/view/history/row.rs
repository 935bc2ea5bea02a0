//! One past thread.

use yew::prelude::*;

use super::day::day;
use crate::element::view::header::icon_button;
use crate::state::select::{HistoryRowView, HistoryView};
use crate::state::{Doing, HistoryAction, UserAction};
use crate::text::{ChatKey, Key, Words};

/// A row of the list.
pub fn row(row: &HistoryRowView, view: &HistoryView, words: Words, on: &Callback<UserAction>) -> Html {
    let title = row.title.as_deref().unwrap_or(words.get(Key::NewChat));
    html! {
        <li key={row.id.clone()} class="ck-past" data-current={row.current.then_some("")}
            aria-busy={matches!(row.doing, Doing::Saving { .. } | Doing::Deleting).then_some("true")}>
            { match &row.doing {
                Doing::Renaming { title, failed } => field(title, *failed, words, on),
                Doing::Asking { failed } => question(title, *failed, words, on),
                Doing::Nothing | Doing::Saving { .. } | Doing::Deleting => plain(row, title, view, words, on),
            } }
        </li>
    }
}

fn tell(on: &Callback<UserAction>, action: HistoryAction) -> Callback<MouseEvent> {
    on.reform(move |_: MouseEvent| UserAction::History(action.clone()))
}

fn plain(
    row: &HistoryRowView,
    title: &str,
    view: &HistoryView,
    words: Words,
    on: &Callback<UserAction>,
) -> Html {
    let act = |action: fn(String) -> HistoryAction| tell(on, action(row.id.clone()));
    // "Rename: Servo motors": a list of buttons that are all called Rename helps nobody.
    let named = |key| format!("{}: {title}", words.get(key));
    let idle = row.doing == Doing::Nothing;
    html! {
        <>
            <button type="button" class="ck-past-open" data-thread={row.id.clone()} onclick={act(HistoryAction::Pick)}
                aria-current={row.current.then_some("true")} disabled={row.doing == Doing::Deleting}>
                <span class="ck-past-title">{ title }</span>
                if row.doing == Doing::Deleting {
                    <small>{ words.get(ChatKey::Deleting) }</small>
                } else if let Some(date) = row.day {
                    <small>{ day(date, words) }</small>
                }
            </button>
            if view.rename && idle {
                { icon_button("pencil", &named(ChatKey::Rename), act(HistoryAction::Rename)) }
            }
            if view.delete && idle {
                { icon_button("trash", &named(ChatKey::Delete), act(HistoryAction::Delete)) }
            }
        </>
    }
}

fn field(title: &str, failed: bool, words: Words, on: &Callback<UserAction>) -> Html {
    let oninput = on.reform(|event: InputEvent| {
        let field: web_sys::HtmlInputElement = event.target_unchecked_into();
        UserAction::History(HistoryAction::Title(field.value()))
    });
    let onsubmit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        UserAction::History(HistoryAction::Save)
    });
    html! {
        <form class="ck-past-ask" {onsubmit}>
            <input class="ck-past-field" type="text" dir="auto" autocomplete="off" data-ask="" {oninput}
                aria-label={words.get(ChatKey::ThreadTitle)} aria-invalid={failed.then_some("true")} value={title.to_owned()} />
            { problem(failed, ChatKey::RenameFailed, words) }
            <div class="ck-past-answers">
                <button type="submit" class="ck-button ck-button-primary">{ words.get(ChatKey::Save) }</button>
                <button type="button" class="ck-button" onclick={tell(on, HistoryAction::Cancel)}>{ words.get(ChatKey::Cancel) }</button>
            </div>
        </form>
    }
}

fn question(title: &str, failed: bool, words: Words, on: &Callback<UserAction>) -> Html {
    html! {
        <div class="ck-past-ask" role="group" aria-label={title.to_owned()}>
            <p class="ck-past-title">{ title }</p>
            <p>{ words.get(ChatKey::DeleteQuestion) }</p>
            { problem(failed, ChatKey::DeleteFailed, words) }
            <div class="ck-past-answers">
                <button type="button" class="ck-button ck-button-danger" onclick={tell(on, HistoryAction::Confirm)}>{ words.get(ChatKey::Delete) }</button>
                // The focus begins here: a key pressed in haste deletes nothing.
                <button type="button" class="ck-button" data-ask="" onclick={tell(on, HistoryAction::Cancel)}>{ words.get(ChatKey::Cancel) }</button>
            </div>
        </div>
    }
}

fn problem(failed: bool, what: ChatKey, words: Words) -> Html {
    match failed {
        true => html! { <p class="ck-past-problem" role="alert">{ words.get(what) }</p> },
        false => Html::default(),
    }
}
