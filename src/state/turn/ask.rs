//! What was asked for, and what may be asked again.

use crate::json::Json;
use crate::problem::Problem;
use crate::protocol::{ClientRequest, CustomActionParams, StructuredInputSubmission, UserMessageInput};
use crate::state::ItemKey;
use crate::state::failure::Delivery;

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
        /// Whether it was sent to make a new one: a server that knows keys has to get the same request again, also when
        /// the thread is known by now.
        begins: bool,
        /// Whether the server may have it already.
        fate: Fate,
    },
    /// A new answer to a message that is stored. The server drops whatever came after the message, so a request for it that
    /// arrives late drops messages that were written meanwhile.
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
    /// The request that asks for it. A server that knows keys gets the same one each time: it answers a repetition with
    /// what became of the first.
    pub(super) fn request(&self, idempotent: bool) -> ClientRequest {
        match self {
            Ask::Message { input, begins: true, .. } if idempotent => {
                ClientRequest::ThreadsCreate { input: input.clone() }
            }
            Ask::Message { fate: Fate::Stored { thread, item_id }, .. } if !idempotent => {
                ClientRequest::ThreadsRetryAfterItem { thread_id: thread.clone(), item_id: item_id.clone() }
            }
            Ask::Answer { thread, item_id } => {
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

    /// A request for it failed like this.
    pub(super) fn failed(&mut self, delivery: Delivery) {
        if delivery == Delivery::Not {
            return;
        }
        match self {
            Ask::Message { fate: fate @ Fate::NotSent, .. } => *fate = Fate::Unknown,
            Ask::Reply { arrival: arrival @ Arrival::No, .. } => *arrival = Arrival::Unknown,
            Ask::Message { .. } | Ask::Reply { .. } | Ask::Answer { .. } | Ask::Action(_) => {}
        }
    }

    /// Whether the server may have it already, so that the thread is to be read before it is sent again.
    pub(super) fn needs_settling(&self) -> bool {
        matches!(
            self,
            Ask::Message { fate: Fate::Unknown, .. }
                | Ask::Reply { arrival: Arrival::Unknown | Arrival::Yes, .. }
        )
    }

    /// The reader's message, as long as the server has not confirmed it.
    pub(in crate::state) fn unsent(&self) -> Option<(ItemKey, &UserMessageInput)> {
        match self {
            Ask::Message { key, input, fate: Fate::NotSent | Fate::Unknown, .. } => Some((*key, input)),
            _ => None,
        }
    }

    /// The server began to answer, so it has what it answers. (A message is told from its echo, which brings its id.)
    pub(in crate::state) fn answering(&mut self) {
        if let Ask::Reply { arrival, .. } = self {
            *arrival = Arrival::Yes;
        }
    }

    /// What the Retry button asks for after this was in vain, and whether it is the same request. `allow_retry` is the
    /// server's word where it has what was sent; what it does not have can always be sent again. A reply that arrived can be
    /// asked about again only where the server is `idempotent`: another answer to the reader's question would drop the
    /// reply, and a form would be asked anew, a client tool run anew.
    pub(super) fn again(self, allow_retry: bool, idempotent: bool) -> Option<(Ask, Same)> {
        match self {
            Ask::Message { fate: Fate::NotSent | Fate::Unknown, .. }
            | Ask::Reply { arrival: Arrival::No | Arrival::Unknown, .. } => Some((self, Same::Yes)),
            _ if !allow_retry => None,
            Ask::Message { fate: Fate::Stored { thread, item_id }, .. } => {
                Some((Ask::Answer { thread, item_id }, Same::No))
            }
            Ask::Answer { .. } => Some((self, Same::Yes)),
            Ask::Reply { arrival: Arrival::Yes, .. } if idempotent => Some((self, Same::Yes)),
            Ask::Reply { .. } | Ask::Action(_) => None,
        }
    }
}

/// Whether asking again is the request that failed, or another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// The same: it goes with the same idempotency key.
    Yes,
    /// Another one.
    No,
}

/// Whether the server said no to the message itself.
pub(super) fn refused_for_good(problem: &Problem) -> bool {
    matches!(problem, Problem::Rejected { .. } | Problem::ThreadMissing { .. })
}
