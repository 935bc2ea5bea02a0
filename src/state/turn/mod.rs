//! One request of the reader, from the press of Send to the last word of the answer.
//!
//! - `ask`: what is asked of the server; `run`: what comes back; `tool`: functions of the page in between; `finish`: how
//!   a turn ends.
//!
//! A turn promises two things whatever fails: what the reader wrote is never lost and never stored twice, and
//! `response.start` is followed by exactly one `response.end`.

mod ask;
mod finish;
mod run;
mod tool;

use std::time::Duration;

pub use ask::{Arrival, Ask, Fate, Reply};
pub(super) use finish::{done, give_up, leave, stop};
pub(super) use run::{next_attempt, stream, timer, wait};
pub use tool::ToolCall;
pub(super) use tool::{answered as tool_answered, run as run_tool, waiting as waiting_tool};

use super::failure::Delivery;
use super::few::Few;
use super::items::EntryStatus;
use super::settle::Settle;
use super::{Effect, HostCall, HostEvent, ItemKey, State, Tick, TurnId, Wait, again, outbox, waits};
use crate::problem::{At, Problem};
use crate::protocol::{ThreadItem, UserMessageInput};

/// How far a turn is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The request is on its way; nothing came back.
    Requesting,
    /// A pause.
    Waiting {
        /// How long, from its beginning.
        pause: Duration,
        /// Whether the thread is read back after it, or the request sent again.
        lookup: bool,
    },
    /// Finding out whether the message arrived.
    Settling(Settle),
    /// The server accepted the request.
    Streaming,
    /// The stream is over and ended with a client tool, which the page runs.
    WaitingForTool(ToolCall),
}

/// A turn at work.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveTurn {
    /// Its name; a new one for each attempt, so that late bytes of the last attempt have nowhere to land.
    pub id: TurnId,
    /// What was asked.
    pub ask: Ask,
    /// How far it is.
    pub phase: Phase,
    /// The attempt at work, counted from 1.
    pub attempt: u32,
    /// When the first attempt began, on the driver's clock.
    pub started_ms: f64,
    /// Whether the server lets the reader stop it (`stream_options.allow_cancel`); `None` until it says so. Until then
    /// the reader may.
    pub allow_cancel: Option<bool>,
    /// Whether any part of an answer to `ask` came.
    pub answered: bool,
    /// Whether something else came that answers it: an effect, a notice, an end without words.
    pub(super) acted: bool,
    /// The key by which a server knows the request again: the same for each of its repetitions.
    pub idempotency_key: String,
    /// How the last request was lost; `None` while it was not.
    pub(super) lost: Option<Lost>,
    /// How often the thread was read back since.
    pub(super) lookups: usize,
    /// Whether the reader asked for it to be sent again if it cannot be found.
    pub(super) may_repeat: bool,
    /// Events that came on the present stream.
    pub(super) events: usize,
    /// Client tools run so far.
    pub tools: u32,
    /// Rows of the items that this attempt streamed, by the server's id. Some models give every message the same
    /// id, so an id means this row only within its stream (ChatKit protocol §5.1).
    pub(super) rows: Few<String, ItemKey>,
    /// The `error` event that came, and whether the server allows a retry; the stream may go on after it.
    pub(super) error: Option<(Problem, bool)>,
    /// The `sendUserMessage` call to answer once the server accepted the request.
    pub(super) host_call: Option<HostCall>,
}

/// What the reader asked for last.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Turn {
    /// Nothing is going on.
    #[default]
    Idle,
    /// Something is.
    Active(Box<ActiveTurn>),
    /// It went wrong, and the attempts are used up or pointless.
    Failed(Box<FailedTurn>),
}

/// How a request was lost.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lost {
    pub(super) delivery: Delivery,
    pub(super) problem: Problem,
}

/// A turn that was in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedTurn {
    /// What asking again would ask; `None` when that is not allowed.
    pub again: Option<Repeat>,
    /// What went wrong.
    pub problem: Problem,
}

/// What can be asked again.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat {
    /// What to ask.
    pub ask: Ask,
    /// The key it was asked with; `None` if it is another request than the one that failed.
    pub idempotency_key: Option<String>,
}

impl Repeat {
    /// Something that was not asked before.
    pub(super) fn new(ask: Ask) -> Self {
        Repeat { ask, idempotency_key: None }
    }
}

impl Turn {
    /// Whether something is going on.
    pub fn is_active(&self) -> bool {
        matches!(self, Turn::Active(_))
    }

    /// The message that the reader wrote and that is not (certainly) stored.
    pub(super) fn unsent(&self) -> Option<(ItemKey, &UserMessageInput)> {
        let Turn::Failed(failed) = self else { return None };
        failed.again.as_ref()?.ask.unsent()
    }
}

impl State {
    /// Whether the server stores a request once however often it comes with the same key.
    pub(super) fn is_idempotent(&self) -> bool {
        self.idempotent || self.config.as_ref().is_some_and(|config| config.api.idempotent)
    }

    /// A new idempotency key. It has to differ from the reader's other ones.
    pub(super) fn idempotency_key(&mut self) -> String {
        let Tick { now_ms, jitter, .. } = self.tick;
        format!("{:x}-{:x}-{}", now_ms.to_bits(), jitter.to_bits(), self.fresh())
    }
}

/// Where turns are sent, for error details.
pub(super) fn at(state: &State) -> At {
    At::post(state.config.as_ref().map_or("", |config| config.api.url.as_str()))
}

/// Begins a turn. Nothing else may be active. A message of an earlier one that was not sent waits beside it.
pub(super) fn begin(state: &mut State, again: Repeat, host_call: Option<HostCall>, out: &mut Vec<Effect>) {
    state.progress = None;
    outbox::put_aside(state);
    let Repeat { ask, idempotency_key } = again;
    let idempotency_key = idempotency_key.unwrap_or_else(|| state.idempotency_key());
    state.told.clear();
    state.turn = Turn::Active(Box::new(ActiveTurn {
        id: TurnId(0),
        ask,
        phase: Phase::Requesting,
        attempt: 1,
        started_ms: state.tick.now_ms,
        allow_cancel: None,
        answered: false,
        acted: false,
        idempotency_key,
        lost: None,
        lookups: 0,
        may_repeat: false,
        events: 0,
        tools: 0,
        rows: Few::default(),
        error: None,
        host_call,
    }));
    out.push(Effect::Emit(HostEvent::ResponseStart));
}

/// Sends the request of the active turn's present attempt.
pub(super) fn request(state: &mut State, out: &mut Vec<Effect>) {
    let id = TurnId(state.fresh());
    let idempotent = state.is_idempotent();
    let Turn::Active(turn) = &mut state.turn else { return };
    turn.id = id;
    turn.phase = Phase::Requesting;
    turn.rows.clear();
    turn.error = None;
    turn.events = 0;
    turn.acted = false;
    turn.lookups = 0;
    let idempotency_key = Some(turn.idempotency_key.clone());
    let ask = turn.ask.clone();
    match &ask {
        Ask::Message { fate: Fate::Stored { item_id, .. }, .. } | Ask::Answer { item_id, .. } => {
            again::drop_answer(state, item_id);
        }
        Ask::Message { key, .. } => state.items.set_status(*key, EntryStatus::Sending),
        Ask::Reply { .. } | Ask::Action(_) => {}
    }
    let limit = waits::limits(state).headers;
    waits::start(state, Wait::Stream(id), limit, out);
    out.push(Effect::Stream { turn: id, request: Box::new(ask.request(idempotent)), idempotency_key });
}

/// "Try again" under a finished answer.
pub(super) fn retry_after(state: &mut State, key: ItemKey, out: &mut Vec<Effect>) {
    if state.turn.is_active() {
        return;
    }
    let Some(thread) = state.thread.id().map(str::to_owned) else { return };
    let Some(item_id) = state.items.get(key).map(|entry| entry.item.id().to_owned()) else { return };
    begin(state, Repeat::new(Ask::Answer { thread, item_id }), None, out);
    request(state, out);
}

/// What was asked is not on the server and not on its way: it is sent again.
pub(super) fn repeat(state: &mut State, out: &mut Vec<Effect>) {
    let open = state.thread.id().map(str::to_owned);
    if let Turn::Active(turn) = &mut state.turn {
        turn.may_repeat = false;
        match &mut turn.ask {
            Ask::Message { fate: Fate::Stored { .. }, .. } => {}
            Ask::Message { fate, thread, .. } => {
                *fate = Fate::NotSent;
                // A first message that failed, sent again after a later one made the thread.
                *thread = thread.take().or(open);
            }
            Ask::Reply { arrival, .. } => *arrival = Arrival::No,
            Ask::Answer { .. } | Ask::Action(_) => {}
        }
    }
    request(state, out);
}

/// Whether an item is one that the reader sent.
pub(super) fn is_user(item: &ThreadItem) -> bool {
    matches!(item, ThreadItem::UserMessage(_))
}
