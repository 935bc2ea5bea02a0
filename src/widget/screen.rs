//! What the panel shows besides the chat.

use std::time::Duration;

use super::{Chat, Engine, Widget};
use crate::problem::{Problem, Remedy};
use crate::session::Session;

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The session is being asked for, for the first time.
    Connecting,
    /// The session is asked for again; `wait` while that attempt is still to come.
    Retrying {
        /// From 2.
        attempt: u32,
        /// How long until it begins.
        wait: Option<Duration>,
    },
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
}

/// Decides what the panel shows.
#[must_use]
pub fn screen(widget: &Widget) -> Screen {
    if let Some(problem) = &widget.misconfigured {
        return Screen::Cover(failed(problem));
    }
    let trouble = session_state(&widget.session);
    match widget.chat {
        Chat::Shown => match trouble {
            Some(state @ (State::Retrying { .. } | State::Failed(..))) => Screen::Notice(state),
            // A renewal is nobody's business.
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

fn session_state(session: &Session) -> Option<State> {
    match session {
        Session::None | Session::Active(_) | Session::Fetching { fallback: Some(_), .. } => None,
        Session::Fetching { attempt: 0 | 1, .. } => Some(State::Connecting),
        Session::Fetching { attempt, wait, .. } => Some(State::Retrying { attempt: *attempt, wait: *wait }),
        // Whatever the server refused: asking anew is all a reader can do here, and it may help.
        Session::Refused(problem) => Some(State::Failed(
            problem.clone(),
            if problem.remedy() == Remedy::Reload { Remedy::Reload } else { Remedy::Retry },
        )),
    }
}
