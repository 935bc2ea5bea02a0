//! Everything the element can ask of the outside.

use std::time::Duration;

use super::{FileEffect, ItemKey, SiteAsk, SiteCallId, Timer, TurnId, VoiceEffect};
use crate::json::Json;
use crate::protocol::ClientRequest;

/// Names one JSON request, so that its answer finds its way back; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// Names one method call of the embedding page (one JavaScript Promise), given out by the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostCall(pub u64);

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// POST a streaming request; its bytes come back as [`super::Action::Stream`].
    Stream {
        /// The turn it belongs to.
        turn: TurnId,
        /// What to send.
        request: Box<ClientRequest>,
        /// The key by which a server knows a repetition of it.
        idempotency_key: Option<String>,
    },
    /// Stop reading a turn's stream and drop the connection (the only way to cancel, ChatKit protocol §5.6).
    Abort(TurnId),
    /// POST a JSON request; its answer comes back as [`super::Action::Call`].
    Call {
        /// Which request.
        call: CallId,
        /// What to send.
        request: Box<ClientRequest>,
        /// The key by which a server knows a repetition of it; `None` for what only reads or may be done twice.
        idempotency_key: Option<String>,
    },
    /// Forget a JSON request; no answer is wanted any more.
    AbortCall(CallId),
    /// Call a function of the site; its answer comes back as [`super::Action::Site`].
    Site {
        /// Which call of it.
        call: SiteCallId,
        /// Which function, and with what.
        ask: SiteAsk,
    },
    /// Fire [`super::Action::Timer`] after a pause; replaces a running timer of the same name.
    StartTimer(Timer, Duration),
    /// Forget a timer.
    CancelTimer(Timer),
    /// Dispatch a `chatkit.*` event on the element.
    Emit(HostEvent),
    /// Settle the Promise of a method call.
    Answer(HostCall, Result<(), Rejection>),
    /// Do something with a file of the reader's.
    File(FileEffect),
    /// Do something with the microphone.
    Voice(VoiceEffect),
    /// Put the keyboard focus into the composer.
    FocusComposer,
    /// Open the browser's dialog for files to attach.
    ChooseFiles,
    /// Let the composer's field show what was not written in it.
    WriteField {
        /// All of its text.
        text: String,
        /// Where the caret goes, in UTF-16 units, if the reader is writing there.
        caret: usize,
    },
    /// Bring something into view once it is drawn.
    Scroll(ScrollTarget),
    /// Store a text for as long as the tab lives, or forget it. Storage may refuse; then it is not stored.
    Keep {
        /// Its name.
        key: String,
        /// `None` forgets it.
        value: Option<String>,
    },
    /// Read what was stored; it comes back as [`super::Action::Recalled`].
    Recall {
        /// Its name.
        key: String,
    },
    /// Tell the integrator on the console.
    Console(ConsoleLevel, String),
}

/// Where to scroll after the next render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollTarget {
    /// This item to the top of the view (a new user message).
    ItemToTop(ItemKey),
    /// The end of the thread (a thread was opened).
    End,
    /// Stay where the reader is while older items appear above.
    KeepPosition,
}

/// How loud a console line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleLevel {
    /// `console.warn`
    Warn,
    /// `console.error`
    Error,
}

/// A `chatkit.*` event with its detail (ChatKit protocol §4).
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// `chatkit.ready`
    Ready,
    /// `chatkit.error`: `detail.error` becomes an `Error` with this name and message.
    Error {
        /// `error.name`
        name: &'static str,
        /// `error.message`, for the integrator.
        message: String,
    },
    /// `chatkit.response.start`
    ResponseStart,
    /// `chatkit.response.end`
    ResponseEnd,
    /// `chatkit.history.open`
    HistoryOpen,
    /// `chatkit.history.close`
    HistoryClose,
    /// `chatkit.thread.change`
    ThreadChange(Option<String>),
    /// `chatkit.thread.load.start`
    ThreadLoadStart(String),
    /// `chatkit.thread.load.end`
    ThreadLoadEnd(String),
    /// `chatkit.effect`
    Effect {
        /// Its name.
        name: String,
        /// What the server sent with it.
        data: Json,
    },
    /// `chatkit.deeplink`
    Deeplink {
        /// Host and path of the link.
        name: String,
        /// Its query parameters.
        data: Option<Json>,
    },
    /// `chatkit.tool.change`
    ToolChange(Option<String>),
    /// `chatkit.log`: diagnostics without message text.
    Log {
        /// What kind of thing was noticed.
        name: &'static str,
        /// Particulars.
        data: Json,
    },
}

/// Why a method call is refused; becomes an `Error` with this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The element is loading a thread or streaming: `ChatKitBusyError`.
    Busy,
    /// What was given cannot be used: `TypeError`; says what and what to give instead.
    Invalid(String),
    /// It was tried and failed: `Error` with the problem in words for the integrator.
    Failed(String),
}

impl Rejection {
    /// `error.name`
    pub fn name(&self) -> &'static str {
        match self {
            Rejection::Busy => "ChatKitBusyError",
            Rejection::Invalid(_) => "TypeError",
            Rejection::Failed(_) => "Error",
        }
    }

    /// `error.message`
    pub fn message(&self) -> &str {
        match self {
            Rejection::Busy => {
                "ChatKit is busy loading a thread or streaming an answer; call again after it ended"
            }
            Rejection::Invalid(message) | Rejection::Failed(message) => message,
        }
    }
}
