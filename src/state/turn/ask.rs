//! What was asked for, and what may be asked again.

use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{ClientRequest, CustomActionParams, StructuredInputSubmission, UserMessageInput};
use crate::retry;
use crate::state::{ItemKey, State};

/// What a turn asks of the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// An answer to a new message.
    Message {
        /// Its row.
        key: ItemKey,
        /// What to send.
        input: UserMessageInput,
        /// The thread to add it to; `None` makes a new one.
        thread: Option<String>,
        /// Whether the server may have it already.
        fate: Fate,
    },
    /// A new answer to a message that is stored. Repeating it is harmless: the server drops what it answered before.
    Answer {
        /// The thread.
        thread: String,
        /// The stored user message.
        item_id: String,
    },
    /// To go on, with what a pending item waits for.
    Reply {
        /// The thread.
        thread: String,
        /// The pending item.
        item_id: String,
        /// What it waits for.
        reply: Reply,
        /// Whether the server may have it already.
        arrival: Arrival,
    },
    /// An action of the site's own. Nobody can find out later whether it was carried out, so it is never repeated
    /// unless the server certainly did not take it.
    Action(CustomActionParams),
}

/// What a pending item waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The result of a client tool.
    Tool(Json),
    /// Answers of the reader.
    Structured(StructuredInputSubmission),
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Certainly not on the server.
    NotSent,
    /// Perhaps on the server: it is read back before anything is sent again.
    Unknown,
    /// On the server, under this id.
    Stored {
        /// The thread it is in.
        thread: String,
        /// Its id.
        item_id: String,
    },
}

/// Whether a reply reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Certainly not.
    No,
    /// Perhaps: its item is read back before anything is sent again.
    Unknown,
    /// Certainly.
    Yes,
}

impl Ask {
    /// The request that asks for it.
    pub(super) fn request(&self) -> ClientRequest {
        match self {
            Ask::Message { fate: Fate::Stored { thread, item_id }, .. } | Ask::Answer { thread, item_id } => {
                ClientRequest::ThreadsRetryAfterItem { thread_id: thread.clone(), item_id: item_id.clone() }
            }
            Ask::Message { input, thread: Some(thread), .. } => {
                ClientRequest::ThreadsAddUserMessage { thread_id: thread.clone(), input: input.clone() }
            }
            Ask::Message { input, thread: None, .. } => ClientRequest::ThreadsCreate { input: input.clone() },
            Ask::Reply { thread, reply: Reply::Tool(result), .. } => {
                ClientRequest::ThreadsAddClientToolOutput {
                    thread_id: thread.clone(),
                    result: result.clone(),
                }
            }
            Ask::Reply { thread, item_id, reply: Reply::Structured(input), .. } => {
                ClientRequest::ThreadsAddStructuredInput {
                    thread_id: thread.clone(),
                    item_id: item_id.clone(),
                    input: input.clone(),
                }
            }
            Ask::Action(action) => ClientRequest::ThreadsCustomAction(action.clone()),
        }
    }

    /// The thread it speaks of, where it exists.
    pub(in crate::state) fn thread(&self) -> Option<&str> {
        match self {
            Ask::Message { fate: Fate::Stored { thread, .. }, .. }
            | Ask::Answer { thread, .. }
            | Ask::Reply { thread, .. } => Some(thread),
            Ask::Message { thread, .. } => thread.as_deref(),
            Ask::Action(action) => Some(&action.thread_id),
        }
    }

    /// A request for it failed; `fate_unknown` when the server may have acted on it all the same. Says how it may be
    /// repeated.
    pub(super) fn failed(&mut self, fate_unknown: bool) -> retry::Request {
        match self {
            Ask::Message { fate: fate @ (Fate::NotSent | Fate::Unknown), .. } => {
                if fate_unknown {
                    *fate = Fate::Unknown;
                }
                retry::Request::Write
            }
            Ask::Reply { arrival, .. } => {
                if fate_unknown && *arrival == Arrival::No {
                    *arrival = Arrival::Unknown;
                }
                retry::Request::Write
            }
            Ask::Action(_) => retry::Request::Write,
            Ask::Message { .. } | Ask::Answer { .. } => retry::Request::Read,
        }
    }

    /// Whether it can be found out what became of it.
    pub(super) fn can_be_settled(&self) -> bool {
        !matches!(self, Ask::Action(_))
    }

    /// Whether that has to be found out before it is sent again.
    pub(super) fn needs_settling(&self) -> bool {
        matches!(
            self,
            Ask::Message { fate: Fate::Unknown, .. }
                | Ask::Reply { arrival: Arrival::Unknown | Arrival::Yes, .. }
        )
    }

    /// The server began to answer, so it has what it answers. (A message is told from its echo, which brings its id.)
    pub(in crate::state) fn answering(&mut self) {
        if let Ask::Reply { arrival, .. } = self {
            *arrival = Arrival::Yes;
        }
    }

    /// What the Retry button asks for after this was in vain. `allow_retry` is the server's word where it has what was
    /// sent; what it does not have can always be sent again.
    pub(super) fn again(self, state: &State, allow_retry: bool) -> Option<Ask> {
        match self {
            Ask::Message { fate: Fate::NotSent | Fate::Unknown, .. }
            | Ask::Reply { arrival: Arrival::No | Arrival::Unknown, .. } => Some(self),
            _ if !allow_retry => None,
            Ask::Message { fate: Fate::Stored { thread, item_id }, .. } | Ask::Answer { thread, item_id } => {
                Some(Ask::Answer { thread, item_id })
            }
            Ask::Reply { thread, .. } => {
                Some(Ask::Answer { thread, item_id: state.items.last_question()?.to_owned() })
            }
            Ask::Action(_) => None,
        }
    }
}

/// Whether the server said no to the message itself.
pub(super) fn refused_for_good(problem: &Problem) -> bool {
    matches!(problem, Problem::Rejected { .. } | Problem::ThreadMissing { .. })
}
