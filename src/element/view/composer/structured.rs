//! Questions of the assistant in the composer's place: a form with a group of native controls for each.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, Node, ShadowRoot};
use yew::prelude::*;

use crate::state::select::{ControlView, QuestionView, SendAnswers, StructuredView};
use crate::state::{Choice, ItemKey, StructuredAction, UserAction};
use crate::text::{ChatKey, Words};
use crate::web::dom;

/// Keeps the keyboard where it was: a reader who wrote in the field that the form replaces goes on in the form's first
/// control, and from the last control back in the field. Nobody else's focus is moved. `form` names the form that is
/// there.
#[hook]
pub fn use_focus_follows(field: &NodeRef, around: &NodeRef, form: Option<ItemKey>) {
    let change = use_mut_ref(|| Change { form, led: false });
    {
        let mut change = change.borrow_mut();
        if change.form != form {
            // Asked while what goes is still in the page: what is removed has lost the focus already.
            change.led = match change.form {
                Some(_) => holds_focus(around),
                None => holds_focus(field),
            };
            change.form = form;
        }
    }
    let (field, around) = (field.clone(), around.clone());
    use_effect_with(form, move |form| {
        // Kept until now, not in this closure: drawing may be asked for again before effects run, and of two closures
        // only the later one, which has seen no change, is run.
        if !std::mem::take(&mut change.borrow_mut().led) {
            return;
        }
        let next = match form {
            Some(_) => around
                .cast::<HtmlElement>()
                .and_then(|form| form.query_selector("input, textarea").ok().flatten())
                .and_then(|control| control.dyn_into::<HtmlElement>().ok()),
            None => field.cast::<HtmlElement>(),
        };
        if let Some(next) = next {
            dom::focus(&next);
        }
    });
}

/// What stands where the reader writes, and whether the focus was in what stood there before.
struct Change {
    form: Option<ItemKey>,
    led: bool,
}

fn holds_focus(node: &NodeRef) -> bool {
    let Some(node) = node.cast::<Node>() else { return false };
    let root = node.get_root_node().dyn_into::<ShadowRoot>().ok();
    let focused = root.and_then(|root| root.active_element());
    focused.is_some_and(|focused| node.contains(Some(&focused)))
}

/// The form. `around` becomes its element.
pub fn structured(view: &StructuredView, words: Words, around: &NodeRef, on: &Callback<UserAction>) -> Html {
    let on = on.reform(UserAction::Structured);
    let onsubmit = on.reform(|event: SubmitEvent| {
        event.prevent_default();
        StructuredAction::Submit
    });
    let enabled = view.send == SendAnswers::Ready;
    let sending = view.send == SendAnswers::Sending;
    let skip_all = on.reform(|_: MouseEvent| StructuredAction::SkipAll);
    html! {
        <form key={view.key.0} class="ck-composer ck-structured" ref={around.clone()} {onsubmit} autocomplete="off"
            aria-label={words.get(ChatKey::Questions)} aria-busy={sending.then_some("true")}>
            <div class="ck-questions">
                { for view.questions.iter().map(|asked| question(view, asked, words, &on)) }
            </div>
            <div class="ck-structured-end">
                <button type="button" class="ck-button" onclick={skip_all}>{ words.get(ChatKey::Skip) }</button>
                // Not `disabled`, which would drop the focus to the page while the answers are sent.
                <button type="submit" class="ck-button ck-button-primary" aria-disabled={(!enabled).then_some("true")}>
                    if sending {
                        <span class="ck-spinner" aria-hidden="true"></span>
                    }
                    { words.get(ChatKey::SendAnswers) }
                </button>
            </div>
        </form>
    }
}

fn question(
    form: &StructuredView,
    asked: &QuestionView,
    words: Words,
    on: &Callback<StructuredAction>,
) -> Html {
    let (question, skipped) = (asked.index, asked.skipped);
    let skip = on.reform(move |_: MouseEvent| StructuredAction::Skip { question, skipped: !skipped });
    html! {
        <fieldset key={question} class="ck-question">
            <legend>{ &asked.question }</legend>
            if skipped {
                <p class="ck-skipped">{ words.get(ChatKey::Skipped) }</p>
            } else {
                { controls(form, asked, words, on) }
            }
            if form.skip_each {
                <button type="button" class="ck-skip" onclick={skip}>
                    { words.get(if skipped { ChatKey::AnswerAfterAll } else { ChatKey::SkipQuestion }) }
                </button>
            }
        </fieldset>
    }
}

fn controls(
    form: &StructuredView,
    asked: &QuestionView,
    words: Words,
    on: &Callback<StructuredAction>,
) -> Html {
    let question = asked.index;
    match &asked.control {
        ControlView::Choice { options, other, multiple } => {
            let name = format!("ck-question-{question}");
            let kind = if *multiple { "checkbox" } else { "radio" };
            let onchange = |choice| {
                on.reform(move |event: Event| StructuredAction::Choose {
                    question,
                    choice,
                    on: event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()),
                })
            };
            let own = words.get(ChatKey::OtherAnswer);
            html! {
                <div class="ck-choices">
                    { for options.iter().enumerate().map(|(index, (label, chosen))| html! {
                        <label key={index} class="ck-choice">
                            <input type={kind} name={name.clone()} checked={*chosen}
                                onchange={onchange(Choice::Option(index))} />
                            <span>{ label }</span>
                        </label>
                    }) }
                    <div key="other" class="ck-choice">
                        <input type={kind} name={name.clone()} checked={*other} aria-label={own}
                            onchange={onchange(Choice::Other)} />
                        <input type="text" class="ck-own" dir="auto" value={asked.text.clone()} placeholder={own}
                            aria-label={own} oninput={on.reform(move |event: InputEvent| {
                                let field = event.target_dyn_into::<HtmlInputElement>();
                                let text = field.map(|field| field.value()).unwrap_or_default();
                                StructuredAction::Write { question, text }
                            })} onkeydown={enter(form.complete, on)} />
                    </div>
                </div>
            }
        }
        ControlView::Freeform { description } => {
            let note = format!("ck-question-{question}-note");
            html! {
                <>
                    if let Some(description) = description {
                        <p id={note.clone()} class="ck-question-note">{ description }</p>
                    }
                    <textarea class="ck-own" dir="auto" rows="2" enterkeyhint="send" value={asked.text.clone()}
                        aria-label={asked.question.clone()} placeholder={words.get(ChatKey::YourAnswer)}
                        aria-describedby={description.as_ref().map(|_| note)}
                        oninput={on.reform(move |event: InputEvent| {
                            let field = event.target_dyn_into::<HtmlTextAreaElement>();
                            let text = field.map(|field| field.value()).unwrap_or_default();
                            StructuredAction::Write { question, text }
                        })} onkeydown={enter(form.complete, on)} />
                </>
            }
        }
    }
}

/// Enter sends a form that is complete, as it sends a message. In one that is not, it does what it does in any field,
/// but never sends: that would skip the questions that are left. `complete` is how the form was drawn; the state is asked
/// in any case, because it knows the letter that was typed a moment ago.
fn enter(complete: bool, on: &Callback<StructuredAction>) -> Callback<KeyboardEvent> {
    let on = on.clone();
    Callback::from(move |event: KeyboardEvent| {
        // 229 is how Safari marks the Enter that ends a composition: there isComposing is false already.
        if event.key() != "Enter" || event.shift_key() || event.is_composing() || event.key_code() == 229 {
            return;
        }
        let one_line = event.target_dyn_into::<HtmlInputElement>().is_some();
        if complete || one_line {
            event.prevent_default();
        }
        on.emit(StructuredAction::SubmitComplete);
    })
}
