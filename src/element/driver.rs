//! The loop between the reducer and the browser.
//!
//! - An **action** goes into a queue; the driver reduces one at a time and performs its effects, in order, before it
//!   takes the next. A function of the page that an effect calls may therefore call back into the element: what it
//!   asks for waits its turn, and no borrow of the state is held meanwhile.
//! - Effects that start something (a stream, a timer) leave a handle here. Dropping the handle ends it, so after
//!   [`Driver::end`] nothing of the element runs any more.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use web_sys::{File, HtmlElement};
use yew::Callback;

use super::bridge::Callbacks;
use super::effect;
use super::files::Files;
use super::intake::Intake;
use super::microphone::Microphone;
use super::running::Running;
use super::screen::{Pace, Screen};
use super::view::{HeaderSide, Out};
use crate::config::Config;
use crate::state::{
    self, Action, CallId, ComposerAction, HostAction, HostCall, HostEvent, PickedFile, Rejection, State,
    StreamAction, Tick, Timer, TurnId, UploadId, UserAction, VoiceId,
};
use crate::text::Words;
use crate::web::{clock, fetch::AbortHandle, listen, log, task::Task};

/// Everything one element is made of.
pub struct Driver {
    /// Hears the `chatkit.*` events.
    pub(super) tell: Box<dyn Fn(&HostEvent)>,
    /// What is drawn.
    pub(super) screen: Screen,
    /// Functions of the page, as of the newest options.
    pub(super) callbacks: RefCell<Callbacks>,
    pub(super) streams: Running<TurnId, AbortHandle>,
    pub(super) calls: Running<CallId, AbortHandle>,
    pub(super) timers: Running<Timer, Timeout>,
    pub(super) promises: Running<HostCall, Settle>,
    pub(super) files: Files,
    pub(super) uploads: Running<UploadId, Task>,
    pub(super) voices: Running<VoiceId, Microphone>,
    intake: RefCell<Option<Intake>>,
    state: RefCell<State>,
    queue: RefCell<VecDeque<Action>>,
    running: Cell<bool>,
    ended: Cell<bool>,
    next_call: Cell<u64>,
    this: Weak<Driver>,
}

/// Settles a method call of the page.
pub type Settle = Box<dyn FnOnce(Result<(), Rejection>)>;

impl Driver {
    /// An element that has no options yet and draws nothing, into `root`. Its events go to `tell`.
    pub fn new(root: HtmlElement, tell: impl Fn(&HostEvent) + 'static) -> Rc<Self> {
        Rc::new_cyclic(|this| {
            let (user, header, frame) = (this.clone(), this.clone(), this.clone());
            let out = Out {
                user: Callback::from(move |action: UserAction| {
                    with(&user, |driver| driver.dispatch(Action::User(action)))
                }),
                header: Callback::from(move |side: HeaderSide| {
                    with(&header, |driver| driver.header_clicked(side))
                }),
            };
            let screen = Screen::new(root, out, move || with(&frame, Driver::draw));
            let intake = screen.mount().map(|mount| Intake::new(mount, this.clone()));
            Driver {
                tell: Box::new(tell),
                screen,
                callbacks: RefCell::default(),
                streams: Running::default(),
                calls: Running::default(),
                timers: Running::default(),
                promises: Running::default(),
                files: Files::default(),
                uploads: Running::default(),
                voices: Running::default(),
                intake: RefCell::new(intake),
                state: RefCell::default(),
                queue: RefCell::default(),
                running: Cell::new(false),
                ended: Cell::new(false),
                next_call: Cell::new(0),
                this: this.clone(),
            }
        })
    }

    /// For what outlives this call: it must not keep the element alive.
    pub fn weak(&self) -> Weak<Driver> {
        self.this.clone()
    }

    /// The options in force.
    pub fn config(&self) -> Option<Rc<Config>> {
        self.state.borrow().config.clone()
    }

    /// New, valid options and the functions that came with them.
    pub fn configure(&self, config: Config, callbacks: Callbacks) {
        self.screen.dress(&config);
        self.callbacks.replace(callbacks);
        self.dispatch(Action::Host(HostAction::Options(Rc::new(config))));
    }

    /// The language to speak from now on.
    pub fn speak(&self, words: Words) {
        self.screen.speak(words);
        self.dispatch(Action::Host(HostAction::Words(words)));
    }

    /// Tells the reducer what the session says of the server, where the page knows it.
    pub fn note_idempotency(&self) {
        let idempotent = self.callbacks.borrow().is_idempotent();
        if let Some(idempotent) = idempotent {
            self.dispatch(Action::Host(HostAction::Idempotent(idempotent)));
        }
    }

    /// Whether files may be dropped and pasted now.
    pub fn takes_files(&self) -> bool {
        // Borrowed while the reducer is at work, which no event of the browser interrupts, or after a panic.
        self.state.try_borrow().is_ok_and(|state| state::takes_files(&state))
    }

    /// Keeps files, for as long as the reducer may ask for their bytes.
    pub fn hold(&self, files: Vec<File>) -> Vec<PickedFile> {
        files.into_iter().map(|file| self.files.hold(file)).collect()
    }

    /// A name for a method call of the page.
    pub fn promise(&self, settle: Settle) -> HostCall {
        let call = HostCall(self.next_call.replace(self.next_call.get() + 1));
        // An element that has ended answers nothing any more: `settle` is dropped, as those before it were.
        if !self.ended.get() {
            self.promises.insert(call, settle);
        }
        call
    }

    /// Reduces `action` and performs what follows. If that is being done already, `action` waits for it.
    pub fn dispatch(&self, action: Action) {
        if self.ended.get() || broken() {
            return;
        }
        self.queue.borrow_mut().push_back(action);
        if self.running.replace(true) {
            return;
        }
        let mut pace = Pace::Steady;
        loop {
            // On a line of its own: the borrow must not last through the effects.
            let next = self.queue.borrow_mut().pop_front();
            let Some(action) = next else { break };
            if !matches!(action, Action::Stream { action: StreamAction::Event(_), .. }) {
                pace = Pace::Next;
            }
            let tick = Tick { now_ms: clock::now_ms(), jitter: clock::random(), online: listen::is_online() };
            let effects = state::reduce(&mut self.state.borrow_mut(), action, tick);
            for effect in effects {
                // A listener of the page may have taken the element out meanwhile.
                if !self.ended.get() {
                    effect::perform(self, effect);
                }
            }
        }
        self.running.set(false);
        if !self.ended.get() {
            self.screen.ask_for_frame(pace);
        }
    }

    /// Aborts, forgets and takes down everything. Promises still open are dropped unsettled; who made them says what that
    /// means.
    pub fn end(&self) {
        self.dispatch(Action::User(UserAction::Composer(ComposerAction::Leave)));
        self.ended.set(true);
        self.queue.take();
        self.streams.clear();
        self.calls.clear();
        self.timers.clear();
        self.promises.clear();
        self.intake.take();
        self.uploads.clear();
        self.voices.clear();
        self.files.clear();
        self.callbacks.take();
        self.screen.end();
    }

    fn draw(&self) {
        if self.ended.get() || broken() {
            return;
        }
        // `running` is false here: frames come from the browser, or at the end of `dispatch`.
        let (view, auto_scroll) = {
            // Only a panic leaves the state borrowed; there is nothing to be drawn of it any more.
            let Ok(mut state) = self.state.try_borrow_mut() else { return };
            let Some(view) = state::select::view(&mut state) else { return };
            (view, state.config.as_ref().is_some_and(|config| config.thread.auto_scroll))
        };
        let behind = view.behind;
        self.screen.draw(view, auto_scroll);
        if behind {
            self.screen.ask_for_frame(Pace::Next);
        }
    }

    fn header_clicked(&self, side: HeaderSide) {
        let callback = {
            let callbacks = self.callbacks.borrow();
            match side {
                HeaderSide::Left => callbacks.header_left.clone(),
                HeaderSide::Right => callbacks.header_right.clone(),
            }
        };
        if let Some(callback) = callback
            && let Err(thrown) = callback.call(&[])
        {
            let side = if side == HeaderSide::Left { "left" } else { "right" };
            log::error(&format!("$.header.{side}Action.onClick threw {}", crate::web::js::describe(&thrown)));
        }
    }
}

/// Whether the module has panicked. In an app of somebody else that is the app's to notice.
fn broken() -> bool {
    #[cfg(feature = "element")]
    return super::trouble::happened();
    #[cfg(not(feature = "element"))]
    false
}

/// Does something with an element that may be gone.
pub fn with(driver: &Weak<Driver>, then: impl FnOnce(&Driver)) {
    if let Some(driver) = driver.upgrade() {
        then(&driver);
    }
}
