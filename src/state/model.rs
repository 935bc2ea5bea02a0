//! The state and the small names in it.

use std::collections::VecDeque;
use std::rc::Rc;

use super::again::Dropped;
use super::calls::PendingCall;
use super::feedback::Feedback;
use super::few::Few;
use super::misfits::Told;
use super::outbox::Outbox;
use super::site::PendingAsk;
use super::structured::Sheet;
use super::waits::Waiting;
use super::{
    Attach, CallId, Composer, Dictation, History, HostAction, Items, LoadProblem, Notice, Older, OpenThread,
    Picks, Preview, SiteCallId, Tick, Turn, Wait,
};
use crate::config::Config;
use crate::protocol::ProgressUpdateEvent;
use crate::text::Words;

/// Names one shown item for as long as it is shown, also while the server's id for it is still unknown or changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub u64);

/// Names one turn; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnId(pub u64);

/// Everything the element knows.
#[derive(Debug)]
pub struct State {
    /// The options; `None` until the first valid ones came.
    pub config: Option<Rc<Config>>,
    /// The conversation on screen.
    pub thread: OpenThread,
    /// What is shown of it.
    pub items: Items,
    /// Whether there is more above.
    pub older: Older,
    /// What the reader asked for last, and how far it is.
    pub turn: Turn,
    /// A thread that was asked for and did not come.
    pub load_problem: Option<LoadProblem>,
    /// What the reader is writing.
    pub composer: Composer,
    /// The reader's past threads.
    pub history: History,
    /// Files around it.
    pub attach: Attach,
    /// The tool and the model for it.
    pub picks: Picks,
    /// Speech for it.
    pub dictation: Dictation,
    /// Banners of this thread; not stored by the server.
    pub notices: Vec<Notice>,
    /// "Looking things up…", until something better is there.
    pub progress: Option<ProgressUpdateEvent>,
    /// The entity that is looked at.
    pub preview: Option<Preview>,
    /// The language of everything we say.
    pub words: Words,
    /// What the reader thought of answers.
    pub(super) feedback: Feedback,
    /// Rows to put back should the request for another answer fail.
    pub(super) dropped: Dropped,
    /// Methods the page called before there was something to call them on; `None` from then on.
    pub(super) early: Option<VecDeque<HostAction>>,
    pub(super) calls: Few<CallId, PendingCall>,
    /// Answers to the assistant's questions that were not sent yet.
    pub(super) structured: Sheet,
    /// The same as the tab's storage has it; `None` before that was read.
    pub(super) stored_sheet: Option<Sheet>,
    /// Functions of the site that are at work for us.
    pub(super) site: Few<SiteCallId, PendingAsk>,
    /// Messages that the server has not confirmed, beside the turn's.
    pub(super) outbox: Outbox,
    /// What may never come.
    pub(super) waits: Few<Wait, Waiting>,
    /// Whether the session says that the server knows idempotency keys.
    pub(super) idempotent: bool,
    /// Threads that certainly existed before the message being sent: they are never mistaken for the one that
    /// a lost `threads.create` may have made.
    pub(super) known_threads: Few<String, ()>,
    /// What of the server could not be read, and was told already.
    pub(super) told: Told,
    /// Bytes of assistants' text that came since they were last drawn.
    pub(super) arrived: usize,
    /// Clock and chance as they came with the action at work.
    pub(super) tick: Tick,
    next: u64,
}

impl Default for State {
    fn default() -> Self {
        State {
            config: None,
            thread: OpenThread::New,
            items: Items::default(),
            older: Older::None,
            turn: Turn::Idle,
            load_problem: None,
            composer: Composer::default(),
            history: History::default(),
            attach: Attach::default(),
            picks: Picks::default(),
            dictation: Dictation::Off,
            notices: Vec::new(),
            progress: None,
            preview: None,
            words: Words::default(),
            feedback: Feedback::default(),
            dropped: Dropped::default(),
            early: Some(VecDeque::new()),
            calls: Few::default(),
            structured: Sheet::default(),
            stored_sheet: None,
            site: Few::default(),
            outbox: Outbox::default(),
            waits: Few::default(),
            idempotent: false,
            known_threads: Few::default(),
            told: Told::default(),
            arrived: 0,
            tick: Tick { now_ms: 0.0, jitter: 0.0, online: true },
            next: 0,
        }
    }
}

impl State {
    /// A number never given before.
    pub(super) fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}
