//! The busy line, the states over the chat, the notice above it, and what is said aloud.

use yew::prelude::*;

use super::CoreRef;
use crate::problem::{EngineKind, Problem, Remedy};
use crate::retry::MAX_ATTEMPTS;
use crate::text::{Key, Texts};
use crate::widget::{Answer, Event, Options, Screen, State, Widget, screen};

pub(super) fn status(core: &CoreRef, widget: &Widget, options: &Options) -> Html {
    let texts = &options.texts;
    let (class, state) = match screen(widget) {
        Screen::Clear | Screen::InChat(_) => (None, None),
        Screen::Cover(state) => (Some("ckw-cover"), Some(state)),
        Screen::Notice(state) => (Some("ckw-notice"), Some(state)),
    };
    html! {
        <>
            if widget.answer == Answer::Coming {
                <div class="ckw-busy" aria-hidden="true"></div>
            }
            if let (Some(class), Some(state)) = (class, &state) {
                <div class={class}>{ draw(core, state, texts) }</div>
            }
            { aloud(said(state.as_ref(), aloud_answer(widget), texts)) }
        </>
    }
}

/// What is said politely. Always there: a live region that comes together with its text is not announced.
fn aloud(text: String) -> Html {
    html! { <div class="ckw-live" role="status">{ text }</div> }
}

/// Our own element says itself what becomes of an answer; said twice it would drown the answer.
fn aloud_answer(widget: &Widget) -> Answer {
    if widget.engine.kind() == Some(EngineKind::SelfHosted) { Answer::None } else { widget.answer }
}

/// A closed panel is inert, and nothing in it can be heard.
pub(super) fn said_beside_a_closed_panel(widget: &Widget, options: &Options) -> Html {
    let unread = widget.unread > 0 && !widget.panel.is_open();
    aloud(if unread { options.texts.unread(widget.unread) } else { String::new() })
}

fn draw(core: &CoreRef, state: &State, texts: &Texts) -> Html {
    match state {
        State::Failed(problem, remedy) => failed(core, problem, *remedy, texts),
        State::Connecting | State::Loading | State::Renewing | State::Offline => {
            waiting(said(Some(state), Answer::None, texts), None)
        }
        State::Retrying { attempt, next_try } => waiting(
            texts.retrying(*attempt, MAX_ATTEMPTS),
            next_try.map(|seconds| texts.next_try_in(seconds)),
        ),
    }
}

/// The text is hidden from screen readers here: the live region says it.
fn waiting(text: String, more: Option<String>) -> Html {
    html! {
        <>
            <span class="ckw-spinner" aria-hidden="true"></span>
            <p class="ckw-text" aria-hidden="true">{ text }</p>
            if let Some(more) = more {
                <p class="ckw-more" aria-hidden="true">{ more }</p>
            }
        </>
    }
}

fn failed(core: &CoreRef, problem: &Problem, remedy: Remedy, texts: &Texts) -> Html {
    let sentence = problem.server_text().unwrap_or_else(|| texts.get(problem.key())).to_owned();
    let core = core.clone();
    let (key, onclick): (Key, Callback<MouseEvent>) = match remedy {
        Remedy::Retry => (Key::TryAgain, Callback::from(move |_| core.step(Event::Retry))),
        Remedy::NewChat => (Key::NewChat, Callback::from(move |_| core.new_thread())),
        Remedy::Reload => (Key::ReloadPage, Callback::from(|_| reload())),
        Remedy::None => return html! { <p class="ckw-text" role="alert">{ sentence }</p> },
    };
    html! {
        <>
            <p class="ckw-text" role="alert">{ sentence }</p>
            <button type="button" class="ckw-button" {onclick}>{ texts.get(key).to_owned() }</button>
        </>
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // Throws in sandboxed frames only, where nothing else would help either.
        let _ = window.location().reload();
    }
}

/// What the live region says. Failures have their own, louder one.
fn said(state: Option<&State>, answer: Answer, texts: &Texts) -> String {
    match (state, answer) {
        (Some(State::Connecting), _) => texts.get(Key::Connecting).to_owned(),
        (Some(State::Loading), _) => texts.get(Key::LoadingChat).to_owned(),
        (Some(State::Offline), _) => texts.get(Key::WaitingForNetwork).to_owned(),
        (Some(State::Renewing), _) => texts.get(Key::Renewing).to_owned(),
        (Some(State::Retrying { attempt, .. }), _) => texts.retrying(*attempt, MAX_ATTEMPTS),
        (None, Answer::Coming) => texts.get(Key::Answering).to_owned(),
        (None, Answer::Complete) => texts.get(Key::Answered).to_owned(),
        (Some(State::Failed(..)), _) | (None, Answer::None) => String::new(),
    }
}
