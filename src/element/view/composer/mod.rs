//! Where the reader writes.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

mod attachments;
mod bar;
mod field;
mod menu;
mod offers;
mod structured;
mod voice;

use attachments::attachments_row;
use bar::bar;
use field::{begin, mirror, use_field};
use offers::{offers, use_offers};
use structured::{structured, use_focus_follows};

use super::header::icon_button;
use super::icon::icon;
use super::{Frame, Same};
use crate::state::select::{ComposerMode, LONG, SendButton, direction};
use crate::state::{ComposerAction, MenuAction, UserAction};
use crate::text::{ChatKey, Words};
use crate::web::dom;

/// Properties of [`Composer`].
#[derive(PartialEq, Properties)]
pub struct ComposerProps {
    /// The frame it is drawn in.
    pub frame: Same<Frame>,
    /// Where what is written goes.
    pub on: Callback<UserAction>,
}

/// The field with its quote and button, or the reason why there is none.
#[component]
pub fn Composer(props: &ComposerProps) -> Html {
    let composer = &props.frame.0.view.composer;
    let words = props.frame.0.view.words;
    let field = use_node_ref();
    let there = matches!(composer.mode, ComposerMode::Open | ComposerMode::Locked);
    let begun = use_field(&field, there, composer, &props.on);
    let offers_place = use_offers(composer);
    {
        let field = field.clone();
        use_effect_with(props.frame.clone(), move |frame| {
            if frame.0.focus {
                focus(&field);
            }
        });
    }
    let form = use_node_ref();
    use_focus_follows(
        &field,
        &form,
        match &composer.mode {
            ComposerMode::Structured(form) => Some(form.key),
            _ => None,
        },
    );
    let locked = match &composer.mode {
        ComposerMode::Closed { reason } => return html! { <p class="ck-closed" role="status">{ reason }</p> },
        ComposerMode::Structured(view) => return structured(view, words, &form, &props.on),
        ComposerMode::Locked => true,
        ComposerMode::Open => false,
    };
    let onkeydown = {
        let (on, open_menu) = (props.on.clone(), composer.menu.clone());
        let (field, draft) = (field.clone(), composer.text.clone());
        Callback::from(move |event: KeyboardEvent| {
            // 229 is how Safari marks the Enter that ends a composition: there isComposing is false already.
            let composing = event.is_composing() || event.key_code() == 229;
            let in_menu =
                open_menu.as_ref().filter(|_| !composing).and_then(|open| offers::key(open, &event));
            if event.repeat() && event.key() == "Enter" && !event.shift_key() {
                // Held down it is one Enter: the next would send what the first has chosen, or does not find yet.
                event.prevent_default();
            } else if let Some(action) = in_menu {
                // Nobody else's: Escape would close the whole chat.
                event.prevent_default();
                event.stop_propagation();
                on.emit(UserAction::Composer(ComposerAction::Menu(action)));
            } else if event.key() == "Enter" && !event.shift_key() && !composing {
                event.prevent_default();
                if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| !begun.replace(true)) {
                    begin(&field, &draft, &on);
                }
                on.emit(UserAction::Composer(ComposerAction::Menu(MenuAction::Enter)));
            }
        })
    };
    let onmousedown = {
        let field = field.clone();
        Callback::from(move |event: MouseEvent| {
            // Only presses on the frame itself; those inside the field place the cursor, buttons do their own.
            if event.target() == event.current_target() {
                event.prevent_default();
                focus(&field);
            }
        })
    };
    // What a locked thread says is no name for a field.
    let label = match composer.placeholder.as_str() {
        hint if !locked && !hint.is_empty() => hint.to_owned(),
        _ => words.get(ChatKey::ComposerPlaceholder).to_owned(),
    };
    let active = composer.menu.as_ref().and_then(|menu| menu.active).map(offers::row_id);
    html! {
        <div class="ck-composer" data-locked={locked.then_some("")} {onmousedown}>
            { offers(composer.menu.as_ref(), &offers_place, &props.on) }
            if let Some(quote) = &composer.quote {
                <div class="ck-composer-quote">
                    <blockquote class="ck-quote">{ quote }</blockquote>
                    { icon_button("close", words.get(ChatKey::Dismiss), props.on.reform(|_: MouseEvent| UserAction::Composer(ComposerAction::ClearQuote))) }
                </div>
            }
            { attachments_row(&props.frame, &props.on) }
            <div class="ck-composer-row" data-stacked={composer.bar.any().then_some("")}>
                <div class="ck-editor">
                    if !composer.mirror.is_empty() {
                        { mirror(&composer.mirror, &composer.text) }
                    }
                    <textarea class="ck-field" rows="1" dir={direction(&composer.text)}
                        data-long={(composer.text.len() > LONG).then_some("")} enterkeyhint="send" autocomplete="off"
                        ref={field.clone()} aria-label={label} placeholder={composer.placeholder.clone()}
                        disabled={locked} {onkeydown}
                        aria-autocomplete={composer.lists.then_some("list")}
                        aria-controls={composer.menu.is_some().then_some(offers::LIST)}
                        aria-activedescendant={active} />
                </div>
                { bar(&props.frame, &field, &props.on, send_button(composer.button, locked, words, &field, &props.on)) }
            </div>
        </div>
    }
}

/// One button for both, so that the focus stays where it is when an answer begins. Not `disabled` for the same reason:
/// a disabled button drops the focus to the page.
fn send_button(
    button: SendButton,
    locked: bool,
    words: Words,
    field: &NodeRef,
    on: &Callback<UserAction>,
) -> Html {
    let (symbol, key, enabled) = match button {
        SendButton::Send { enabled } => ("arrow-up", ChatKey::Send, enabled && !locked),
        SendButton::Stop => ("stop", ChatKey::Stop, true),
    };
    let onclick = {
        let (field, on) = (field.clone(), on.clone());
        Callback::from(move |_: MouseEvent| match button {
            SendButton::Send { .. } => {
                // Also where it cannot be sent: then the reader is told why.
                on.emit(UserAction::Submit);
                if enabled {
                    focus(&field);
                }
            }
            SendButton::Stop => on.emit(UserAction::Stop),
        })
    };
    html! {
        <button type="button" class="ck-icon-button ck-send" aria-label={words.get(key)} title={words.get(key)}
            aria-disabled={(!enabled).then_some("true")} {onclick}>
            { icon(symbol) }
        </button>
    }
}

fn focus(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        dom::focus(&field);
    }
}
