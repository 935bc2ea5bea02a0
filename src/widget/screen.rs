//! What the panel shows besides the chat.

use std::time::Duration;

use super::{Chat, Engine, Network, Pace, Widget};
use crate::problem::{EngineKind, Problem, Remedy};
use crate::session::Session;

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The session is being asked for, for the first time.
    Connecting,
    /// The session is asked for again.
    Retrying {
        /// From 2.
        attempt: u32,
        /// Seconds until it begins; `None` once it has.
        next_try: Option<u32>,
    },
    /// The device has no network. Nothing to be done: it goes on by itself.
    Offline,
    /// The session ended, and its renewal takes longer than passes unnoticed.
    Renewing,
    /// The engine is on its way.
    Loading,
    /// It did not work; the reader can do this.
    Failed(Problem, Remedy),
}

/// Where to say it.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Nothing to say: the chat has the panel to itself.
    Clear,
    /// Over the whole body: there is no chat yet.
    Cover(State),
    /// In a line above the chat: the reader may be reading or typing in it.
    Notice(State),
    /// Not here: the self-hosted chat says it beside the question that waits, and its button asks for a session too. With
    /// ours there would be two to press for one thing; and as long as nobody asks anything, nobody needs to know.
    InChat(State),
}

/// Decides what the panel shows.
#[must_use]
pub fn screen(widget: &Widget) -> Screen {
    if let Some(problem) = &widget.misconfigured {
        return Screen::Cover(failed(problem));
    }
    if widget.network == Network::Down {
        return match widget.chat {
            Chat::Shown => Screen::Notice(State::Offline),
            Chat::Absent | Chat::Starting | Chat::Late => Screen::Cover(State::Offline),
        };
    }
    let trouble = session_state(widget);
    match widget.chat {
        Chat::Shown => match (trouble, widget.pace) {
            (Some(state @ State::Failed(_, Remedy::Retry)), _)
                if widget.engine == Engine::Ready(EngineKind::SelfHosted) =>
            {
                Screen::InChat(state)
            }
            (Some(state @ (State::Retrying { .. } | State::Failed(..))), _) => Screen::Notice(state),
            (Some(_), Pace::Slow) => Screen::Notice(State::Renewing),
            // A renewal that is quick is nobody's business.
            _ => Screen::Clear,
        },
        Chat::Late => Screen::Cover(match &widget.engine {
            // The tag is taken for as long as the page lives: only another page load can help.
            Engine::Ready(engine) => State::Failed(
                Problem::EngineTimedOut { engine: *engine, after: Duration::ZERO },
                Remedy::Reload,
            ),
            _ => State::Loading,
        }),
        Chat::Absent | Chat::Starting => match (&widget.engine, trouble) {
            (_, Some(state @ State::Failed(..))) => Screen::Cover(state),
            (Engine::Failed(problem), _) => Screen::Cover(failed(problem)),
            (_, Some(state)) => Screen::Cover(state),
            (Engine::NotAsked, None) => Screen::Clear,
            (Engine::Loading(_) | Engine::Ready(_), None) => Screen::Cover(State::Loading),
        },
    }
}

fn failed(problem: &Problem) -> State {
    State::Failed(problem.clone(), problem.remedy())
}

fn session_state(widget: &Widget) -> Option<State> {
    match &widget.session {
        Session::None
        | Session::Active(_)
        | Session::Fetching { fallback: Some(_), .. }
        | Session::Offline { fallback: Some(_) } => None,
        // The network is back, and the flight is about to notice.
        Session::Fetching { attempt: 0 | 1, .. } | Session::Offline { fallback: None } => {
            Some(State::Connecting)
        }
        Session::Fetching { attempt, .. } => {
            Some(State::Retrying { attempt: *attempt, next_try: widget.next_try })
        }
        // Whatever the server refused: asking anew is all a reader can do here, and it may help.
        Session::Refused(problem) => Some(State::Failed(
            problem.clone(),
            if problem.remedy() == Remedy::Reload { Remedy::Reload } else { Remedy::Retry },
        )),
    }
}
