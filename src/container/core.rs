//! State and effects of one mounted widget.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, KeyboardEvent};

use super::dress::Parts;
use super::modal::Modal;
use super::page::PageWatch;
use super::shortcut;
use super::surroundings::Surroundings;
use super::unread::TitleMark;
use crate::hooks::{SessionClient, TabMemory, Watch};
use crate::problem::Problem;
use crate::session::Session;
use crate::web::task::{self, Task};
use crate::web::{dom, js, listen, log};
use crate::widget::{Event, Issue, Network, OpenedBy, Options, SchemeChoice, Widget};

mod perform;

/// Where `panel.css` lets the panel fill the screen.
const PHONE: &str = "(max-width: 479.98px)";

/// What belongs to one server.
struct Backend {
    url: String,
    memory: TabMemory,
    client: SessionClient,
    _watch: Watch,
}

/// Everything that ends with the widget, each in its own place so that a new one replaces the old.
#[derive(Default)]
struct Running {
    restore: Option<Task>,
    engine: Option<Task>,
    engine_time: Option<Timeout>,
    chat_time: Option<Timeout>,
    settle: Option<Timeout>,
    listeners: Vec<EventListener>,
    shortcut: Option<EventListener>,
    count: Option<Timeout>,
    slow: Option<Timeout>,
    page: Option<PageWatch>,
    modal: Option<Modal>,
    title: Option<TitleMark>,
}

pub struct Core {
    pub(crate) parts: Parts,
    surroundings: Rc<dyn Surroundings>,
    options: RefCell<Rc<Options>>,
    widget: RefCell<Widget>,
    backend: RefCell<Option<Backend>>,
    running: RefCell<Running>,
    redraw: RefCell<Option<Rc<dyn Fn()>>>,
    destroyed: Cell<bool>,
    weak: Weak<Core>,
}

impl Core {
    /// Dresses the parts, listens, reports issues. The panel is opened again if it was on the page before.
    pub(crate) fn new(
        parts: Parts,
        surroundings: Rc<dyn Surroundings>,
        options: Options,
        issues: &[Issue],
    ) -> Rc<Self> {
        let core = Rc::new_cyclic(|weak| Self {
            parts,
            surroundings,
            options: RefCell::new(Rc::new(options)),
            widget: RefCell::default(),
            backend: RefCell::default(),
            running: RefCell::default(),
            redraw: RefCell::default(),
            destroyed: Cell::new(false),
            weak: weak.clone(),
        });
        core.parts.dress_once();
        core.listen();
        core.apply(issues);
        let restored = core.weak.clone();
        // Not at once: TypeScript is still inside the constructor, without a handle to answer a callback with.
        core.running.borrow_mut().restore = Some(task::spawn(async move {
            if let Some(core) = restored.upgrade()
                && core.memory().is_some_and(|memory| memory.get().open)
            {
                core.step(Event::Open(OpenedBy::Memory));
            }
        }));
        core
    }

    pub(crate) fn options(&self) -> Rc<Options> {
        self.options.borrow().clone()
    }

    pub(super) fn widget(&self) -> Widget {
        self.widget.borrow().clone()
    }

    pub(crate) fn client(&self) -> Option<SessionClient> {
        self.backend.borrow().as_ref().map(|backend| backend.client.clone())
    }

    pub(crate) fn memory(&self) -> Option<TabMemory> {
        self.backend.borrow().as_ref().map(|backend| backend.memory.clone())
    }

    /// Why there is no [`Core::client`].
    #[cfg(feature = "container")]
    pub(super) fn misconfigured(&self) -> Problem {
        self.widget.borrow().misconfigured.clone().unwrap_or_else(crate::hooks::client::removed)
    }

    /// Calls `redraw` after each step; `None` ends that.
    pub(super) fn on_step(&self, redraw: Option<Rc<dyn Fn()>>) {
        *self.redraw.borrow_mut() = redraw;
    }

    pub(crate) fn set_options(&self, options: Options, issues: &[Issue]) {
        *self.options.borrow_mut() = Rc::new(options);
        self.apply(issues);
    }

    fn apply(&self, issues: &[Issue]) {
        self.surroundings.config_issues(issues);
        let options = self.options();
        self.step(Event::Control(options.control));
        self.running.borrow_mut().page = (options.color_scheme == SchemeChoice::Auto).then(|| {
            let core = self.weak.clone();
            PageWatch::new(move || {
                if let Some(core) = core.upgrade() {
                    core.dress();
                }
            })
        });
        let core = self.weak.clone();
        let pressed = move || {
            if let Some(core) = core.upgrade() {
                core.toggle();
            }
        };
        let listener = options.shortcut.clone().and_then(|shortcut| shortcut::listen(shortcut, pressed));
        self.running.borrow_mut().shortcut = listener;
        let changed =
            self.backend.borrow().as_ref().map(|backend| &backend.url) != options.backend_url.as_ref();
        if changed {
            let backend = options.backend_url.as_deref().map(|url| self.backend_at(url));
            let before = self.backend.replace(backend);
            drop(before);
            self.step(Event::Session(Session::None));
        }
        let problem = options.backend_url.is_none().then(|| {
            let issue = issues.iter().find(|issue| issue.path == "backendUrl");
            Problem::Misconfigured {
                path: "backendUrl".to_owned(),
                message: issue.map(|issue| issue.message.clone()).unwrap_or_default(),
            }
        });
        if problem != self.widget.borrow().misconfigured {
            self.step(Event::Misconfigured(problem));
        } else if changed && self.widget.borrow().panel.is_open() {
            self.step(Event::Retry);
        }
        self.dress();
        self.redraw();
    }

    fn backend_at(&self, url: &str) -> Backend {
        let (memory, issue) = TabMemory::open(url);
        if let Some(issue) = issue {
            log::warn(&issue);
        }
        let client = SessionClient::new(url, memory.clone());
        let core = self.weak.clone();
        let watch = client.watch(move || {
            if let Some(core) = core.upgrade()
                && let Some(client) = core.client()
            {
                core.step(Event::Session(client.session()));
            }
        });
        Backend { url: url.to_owned(), memory, client, _watch: watch }
    }

    fn listen(&self) {
        let stepping = |event: fn(bool) -> Event| {
            let core = self.weak.clone();
            move |value| {
                if let Some(core) = core.upgrade() {
                    core.step(event(value));
                }
            }
        };
        let visible = stepping(|visible| Event::Hidden(!visible));
        visible(listen::is_visible());
        let listeners = [
            // On the host, so that it hears the chat too; last in line, so that a menu in there can take the key first.
            Some(self.closes_on_escape(&self.parts.host, |widget| widget.panel.is_open())),
            // The focus of a modal panel falls to the page when what had it is gone; the page has no use for the key.
            web_sys::window().map(|window| self.closes_on_escape(&window, Widget::is_modal)),
            listen::on_media(PHONE, stepping(Event::Narrow)),
            listen::on_visibility(visible),
        ];
        let mut all =
            listen::on_network(stepping(|up| Event::Network(if up { Network::Up } else { Network::Down })));
        all.extend(listeners.into_iter().flatten());
        self.running.borrow_mut().listeners = all;
    }

    fn closes_on_escape(&self, target: &EventTarget, when: fn(&Widget) -> bool) -> EventListener {
        let core = self.weak.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(target, "keydown", options, move |event| {
            // An input method takes back with Escape what it would have written.
            let escape = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape" && !event.is_composing());
            if escape
                && !event.default_prevented()
                && let Some(core) = core.upgrade()
                && when(&core.widget.borrow())
            {
                event.prevent_default();
                core.step(Event::Wish { open: false });
            }
        })
    }

    /// Takes an event and performs what follows.
    pub(crate) fn step(&self, event: Event) {
        if self.destroyed.get() {
            return;
        }
        // Before the panel becomes inert, which takes the focus away.
        let held_focus = dom::has_focus(&self.parts.host);
        let options = self.options();
        let plan = options.engine.plan(options.has_domain_key);
        let effects = self.widget.borrow_mut().step(event, plan);
        self.dress();
        self.redraw();
        for effect in effects {
            self.perform(effect, held_focus);
        }
    }

    fn dress(&self) {
        if !self.destroyed.get() {
            let options = self.options();
            let (unread, modal) = {
                let widget = self.widget.borrow();
                self.parts.dress(&widget, &options);
                (widget.unread, widget.is_modal())
            };
            self.mark_title(unread, &options);
            self.hold_page(modal);
        }
    }

    fn mark_title(&self, unread: u32, options: &Options) {
        let title = &mut self.running.borrow_mut().title;
        match unread {
            0 => *title = None,
            _ => title.get_or_insert_with(TitleMark::new).set(options.texts.unread_mark(unread)),
        }
    }

    fn hold_page(&self, modal: bool) {
        if modal == self.running.borrow().modal.is_some() {
            return;
        }
        // Elements of the page may hear of it at once and call back: nothing is borrowed then.
        let now = modal.then(|| Modal::new(&self.parts.host));
        let before = std::mem::replace(&mut self.running.borrow_mut().modal, now);
        drop(before);
        if modal && !dom::has_focus(&self.parts.host) {
            dom::focus(&self.parts.panel);
        }
    }

    fn redraw(&self) {
        let redraw = self.redraw.borrow().clone();
        if let Some(redraw) = redraw {
            redraw();
        }
    }

    /// An event of ChatKit, without the prefix `chatkit.`.
    pub(crate) fn chatkit_event(&self, name: &str, detail: &JsValue) {
        match name {
            "ready" => self.step(Event::ChatReady),
            "error" => self.step(Event::ChatError),
            "response.start" => self.step(Event::ResponseStart),
            "response.end" => self.step(Event::ResponseEnd),
            "thread.change" => {
                if let Some(memory) = self.memory() {
                    memory.update(|kept| kept.thread = js::get_string(detail, "threadId"));
                }
            }
            _ => {}
        }
    }

    /// The toggle was pressed.
    pub(crate) fn toggle(&self) {
        let open = self.widget.borrow().panel.is_open();
        self.step(Event::Wish { open: !open });
    }

    /// The header's button.
    pub(super) fn new_thread(&self) {
        self.surroundings.new_thread();
        self.surroundings.focus_composer();
    }

    /// Ends every timer, listener and request.
    pub(crate) fn destroy(&self) {
        self.destroyed.set(true);
        self.on_step(None);
        let (running, backend) = (self.running.take(), self.backend.take());
        drop((running, backend));
        self.parts.undress();
    }
}
