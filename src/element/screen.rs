//! The element's place in the DOM, and when it is drawn.
//!
//! However much arrives between two frames of the browser, it is drawn once. A hidden page gets no animation frames;
//! there a timer draws, so that what a reader comes back to is already there.
//!
//! A growing answer is drawn at its own [`pace`], not the display's, and by a timer: the browser shows it with its next
//! frame, and asking for that frame first is work without use.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::{AppHandle, Renderer};

use super::field;
use super::style::{self, Fonts};
#[cfg(feature = "element")]
use super::trouble;
use super::view::{App, AppProps, Frame, Out, Same};
use crate::config::Config;
use crate::state::select::View;
use crate::state::{ScrollTarget, pace};
use crate::text::Words;
use crate::web::stylesheet::Adopted;
use crate::web::{clock, dom};

/// When no animation frame came by then, the page is not being painted. Longer than a frame of the slowest display,
/// shorter than a reader notices.
const WITHOUT_FRAMES: Duration = Duration::from_millis(150);

/// How soon a frame is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// With the next frame of the display: somebody did something.
    Next,
    /// In the steady flow of an answer that grows.
    Steady,
}

/// Where one element is drawn.
pub struct Screen {
    /// Ours alone and fresh for each mount: Yew never takes its listeners off an element it was mounted on.
    mount: Option<HtmlElement>,
    out: Out,
    draw: Rc<dyn Fn()>,
    adopted: RefCell<Option<Adopted>>,
    app: RefCell<Option<AppHandle<App>>>,
    fonts: RefCell<Fonts>,
    asked: RefCell<Option<Asked>>,
    drawn: Cell<Option<Drawn>>,
    next: RefCell<Next>,
}

/// The last frame.
#[derive(Clone, Copy)]
struct Drawn {
    /// By the device's clock.
    at_ms: f64,
    /// How long a growing answer waits for the next one.
    rest: Duration,
}

/// What the next frame has to do besides drawing.
#[derive(Default)]
struct Next {
    scroll: Option<ScrollTarget>,
    focus: bool,
}

impl Screen {
    /// Takes `root` over. `draw` is called when it is time for a frame.
    pub fn new(root: HtmlElement, out: Out, draw: impl Fn() + 'static) -> Self {
        root.set_text_content(None);
        root.set_class_name("ck-root");
        let mount = dom::document()
            .and_then(|document| document.create_element("div").ok())
            .and_then(|mount| mount.dyn_into::<HtmlElement>().ok());
        if let Some(mount) = &mount {
            mount.set_class_name("ck");
            dom::set_attribute(mount, "role", Some("region"));
            // Fails only for a node that contains its new parent.
            let _ = root.append_child(mount);
        }
        Self {
            adopted: RefCell::new(mount.as_ref().and_then(|mount| style::adopt(mount))),
            mount,
            out,
            draw: Rc::new(draw),
            app: RefCell::default(),
            fonts: RefCell::default(),
            asked: RefCell::default(),
            drawn: Cell::default(),
            next: RefCell::default(),
        }
    }

    /// What everything is drawn into.
    pub fn mount(&self) -> Option<&HtmlElement> {
        self.mount.as_ref()
    }

    /// Puts a sentence here if this module breaks. Only where the module is ours: in an app of somebody else a panic is
    /// that app's to handle.
    #[cfg(feature = "element")]
    pub fn say_when_broken(&self) {
        if let Some(mount) = &self.mount {
            trouble::watch(mount);
        }
    }

    /// Puts on name and theme.
    pub fn dress(&self, config: &Config) {
        if let Some(mount) = &self.mount {
            dom::set_attribute(mount, "aria-label", Some(&config.frame_title));
            style::apply(mount, &config.theme);
            self.fonts.borrow_mut().bring(&config.theme.typography.font_sources);
        }
    }

    /// Says which language our words are in, and which way it is written. In English, which is also spoken
    /// where we lack the reader's language, the direction is the page's.
    pub fn speak(&self, words: Words) {
        if let Some(mount) = &self.mount {
            let direction = match words.tag() {
                None | Some("en") => None,
                Some(_) if words.right_to_left() => Some("rtl"),
                Some(_) => Some("ltr"),
            };
            dom::set_attribute(mount, "lang", words.tag());
            dom::set_attribute(mount, "dir", direction);
        }
    }

    /// Says that the options cannot be used; only while there is nothing better to show.
    #[cfg(feature = "element")]
    pub fn misconfigured(&self) {
        if let Some(mount) = &self.mount
            && self.app.borrow().is_none()
        {
            trouble::show(mount, crate::text::Key::Misconfigured, trouble::Remedy::None);
        }
    }

    /// Where to scroll with the next frame.
    pub fn scroll(&self, target: ScrollTarget) {
        self.next.borrow_mut().scroll = Some(target);
    }

    /// Focuses the composer: now, where there is one, and with the next frame, where there will be one or what lies over
    /// it will be gone.
    pub fn focus_composer(&self) {
        let field = self.mount.as_ref().and_then(|mount| {
            mount.query_selector(":not([inert]) > .ck-foot textarea:enabled").ok().flatten()
        });
        match field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            Some(field) => dom::focus(&field),
            None => self.next.borrow_mut().focus = true,
        }
    }

    /// Opens the browser's file dialog, which it allows for as long as the reader's key or press is fresh.
    pub fn choose_files(&self) {
        let input =
            self.mount.as_ref().and_then(|mount| mount.query_selector(".ck-file-input").ok().flatten());
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
            input.click();
        }
    }

    /// Writes into the composer's field, where there is one; one that comes later begins with what was drafted.
    pub fn write_field(&self, text: &str, caret: usize) {
        let field =
            self.mount.as_ref().and_then(|mount| mount.query_selector("textarea.ck-field").ok().flatten());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) {
            field::write(&field, text, caret);
        }
    }

    /// Draws soon; the first time at once.
    pub fn ask_for_frame(&self, pace: Pace) {
        if self.app.borrow().is_none() {
            (self.draw)();
            return;
        }
        // What was asked for in haste is not put off by what has time.
        if self.asked.borrow().as_ref().is_some_and(|asked| asked.pace == Pace::Next || pace == Pace::Steady)
        {
            return;
        }
        let wait = match (pace, self.drawn.get()) {
            (Pace::Steady, Some(drawn)) => drawn.rest.saturating_sub(clock::elapsed(drawn.at_ms)),
            _ => Duration::ZERO,
        };
        let draw = Rc::clone(&self.draw);
        *self.asked.borrow_mut() = Some(Asked::new(pace, wait, move || draw()));
    }

    /// How long the next frame lets wait for it; nothing when none was asked for.
    pub fn until_frame(&self) -> Duration {
        self.asked
            .borrow()
            .as_ref()
            .map(|asked| asked.wait.saturating_sub(clock::elapsed(asked.at_ms)))
            .unwrap_or_default()
    }

    /// Draws.
    pub fn draw(&self, view: View, auto_scroll: bool) {
        let Some(mount) = &self.mount else { return };
        self.asked.take();
        let since = self.drawn.get().map(|drawn| clock::elapsed(drawn.at_ms)).unwrap_or_default();
        let rest = pace::until_next(view.arrived, since);
        self.drawn.set(Some(Drawn { at_ms: clock::now_ms(), rest }));
        let Next { scroll, focus } = self.next.take();
        let frame = Same(Rc::new(Frame { view, scroll, focus, auto_scroll }));
        let props = AppProps { frame, out: self.out.clone() };
        let mut app = self.app.borrow_mut();
        match app.as_mut() {
            Some(app) => app.update(props),
            None => *app = Some(Renderer::<App>::with_root_and_props(mount.clone().into(), props).render()),
        }
    }

    /// Takes everything down.
    pub fn end(&self) {
        self.asked.take();
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.adopted.take();
        self.fonts.take();
        if let Some(mount) = &self.mount {
            #[cfg(feature = "element")]
            trouble::forget(mount);
            mount.remove();
        }
    }
}

/// A drawing asked for: with the browser's next frame, or when its time has come. Dropping it takes the request back.
struct Asked {
    pace: Pace,
    /// By the device's clock.
    at_ms: f64,
    wait: Duration,
    frame: Option<AnimationFrame>,
    _timer: Timeout,
}

impl Asked {
    fn new(pace: Pace, wait: Duration, then: impl Fn() + 'static) -> Self {
        let then: Rc<dyn Fn()> = Rc::new(then);
        let frame = wait.is_zero().then(|| AnimationFrame::ask(Rc::clone(&then))).flatten();
        let at_most = if wait.is_zero() { WITHOUT_FRAMES } else { wait };
        Self { pace, at_ms: clock::now_ms(), wait, frame, _timer: clock::after(at_most, move || then()) }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if let (Some(frame), Some(window)) = (&self.frame, web_sys::window()) {
            // Never throws for a number it gave out itself.
            let _ = window.cancel_animation_frame(frame.number);
        }
    }
}

/// The browser's next frame.
struct AnimationFrame {
    number: i32,
    _then: Closure<dyn FnMut()>,
}

impl AnimationFrame {
    /// `None` in a browser that has none.
    fn ask(then: Rc<dyn Fn()>) -> Option<Self> {
        let then = Closure::<dyn FnMut()>::new(move || then());
        let number = web_sys::window()?.request_animation_frame(then.as_ref().unchecked_ref()).ok()?;
        Some(Self { number, _then: then })
    }
}
