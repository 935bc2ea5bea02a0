//! Every failure, once: what the reader is told and can do, and what the integrator is told.
//!
//! * The **reader** gets [`Problem::message`] and the button of [`Problem::remedy`]. Nothing technical.
//! * The **integrator** (who put the widget on the page) gets [`Problem::detail`]: what was wrong, and where.
//! * [`At`] says where: method and path of a request. The host is left out, a page has one backend.
//!
//! Only a text sent by the chat's own server (`ServerMessage`) reaches the reader unchanged: the ChatKit protocol
//! says it is written for readers.

use std::borrow::Cow;
use std::time::Duration;

use crate::retry::Cause;
use crate::text::{self, Key};

mod detail;
mod fetch;
mod http;

pub use fetch::{FetchFailure, SESSION_ERROR};
pub use http::{looks_like_json, status_problem};

/// Where a request went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// `POST`, `GET`, …
    pub method: &'static str,
    /// Path of the address, `/chatkit`; or the address itself if it has none.
    pub path: String,
}

impl At {
    /// A `POST` to `url`, of which the path is kept.
    #[must_use]
    pub fn post(url: &str) -> Self {
        Self { method: "POST", path: path_of(url).to_owned() }
    }

    /// A `GET` of `url`, of which the path is kept.
    #[must_use]
    pub fn get(url: &str) -> Self {
        Self { method: "GET", path: path_of(url).to_owned() }
    }
}

fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("/", |i| &rest[i..]));
    rest.split(['?', '#']).next().unwrap_or(rest)
}

/// What is wrong with the answer of the session endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionFault {
    /// JSON, but not an object.
    NotAnObject,
    /// No `client_secret`.
    NoSecret,
    /// `client_secret` is empty or not a string.
    BadSecret,
    /// This field is neither a number nor a date; holds the field's name.
    BadExpiry(&'static str),
}

/// Which part of the chat did not load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EngineKind {
    /// OpenAI's script and iframe.
    OpenAi,
    /// Our own `<openai-chatkit>`.
    SelfHosted,
}

impl EngineKind {
    /// The name options and callbacks use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::SelfHosted => "selfhosted",
        }
    }
}

/// A failure. `at` is the request, `status` its HTTP status, `after` the time given, `why` the browser's own words.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants say what their fields hold")]
pub enum Problem {
    /// The browser says the device has no network.
    Offline { at: At },
    /// The request got no answer: refused, name not found, blocked by CORS, connection lost.
    NoConnection { at: At },
    /// No answer within the time we give it.
    TimedOut { at: At, after: Duration },
    /// 408, 425, 429, 502, 503, 504: later may work.
    ServerBusy { at: At, status: u16, retry_after: Option<Duration> },
    /// Any other 5xx.
    ServerError { at: At, status: u16 },
    /// 401 or 403.
    Refused { at: At, status: u16 },
    /// Any other status that is no success.
    Rejected { at: At, status: u16 },
    /// The session endpoint's answer is JSON of the wrong shape.
    SessionMalformed { at: At, what: SessionFault },
    /// Something else where JSON or an event stream was expected, for example the error page of a proxy.
    NotJson { at: At, content_type: String },
    /// Something else where an event stream was expected: a JSON document, the page of a proxy; `excerpt` is its beginning.
    NotAStream { at: At, content_type: String, excerpt: String },
    /// A stream whose frames are none that can be read; `first` says why of the first one.
    NoEvent { at: At, frames: usize, first: String },
    /// JSON that cannot be decoded; `what` is the decoder's own sentence.
    BadJson { at: At, what: String },
    /// A success without a body.
    EmptyBody { at: At },
    /// The answer began and broke off.
    StreamCut { at: At },
    /// The server has the message, and its stream ended without an answer to it.
    NoAnswer { at: At },
    /// The server has what was sent to a pending item, and its reply was lost; it cannot be asked for again.
    ReplyLost { at: At },
    /// A message that was looked for and not found, or could not be looked for, after its request was lost; `why` says how
    /// it was lost.
    NotCertain { at: At, why: String },
    /// A frame of the stream that is no event; `what` names the fault. The stream goes on without it.
    BadFrame { at: At, what: String },
    /// Something in the answer to a request that cannot be read: `of` is the event or the operation, `what` names place and
    /// fault. The rest of it counts.
    LeftOut { at: At, of: String, what: String },
    /// The thread is not on the server (any more).
    ThreadMissing { thread: String },
    /// No session could be had, after the retries (`ChatKitSessionError`). `what` is the detail of that failure, `says` its
    /// sentence.
    NoSession { what: String, says: Key },
    /// The server's own sentence for the reader.
    ServerMessage { text: String, allow_retry: bool },
    /// An error event of the stream with a code instead of a sentence for the reader; `message` is what it says besides.
    StreamError { code: String, message: Option<String>, allow_retry: bool },
    /// The assistant asked the page for more client tools in one turn than it may.
    TooManyTools { limit: u32 },
    /// An option is wrong; `path` as the integrator wrote it, `message` what to write instead.
    Misconfigured { path: String, message: String },
    /// The script or module of an engine did not load.
    EngineScriptFailed { engine: EngineKind, why: String },
    /// An engine did not define its element in time.
    EngineTimedOut { engine: EngineKind, after: Duration },
    /// An engine did not come and another shows the chat instead: the reader has what they came for. `why` is the detail
    /// of the first one's failure.
    EngineFellBack { to: EngineKind, why: String },
    /// An image, a style sheet or a wasm file did not load.
    AssetLoad { what: String, why: String },
    /// A function of the host page threw or rejected; `path` is the option that holds it.
    HostFunctionThrew { path: String, why: String },
    /// A bug of ours; `what` says where to look.
    Internal { what: String },
}

/// What the reader can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Press "Try again".
    Retry,
    /// Press "New chat".
    NewChat,
    /// Load the page again.
    Reload,
    /// Nothing on this page; the sentence says whom to tell or that it passes.
    None,
}

/// How loud to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Noted for the integrator; the reader loses nothing and is told nothing.
    Notice,
    /// One thing did not work; the conversation goes on.
    Warning,
    /// The chat cannot be used until this is solved.
    Fatal,
}

impl Severity {
    /// The name the integrator's `onError` gets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Fatal => "fatal",
        }
    }
}

impl Problem {
    /// The sentence for the reader, by key.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Offline { .. } => Key::Offline,
            Self::NoConnection { .. } => Key::NoConnection,
            Self::NoSession { says, .. } => *says,
            Self::TimedOut { .. } => Key::TooSlow,
            Self::ServerBusy { .. } => Key::Busy,
            Self::ServerError { .. } => Key::ServerTrouble,
            Self::Refused { .. } => Key::NotAllowed,
            Self::Rejected { .. } => Key::NotAccepted,
            Self::SessionMalformed { .. }
            | Self::NotJson { .. }
            | Self::BadJson { .. }
            | Self::BadFrame { .. }
            | Self::LeftOut { .. }
            | Self::NotAStream { .. }
            | Self::NoEvent { .. }
            | Self::EmptyBody { .. } => Key::Garbled,
            Self::NoAnswer { .. } => Key::NoAnswer,
            Self::ReplyLost { .. } => Key::ReplyLost,
            Self::NotCertain { .. } => Key::NotCertain,
            Self::StreamCut { .. } => Key::CutOff,
            Self::ThreadMissing { .. } => Key::ThreadMissing,
            Self::ServerMessage { allow_retry: true, .. } | Self::StreamError { allow_retry: true, .. } => {
                Key::AnswerFailed
            }
            Self::ServerMessage { .. } | Self::StreamError { .. } | Self::TooManyTools { .. } => {
                Key::AnswerFailedForGood
            }
            Self::Misconfigured { .. } => Key::Misconfigured,
            Self::EngineScriptFailed { .. } | Self::EngineTimedOut { .. } | Self::AssetLoad { .. } => {
                Key::NotLoaded
            }
            Self::EngineFellBack { .. } => Key::FellBack,
            Self::HostFunctionThrew { .. } | Self::Internal { .. } => Key::Unexpected,
        }
    }

    /// The sentence for the reader in our wording, or the server's own. To use a site's labels, ask
    /// [`text::Texts::get`] for [`Problem::key`] unless [`Problem::server_text`] is given.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self.server_text() {
            Some(text) => Cow::Owned(text.to_owned()),
            None => Cow::Borrowed(text::get(self.key())),
        }
    }

    /// The server's own sentence for the reader, if this problem is one and says anything.
    #[must_use]
    pub fn server_text(&self) -> Option<&str> {
        match self {
            Self::ServerMessage { text, .. } => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// What the reader can do.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Offline { .. }
            | Self::NoConnection { .. }
            | Self::TimedOut { .. }
            | Self::ServerBusy { .. }
            | Self::ServerError { .. }
            | Self::Rejected { .. }
            | Self::SessionMalformed { .. }
            | Self::NotJson { .. }
            | Self::BadJson { .. }
            | Self::BadFrame { .. }
            | Self::LeftOut { .. }
            | Self::NotAStream { .. }
            | Self::NoEvent { .. }
            | Self::EmptyBody { .. }
            | Self::StreamCut { .. }
            | Self::NoAnswer { .. }
            | Self::NotCertain { .. }
            | Self::NoSession { .. }
            | Self::EngineScriptFailed { .. }
            | Self::EngineTimedOut { .. }
            | Self::AssetLoad { .. } => Remedy::Retry,
            Self::ServerMessage { allow_retry, .. } | Self::StreamError { allow_retry, .. } => {
                if *allow_retry { Remedy::Retry } else { Remedy::NewChat }
            }
            Self::ThreadMissing { .. } | Self::TooManyTools { .. } => Remedy::NewChat,
            Self::Refused { .. } | Self::HostFunctionThrew { .. } | Self::Internal { .. } => Remedy::Reload,
            Self::Misconfigured { .. } | Self::EngineFellBack { .. } | Self::ReplyLost { .. } => Remedy::None,
        }
    }

    /// Whether the same thing may work when the reader tries again by hand.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.remedy() == Remedy::Retry
    }

    /// How loud to be.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::BadFrame { .. } | Self::LeftOut { .. } | Self::EngineFellBack { .. } => Severity::Notice,
            Self::Misconfigured { .. }
            | Self::Refused { .. }
            | Self::SessionMalformed { .. }
            | Self::NoSession { .. }
            | Self::EngineScriptFailed { .. }
            | Self::EngineTimedOut { .. }
            | Self::Internal { .. } => Severity::Fatal,
            _ => Severity::Warning,
        }
    }

    /// What the retry policy needs to know of it.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::Offline { .. } => Cause::Offline,
            Self::NoConnection { .. } | Self::TimedOut { .. } => Cause::NoConnection,
            Self::ServerBusy { status, retry_after, .. } => {
                Cause::Status { status: *status, retry_after: *retry_after }
            }
            Self::ServerError { status, .. }
            | Self::Refused { status, .. }
            | Self::Rejected { status, .. } => Cause::Status { status: *status, retry_after: None },
            Self::StreamCut { .. } | Self::EmptyBody { .. } | Self::NoEvent { .. } => Cause::Cut,
            _ => Cause::Final,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail())
    }
}

impl std::error::Error for Problem {}
