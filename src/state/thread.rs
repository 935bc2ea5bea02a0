//! The open thread: what it is, and how it becomes another (ChatKit protocol §6.3).

use std::rc::Rc;

use super::{Effect, HostEvent, Older, State, history, load, turn};
use crate::protocol::{Thread, ThreadStatus};

/// The conversation on screen.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenThread {
    /// Nothing was said yet; the first message makes the thread.
    New,
    /// A stored thread is on its way; what was open before stays open when it does not come.
    Loading {
        /// The thread asked for.
        id: String,
        /// What was open before.
        previous: Option<Box<ThreadMeta>>,
    },
    /// A stored thread.
    Loaded(Box<ThreadMeta>),
}

/// What a thread is, without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadMeta {
    /// The server's id.
    pub id: String,
    /// Its title; threads begin untitled.
    pub title: Option<String>,
    /// Whether it takes messages.
    pub status: ThreadStatus,
    /// Which hosts may show images in it.
    pub allowed_image_domains: Option<Rc<[String]>>,
}

impl From<Thread> for ThreadMeta {
    fn from(thread: Thread) -> Self {
        ThreadMeta {
            id: thread.id,
            title: thread.title,
            status: thread.status,
            allowed_image_domains: thread.allowed_image_domains.map(Into::into),
        }
    }
}

impl OpenThread {
    /// What is open, where it is stored.
    pub fn meta(&self) -> Option<&ThreadMeta> {
        match self {
            OpenThread::Loaded(meta) => Some(meta),
            OpenThread::New | OpenThread::Loading { .. } => None,
        }
    }

    /// The id of the stored thread on screen.
    pub fn id(&self) -> Option<&str> {
        self.meta().map(|meta| meta.id.as_str())
    }

    /// Whether a stored thread is on its way.
    pub fn is_loading(&self) -> bool {
        matches!(self, OpenThread::Loading { .. })
    }

    /// Whether the reader may write in it. The server does not enforce it.
    pub fn is_writable(&self) -> bool {
        self.meta().is_none_or(|meta| {
            !matches!(meta.status, ThreadStatus::Locked { .. } | ThreadStatus::Closed { .. })
        })
    }
}

/// An empty conversation; nothing is sent until the first message.
pub(super) fn new_thread(state: &mut State, out: &mut Vec<Effect>) {
    turn::leave(state, out);
    let was_open = !matches!(state.thread, OpenThread::New) || state.load_problem.is_some();
    state.thread = OpenThread::New;
    state.load_problem = None;
    load::show(state, Vec::new(), Older::None);
    if was_open {
        out.push(Effect::Emit(HostEvent::ThreadChange(None)));
    }
}

/// The thread of the conversation on screen now exists on the server.
pub(super) fn adopt(state: &mut State, thread: Thread) {
    if state.known_threads.get(&thread.id).is_none() {
        history::made(state, &thread);
    }
    history::noticed(state, &thread);
    state.known_threads.insert(thread.id.clone(), ());
    state.thread = OpenThread::Loaded(Box::new(thread.into()));
}

/// A thread has another title.
pub(super) fn renamed(state: &mut State, id: &str, title: String) {
    history::renamed(state, id, &title);
    if let OpenThread::Loaded(meta) = &mut state.thread
        && meta.id == id
    {
        meta.title = Some(title);
    }
}

/// `thread.updated` carries what the thread is; its `items` are always empty and mean nothing.
pub(super) fn update(state: &mut State, thread: Thread) {
    if state.thread.id() == Some(thread.id.as_str()) {
        adopt(state, thread);
    }
}
