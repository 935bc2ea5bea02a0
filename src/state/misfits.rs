//! What servers send and nobody can read, told to the integrator: each kind once a turn, by `chatkit.log` and on the
//! console, with its place and without a word of what people wrote.

use super::few::Few;
use super::{ConsoleLevel, Effect, Failure, HostEvent, State, turn};
use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{DecodeError, Misfit, Misfits, Wire, read_into};

/// The kinds that were told since the last turn began.
pub(super) type Told = Few<String, ()>;

/// Tells what was left out of an event, or of the answer to an operation: `of` names it.
pub(super) fn tell(state: &mut State, of: &str, misfits: Vec<Misfit>, out: &mut Vec<Effect>) {
    for misfit in misfits {
        if is_news(state, format!("{of}:{}", misfit.kind())) {
            let problem =
                Problem::LeftOut { at: turn::at(state), of: of.to_owned(), what: misfit.to_string() };
            out.push(Effect::Console(ConsoleLevel::Warn, problem.detail()));
            let data = [
                ("of", Json::from(of)),
                ("path", Json::String(misfit.path)),
                ("found", Json::String(misfit.found)),
                ("expected", Json::from(misfit.expected)),
            ];
            out.push(Effect::Emit(HostEvent::Log { name: "protocol.leftOut", data: Json::object(data) }));
        }
    }
}

/// Tells of a frame that is no event.
pub(super) fn bad_frame(state: &mut State, error: &DecodeError, out: &mut Vec<Effect>) {
    if is_news(state, format!("{:?}", std::mem::discriminant(error))) {
        let problem = Problem::BadFrame { at: turn::at(state), what: error.to_string() };
        out.push(Effect::Console(ConsoleLevel::Warn, problem.detail()));
        out.push(Effect::Emit(HostEvent::Log { name: "stream.badFrame", data: Json::object([]) }));
    }
}

/// Reads the answer to the operation `of`, and tells what is left out of it.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read<T: Wire>(
    state: &mut State,
    of: &str,
    body: &str,
    out: &mut Vec<Effect>,
) -> Result<T, DecodeError> {
    let mut read = None;
    let mut store = |value: &Json, misfits: &mut Misfits| read = Some(T::read(value, misfits));
    let misfits = read_into(body, &mut store)?;
    tell(state, of, misfits, out);
    read.ok_or(DecodeError::Empty)
}

/// Reads an answer as [`read`] does; one that did not come, or is something else, is a failure like any other.
///
/// # Errors
/// The failure.
pub(super) fn answer<T: Wire>(
    state: &mut State,
    of: &str,
    answer: Result<String, Failure>,
    out: &mut Vec<Effect>,
) -> Result<T, Failure> {
    read(state, of, &answer?, out).map_err(Failure::Undecodable)
}

fn is_news(state: &mut State, kind: String) -> bool {
    let news = state.told.get(&kind).is_none();
    if news {
        state.told.insert(kind, ());
    }
    news
}
