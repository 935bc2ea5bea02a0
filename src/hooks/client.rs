//! The session engine: performs what [`crate::session`] decides. Needs no component.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::authorized;
use super::memory::TabMemory;
use super::retrying::{Attempt, RetryState, with_retry};
use crate::json::quoted_or_null;
use crate::millis::from_js;
use crate::problem::{At, FetchFailure, Problem, status_problem};
use crate::retry::Request;
use crate::session::{self, Ask, Grant, Session, Why};
use crate::text::Key;
use crate::web::fetch::{AbortHandle, post_json};
use crate::web::task::{self, Task};
use crate::web::{clock, js, listen, log};

/// The session with one backend. Clones share it; when the last one is dropped, the request under way is aborted, all
/// timers and listeners end, and whoever still waits gets a `ChatKitSessionError`.
///
/// ```no_run
/// use chatkit_widget::hooks::{SessionClient, TabMemory};
///
/// # async fn example() {
/// let (memory, _) = TabMemory::open("http://localhost:8000");
/// let client = SessionClient::new("http://localhost:8000", memory);
/// client.connect();                          // asks; once, however often it is called
/// let secret = client.client_secret(None).await; // waits for that
/// # let _ = secret;
/// # }
/// ```
#[derive(Clone)]
pub struct SessionClient {
    guard: Rc<Guard>,
}

impl PartialEq for SessionClient {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.guard, &other.guard)
    }
}

impl std::fmt::Debug for SessionClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionClient").field("url", &self.guard.inner.url).finish_non_exhaustive()
    }
}

/// Held by clients only, never by what runs inside: its drop ends all of that.
struct Guard {
    inner: Rc<Inner>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.inner.close();
    }
}

type Watcher = (u32, Rc<dyn Fn()>);

struct Inner {
    url: String,
    memory: TabMemory,
    session: RefCell<Session>,
    closed: Cell<bool>,
    flight: RefCell<Option<Task>>,
    renewal: RefCell<Option<Timeout>>,
    listeners: RefCell<Vec<EventListener>>,
    waiting: RefCell<Vec<Waker>>,
    watchers: RefCell<Vec<Watcher>>,
    next_watcher: Cell<u32>,
    /// Whether the integrator was told of an odd answer.
    warned: Cell<bool>,
}

/// Stops telling a watcher when dropped, see [`SessionClient::watch`].
#[must_use = "dropping it ends the watch"]
pub struct Watch {
    inner: std::rc::Weak<Inner>,
    id: u32,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(inner) = self.inner.upgrade() {
            inner.watchers.borrow_mut().retain(|(id, _)| *id != self.id);
        }
    }
}

impl SessionClient {
    /// A client that has asked for nothing yet. `backend_url` without the path; a trailing slash does not matter.
    #[must_use]
    pub fn new(backend_url: &str, memory: TabMemory) -> Self {
        let inner = Inner {
            url: format!("{}/api/chatkit/session", backend_url.trim_end_matches('/')),
            memory,
            session: RefCell::default(),
            closed: Cell::new(false),
            flight: RefCell::default(),
            renewal: RefCell::default(),
            listeners: RefCell::default(),
            waiting: RefCell::default(),
            watchers: RefCell::default(),
            next_watcher: Cell::new(0),
            warned: Cell::new(false),
        };
        Self { guard: Rc::new(Guard { inner: Rc::new(inner) }) }
    }

    /// The session as it is.
    #[must_use]
    pub fn session(&self) -> Session {
        self.guard.inner.session.borrow().clone()
    }

    /// Whether the server said with the session that it stores a request once however often it comes with the same
    /// idempotency key.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        match &*self.guard.inner.session.borrow() {
            Session::Active(grant) => grant.idempotent,
            // Before the page was left the same server gave one.
            _ => self.guard.inner.memory.get().idempotent,
        }
    }

    /// Calls `then` after each change of the session.
    pub fn watch(&self, then: impl Fn() + 'static) -> Watch {
        let inner = &self.guard.inner;
        let id = inner.next_watcher.replace(inner.next_watcher.get().wrapping_add(1));
        inner.watchers.borrow_mut().push((id, Rc::new(then)));
        Watch { inner: Rc::downgrade(inner), id }
    }

    /// Sees to it that there is a session, or soon will be.
    pub fn connect(&self) {
        self.guard.inner.ask(Why::Needed);
    }

    /// The client secret. `existing`: one that turned out not to work any more, or `None`. The future does not keep
    /// the client alive: it fails when the last client goes.
    ///
    /// # Errors
    /// Why there is no session, after the retries.
    pub fn client_secret(
        &self,
        existing: Option<String>,
    ) -> impl Future<Output = Result<String, Problem>> + use<> {
        let inner = self.guard.inner.clone();
        async move { inner.secret(existing.as_deref().map_or(Why::Needed, Why::Denied)).await }
    }

    /// `fetch` with the session's bearer token, which only the backend's origin gets; takes what `fetch` takes. An answer of 401 or 403 renews the session
    /// and is repeated once. The future does not keep the client alive.
    ///
    /// # Errors
    /// What `fetch` rejected with; or an `Error` named `ChatKitSessionError` if there is no session, after the
    /// retries.
    pub fn fetch(
        &self,
        input: JsValue,
        init: JsValue,
    ) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
        let inner = self.guard.inner.clone();
        async move {
            authorized::fetch(&input, &init, &inner.url, async |denied: Option<&str>| {
                let needed = if listen::is_online() { Why::Needed } else { Why::NeededOffline };
                inner.secret(denied.map_or(needed, Why::Denied)).await
            })
            .await
        }
    }
}

/// What who still waits for a session gets when there will be none any more.
pub(crate) fn removed() -> Problem {
    Problem::NoSession { what: "the widget was removed".to_owned(), says: Key::NoConnection }
}

impl Inner {
    async fn secret(self: &Rc<Self>, why: Why<'_>) -> Result<String, Problem> {
        if let Ask::Use(secret) = self.ask(why) {
            return Ok(secret);
        }
        poll_fn(|context| {
            if self.closed.get() {
                return Poll::Ready(Err(removed()));
            }
            match &*self.session.borrow() {
                Session::Active(grant) => Poll::Ready(Ok(grant.secret.clone())),
                Session::Refused(problem) => Poll::Ready(Err(problem.clone())),
                Session::None | Session::Fetching { .. } | Session::Offline { .. } => {
                    self.waiting.borrow_mut().push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// Decides and, if that is the decision, takes off.
    fn ask(self: &Rc<Self>, why: Why<'_>) -> Ask {
        if self.closed.get() {
            return Ask::Nothing;
        }
        let kept = self.memory.get().secret;
        let ask = session::decide(&self.session.borrow(), why, kept.as_deref(), clock::now_ms());
        if let Ask::Fetch { existing, fallback } = &ask {
            self.listen();
            self.renewal.borrow_mut().take();
            self.set(Session::Fetching { attempt: 1, wait: None, fallback: fallback.clone() });
            let flight = task::spawn(self.clone().fly(existing.clone(), fallback.clone()));
            *self.flight.borrow_mut() = Some(flight);
        }
        ask
    }

    async fn fly(self: Rc<Self>, mut existing: Option<String>, fallback: Option<Grant>) {
        let landed = loop {
            let attempt = |attempt| self.clone().request(existing.clone(), attempt);
            let landed =
                with_retry(Request::Session, attempt, |state| self.progress(&state, &fallback)).await;
            match &landed {
                Err(problem) if session::drop_existing(problem, existing.as_deref()) => {
                    existing = None;
                    // The conversation belonged to the old session; asking for it would only fail.
                    self.memory.update(|kept| {
                        kept.secret = None;
                        kept.thread = None;
                    });
                }
                _ => break landed,
            }
        };
        match landed {
            Ok(grant) => {
                self.memory.update(|kept| {
                    kept.secret = Some(grant.secret.clone());
                    kept.idempotent = grant.idempotent;
                });
                self.set(Session::Active(grant));
                self.arm();
            }
            Err(problem) => {
                let next = session::after_failure(&self.session.borrow(), problem, clock::now_ms());
                self.set(next);
            }
        }
    }

    fn progress(&self, state: &RetryState, fallback: &Option<Grant>) {
        let (attempt, wait) = match state {
            RetryState::Running { attempt } => (*attempt, None),
            RetryState::Waiting { attempt, wait } => (*attempt, Some(*wait)),
            RetryState::Offline => return self.set(Session::Offline { fallback: fallback.clone() }),
            RetryState::Idle | RetryState::Done | RetryState::GivenUp(_) => return,
        };
        self.set(Session::Fetching { attempt, wait, fallback: fallback.clone() });
    }

    async fn request(self: Rc<Self>, existing: Option<String>, attempt: Attempt) -> Result<Grant, Problem> {
        let at = At::post(&self.url);
        let (aborter, signal) = AbortHandle::new();
        let timed_out = Rc::new(Cell::new(false));
        let _timer = clock::after(attempt.left, {
            let timed_out = timed_out.clone();
            move || {
                timed_out.set(true);
                aborter.abort();
            }
        });
        let body = format!(r#"{{"existing":{}}}"#, quoted_or_null(existing.as_deref()));
        let sent = post_json(&self.url, &body, signal.as_ref()).await;
        let (head, body) = sent.map_err(|failure| {
            let failure = if timed_out.get() { FetchFailure::TimedOut } else { failure };
            // An abort that is not ours comes from the page, a navigation: as if the connection was lost.
            failure
                .problem(at.clone(), false, listen::is_online(), attempt.left)
                .unwrap_or_else(|| Problem::NoConnection { at: at.clone() })
        })?;
        if let Some(problem) = status_problem(&at, head.status, head.retry_after) {
            return Err(problem);
        }
        let answer = session::parse_answer(
            &at,
            &head.content_type,
            &body,
            clock::now_ms(),
            js::parse_json,
            clock::parse_date_ms,
        )?;
        if let Some(fault) = answer.ignored.filter(|_| !self.warned.replace(true)) {
            log::warn(&format!("{at}: {fault}; it is ignored"));
        }
        Ok(answer.grant)
    }

    /// Sets the timer of the next renewal. Not after a failed one: that would ask without pause until the end of the
    /// old secret.
    fn arm(self: &Rc<Self>) {
        let timer = session::next_renewal_ms(&self.session.borrow(), clock::now_ms()).map(|wait_ms| {
            let inner = Rc::downgrade(self);
            clock::after(from_js(wait_ms), move || {
                if let Some(inner) = inner.upgrade() {
                    inner.renew_ahead();
                }
            })
        });
        *self.renewal.borrow_mut() = timer;
    }

    fn renew_ahead(self: &Rc<Self>) {
        let visible = listen::is_visible();
        // A timer of more than 24 days is cut short, and clocks jump: not due yet.
        if self.ask(Why::Ahead { visible }) == Ask::Nothing && visible {
            self.arm();
        }
    }

    /// Only once somebody wanted a session: a page whose chat is never opened has no listeners of ours.
    fn listen(self: &Rc<Self>) {
        let mut listeners = self.listeners.borrow_mut();
        if !listeners.is_empty() {
            return;
        }
        let weak = Rc::downgrade(self);
        listeners.extend(listen::on_online(move || {
            if let Some(inner) = weak.upgrade() {
                inner.recover();
            }
        }));
        let weak = Rc::downgrade(self);
        listeners.extend(listen::on_wake(move || {
            if let Some(inner) = weak.upgrade() {
                inner.recover();
                inner.ask(Why::Ahead { visible: true });
            }
        }));
    }

    /// The network may be back: what failed for it is tried again.
    fn recover(self: &Rc<Self>) {
        let recovers = session::recovers_online(&self.session.borrow());
        if recovers {
            self.ask(Why::Needed);
        }
    }

    fn set(&self, session: Session) {
        if *self.session.borrow() == session {
            return;
        }
        let settled = !matches!(session, Session::Fetching { .. } | Session::Offline { .. });
        *self.session.borrow_mut() = session;
        if settled {
            self.wake_all();
        }
        // Nothing is borrowed while foreign code runs.
        let watchers = self.watchers.borrow().clone();
        for (_, then) in watchers {
            then();
        }
    }

    fn wake_all(&self) {
        let waiting = std::mem::take(&mut *self.waiting.borrow_mut());
        for waker in waiting {
            waker.wake();
        }
    }

    fn close(&self) {
        self.closed.set(true);
        self.watchers.borrow_mut().clear();
        self.listeners.borrow_mut().clear();
        self.renewal.borrow_mut().take();
        let flight = self.flight.borrow_mut().take();
        drop(flight);
        self.wake_all();
    }
}
