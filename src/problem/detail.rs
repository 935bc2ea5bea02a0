//! The integrator's wording of each problem: what was wrong, where, and where it helps, what to do.

use std::fmt;

use super::{At, Problem, SessionFault};
use crate::millis::millis;

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl fmt::Display for SessionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("it is not a JSON object"),
            Self::NoSecret => f.write_str("`client_secret` is missing"),
            Self::BadSecret => f.write_str("`client_secret` must be a non-empty string"),
            Self::BadExpiry("expires_in") => f.write_str("`expires_in` must be a number of seconds"),
            Self::BadExpiry(field) => {
                write!(f, "`{field}` must be a number of seconds since 1970 or an ISO 8601 date")
            }
        }
    }
}

impl Problem {
    /// What was wrong and where, for the developer who put the widget on the page.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Offline { at } => format!("{at}: not sent, the browser is offline"),
            Self::NoConnection { at } => format!(
                "{at}: no answer. Is the server running, is its address right, does it allow this page's origin (CORS)?"
            ),
            Self::TimedOut { at, after } => format!("{at}: no answer within {} ms", millis(*after)),
            Self::ServerBusy { at, status, retry_after: Some(wait) } => {
                format!("{at}: HTTP {status}, Retry-After {} s", wait.as_secs())
            }
            Self::ServerBusy { at, status, retry_after: None }
            | Self::ServerError { at, status }
            | Self::Rejected { at, status } => format!("{at}: HTTP {status}"),
            Self::Refused { at, status } => {
                format!("{at}: HTTP {status}, the server does not let this reader in")
            }
            Self::SessionMalformed { at, what } => {
                format!(r#"{at}: the answer is not {{"client_secret": "…"}}: {what}"#)
            }
            Self::NotJson { at, content_type } if content_type.is_empty() => {
                format!("{at}: the answer is not JSON and has no Content-Type")
            }
            Self::NotJson { at, content_type } => {
                format!("{at}: the answer is {content_type}, not JSON (the error page of a proxy?)")
            }
            Self::BadJson { at, what } => format!("{at}: the answer cannot be decoded: {what}"),
            Self::EmptyBody { at } => format!("{at}: the answer has no body"),
            Self::StreamCut { at } => format!("{at}: the stream ended before the answer was complete"),
            Self::NotAStream { at, content_type, excerpt } => {
                let came =
                    if content_type.is_empty() { "something without a Content-Type" } else { content_type };
                format!("{at}: a stream was expected, {came} came: {excerpt}")
            }
            Self::NoEvent { at, frames, first } => {
                format!(
                    "{at}: the response has no event that could be read ({frames} frames, first: {first})"
                )
            }
            Self::NoAnswer { at } => {
                format!("{at}: the stream ended after the message was stored and before anything answered it")
            }
            Self::ReplyLost { at } => format!(
                "{at}: the stream broke off after the server had taken what was sent, and cannot be asked for again"
            ),
            Self::NotCertain { at, why } => format!(
                "{at}: it is not known whether the message was stored: {why}; it was looked for in the thread and not found"
            ),
            Self::LeftOut { at, of, what } => format!("{at}: part of `{of}` was left out: {what}"),
            Self::BadFrame { at, what } => format!("{at}: a frame of the stream was skipped: {what}"),
            Self::ThreadMissing { thread } => format!("thread {thread} is not on the server"),
            Self::NoSession { what, .. } => format!("no session: {what}"),
            Self::ServerMessage { text, allow_retry } => {
                format!("the server's error event says {text:?} (allow_retry: {allow_retry})")
            }
            Self::StreamError { code, message, allow_retry } => {
                let says = message.as_deref().map(|message| format!(": {message:?}")).unwrap_or_default();
                format!(
                    "the server sent an error event with code {code:?} (allow_retry: {allow_retry}){says}"
                )
            }
            Self::TooManyTools { limit } => {
                format!("$.onClientTool: the assistant asked for more than {limit} calls in one turn")
            }
            Self::Misconfigured { path, message } => format!("{path}: {message}"),
            Self::EngineScriptFailed { engine, why } => {
                format!("engine \"{}\" did not load: {why}", engine.name())
            }
            Self::EngineTimedOut { engine, after } => format!(
                "engine \"{}\" did not define <openai-chatkit> within {} ms",
                engine.name(),
                millis(*after)
            ),
            Self::EngineFellBack { to, why } => format!("{why}; using engine \"{}\" instead", to.name()),
            Self::AssetLoad { what, why } => format!("{what} did not load: {why}"),
            Self::HostFunctionThrew { path, why } => format!("{path}: the function threw: {why}"),
            Self::Internal { what } => format!("a bug in chatkit-widget: {what}"),
        }
    }
}
