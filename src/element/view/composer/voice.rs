//! The microphone button, and what stands beside it while it listens.

use yew::prelude::*;

use super::bar::focus;
use crate::element::view::icon::icon;
use crate::state::select::VoiceView;
use crate::state::{DictateAction, UserAction};
use crate::text::{ChatKey, Words};

/// One button that begins and ends a recording, so that the focus stays on it, and a second one to throw it away.
pub fn voice(view: &VoiceView, words: Words, field: &NodeRef, on: &Callback<UserAction>) -> Html {
    let (key, action) = match view {
        VoiceView::None => return Html::default(),
        VoiceView::Off => (ChatKey::VoiceStart, Some(DictateAction::Start)),
        VoiceView::Asking => (ChatKey::VoiceAsking, None),
        VoiceView::Listening(_) => (ChatKey::VoiceStop, Some(DictateAction::Stop)),
        VoiceView::Working => (ChatKey::VoiceWorking, None),
    };
    let label = words.get(key);
    let onclick = {
        let on = on.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(action) = action {
                on.emit(UserAction::Dictate(action));
            }
        })
    };
    let cancel = {
        let (field, on) = (field.clone(), on.clone());
        Callback::from(move |_: MouseEvent| {
            // The button is about to go, and would take the focus with it.
            focus(&field);
            on.emit(UserAction::Dictate(DictateAction::Cancel));
        })
    };
    let throw_away = words.get(ChatKey::VoiceCancel);
    html! {
        <>
            if let VoiceView::Listening(elapsed) = view {
                // Read when it is asked for, not every second.
                <span class="ck-voice-time" role="timer" aria-live="off">{ elapsed }</span>
            }
            if *view != VoiceView::Off {
                <button type="button" class="ck-icon-button" aria-label={throw_away} title={throw_away} onclick={cancel}>
                    { icon("close") }
                </button>
            }
            <button type="button" class="ck-icon-button ck-voice" aria-label={label} title={label}
                data-listening={matches!(view, VoiceView::Listening(_)).then_some("")}
                aria-disabled={action.is_none().then_some("true")} {onclick}>
                { match view {
                    VoiceView::Listening(_) => icon("check"),
                    VoiceView::Asking | VoiceView::Working => html! { <span class="ck-spinner" aria-hidden="true"></span> },
                    VoiceView::Off | VoiceView::None => icon("mic"),
                } }
            </button>
        </>
    }
}
