//! Everything that can happen to the element.

use std::rc::Rc;
use std::time::Duration;

use super::{
    AttachAction, CallId, ComposerAction, DictateAction, EntityAction, Failure, HistoryAction, HostCall,
    ItemKey, PickAction, PickedFile, SiteCallId, SiteError, StructuredAction, TurnId, UploadId, VoiceId,
    VoiceNews, Wait,
};
use crate::config::Config;
use crate::json::Json;
use crate::millis::from_js;
use crate::protocol::{
    Action as CustomAction, Attachment, DecodeError, FeedbackKind, Misfit, ThreadStreamEvent,
    UserMessageContent,
};
use crate::text::Words;

/// What the reducer may not find out by itself, read by the driver at the moment of the action.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Milliseconds of a monotonic clock.
    pub now_ms: f64,
    /// A random number, 0 ≤ jitter < 1, for delays before retries.
    pub jitter: f64,
    /// Whether the browser believes to have a network.
    pub online: bool,
}

impl Tick {
    /// How long ago something was that happened at `then_ms` on the same clock.
    pub(super) fn since(self, then_ms: f64) -> Duration {
        from_js(self.now_ms - then_ms)
    }
}

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The reader did something.
    User(UserAction),
    /// The page that embeds the element called a method.
    Host(HostAction),
    /// Something arrived on the stream of one turn. Late actions of an ended turn are dropped.
    Stream {
        /// The turn whose request it answers.
        turn: TurnId,
        /// What arrived.
        action: StreamAction,
    },
    /// A JSON request was answered.
    Call {
        /// Which request.
        call: CallId,
        /// How it ended.
        action: CallAction,
    },
    /// A function of the site came to its end.
    Site {
        /// Which call of it.
        call: SiteCallId,
        /// What it gave, `null` for nothing.
        answer: Result<Json, SiteError>,
    },
    /// What the tab's storage has.
    Recalled {
        /// Under which name.
        key: String,
        /// `None` where there is nothing.
        value: Option<String>,
    },
    /// A file's bytes arrived at the server, or did not.
    Upload {
        /// Which request.
        upload: UploadId,
        /// How it ended.
        action: CallAction,
    },
    /// Something happened to a recording of the reader's voice.
    Voice {
        /// Which recording.
        voice: VoiceId,
        /// What.
        news: VoiceNews,
    },
    /// A timer asked for by [`super::Effect::StartTimer`] fired.
    Timer(Timer),
}

/// What a reader can do.
#[derive(Clone, Debug, PartialEq)]
pub enum UserAction {
    /// In the composer.
    Composer(ComposerAction),
    /// With files around the draft.
    Attach(AttachAction),
    /// With tools and models.
    Pick(PickAction),
    /// With the microphone.
    Dictate(DictateAction),
    /// Enter or the Send button.
    Submit,
    /// The start-screen prompt with this index was chosen.
    Prompt(usize),
    /// The Stop button.
    Stop,
    /// The Retry button of a failed turn.
    RetryTurn,
    /// "Try again" under a finished answer; the key is that of the user message it answers.
    RetryAfter(ItemKey),
    /// "Try again" at a message that was not sent; its row.
    RetryUnsent(ItemKey),
    /// "Edit message" at one: it goes back into the composer.
    EditUnsent(ItemKey),
    /// The New chat button.
    NewThread,
    /// In the list of past threads.
    History(HistoryAction),
    /// "Load earlier messages", or the reader scrolled to the top.
    LoadOlder,
    /// The Retry button of a thread that did not load.
    RetryLoad,
    /// The notice of that name was closed.
    DismissNotice(ItemKey),
    /// A thumb under a finished answer was pressed.
    Feedback {
        /// The turn's last item.
        key: ItemKey,
        /// Up or down.
        kind: FeedbackKind,
    },
    /// A workflow was opened or closed.
    Fold {
        /// Its row.
        key: ItemKey,
        /// What it is now.
        open: bool,
    },
    /// Something was done with the questions in the composer's place.
    Structured(StructuredAction),
    /// Something was done with an entity that was cited or mentioned.
    Entity(EntityAction),
    /// A `chatkit-link://` was followed.
    Deeplink {
        /// Host and path of the link.
        name: String,
        /// Its query parameters.
        data: Option<Json>,
    },
}

/// What the embedding page can ask for. Each call is answered by [`super::Effect::Answer`] exactly once.
#[derive(Clone, Debug, PartialEq)]
pub enum HostAction {
    /// New, valid options; replaces the old ones whole.
    Options(Rc<Config>),
    /// The language to speak from now on.
    Words(Words),
    /// The session says whether the server knows idempotency keys.
    Idempotent(bool),
    /// `focusComposer()`
    FocusComposer(HostCall),
    /// `setThreadId(id | null)`
    SetThread(HostCall, Option<String>),
    /// `sendUserMessage({…})`
    Send {
        /// The call to answer.
        call: HostCall,
        /// What to say.
        content: Vec<UserMessageContent>,
        /// A quoted passage (`reply`).
        quoted_text: Option<String>,
        /// Uploaded attachments.
        attachments: Vec<Attachment>,
        /// Whether to begin a new thread for it.
        new_thread: bool,
        /// `toolChoice`
        tool: Option<String>,
        /// `model`
        model: Option<String>,
    },
    /// `setComposerValue({…})`; what is `None` stays as it is.
    SetComposer {
        /// The call to answer.
        call: HostCall,
        /// The new draft (`text` or `content`).
        content: Option<Vec<UserMessageContent>>,
        /// The new quote; `Some(None)` removes it.
        reply: Option<Option<String>>,
        /// What stands around the text.
        around: Around,
    },
    /// `sendCustomAction(action, itemId?)`
    CustomAction {
        /// The call to answer.
        call: HostCall,
        /// What is to be done.
        action: CustomAction,
        /// The widget item it is about.
        item_id: Option<String>,
    },
    /// `fetchUpdates()`
    FetchUpdates(HostCall),
    /// `showHistory()`
    ShowHistory(HostCall),
    /// `hideHistory()`
    HideHistory(HostCall),
}

/// What `setComposerValue` gives besides the text; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// Uploaded attachments, in place of those that are there.
    pub attachments: Option<Vec<Attachment>>,
    /// Files to upload, besides those that are there.
    pub files: Vec<PickedFile>,
    /// `selectedToolId`; `Some(None)` chooses none.
    pub tool: Option<Option<String>>,
    /// `selectedModelId`
    pub model: Option<String>,
}

/// What the transport reports of a turn's stream, in order: one `Head`, any number of `Event`/`LeftOut`/`BadFrame`, one
/// `End`. A failure before the response is a lone `End(Err(_))`.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamAction {
    /// The server accepted the request (2xx); bytes may follow.
    Head,
    /// A line came that is no frame: a heartbeat.
    Alive,
    /// One decoded frame.
    Event(Box<ThreadStreamEvent>),
    /// What cannot be read of the event that comes next.
    LeftOut {
        /// Its `type`.
        of: String,
        /// What, each kind once.
        misfits: Vec<Misfit>,
    },
    /// One frame that could not be decoded. It is logged and skipped.
    BadFrame(DecodeError),
    /// The stream is over.
    End(Result<(), Failure>),
}

/// How a JSON request ended.
#[derive(Clone, Debug, PartialEq)]
pub enum CallAction {
    /// 2xx with this body, not yet decoded.
    Done(String),
    /// Anything else.
    Failed(Failure),
}

/// Whose waiting is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The pause before a turn's next attempt.
    Turn(TurnId),
    /// The pause before a call's next attempt.
    Call(CallId),
    /// Something that was waited for takes long, or too long.
    Wait(Wait),
    /// A while after which a long draft is stored.
    Draft,
    /// A second of a recording.
    Voice,
    /// A slice of older items is on screen; the next one may come.
    Older,
}
