//! Where the reader is in the conversation, and bringing them where they should be.
//!
//! - **Asked**: the question just sent stands at the top of the view, with room below for its answer.
//! - **Away**: so far above the end that "Jump to latest" is worth a button.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MutationObserverInit, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

use super::paint::Paints;
use super::{Frame, Same};
use crate::state::select::{Body, OlderView};
use crate::state::{ItemKey, ScrollTarget, UserAction};
use crate::web::dom;
use crate::web::observe::Observer;

/// Nearer to the end than this (CSS px, about two lines) counts as at the end: a reader who means to follow does not
/// aim at the last pixel.
const NEAR_END: i32 = 48;
/// Further from the end than this is away.
const AWAY: i32 = 120;

/// What the log needs for its scrolling.
pub struct Scroll {
    /// For the scrolling element.
    pub node: NodeRef,
    /// For the scrolling element.
    pub onscroll: Callback<Event>,
    /// The turn of this question gets room below.
    pub asked: Option<ItemKey>,
    /// Whether to offer the way to the end.
    pub away: bool,
    /// Takes it.
    pub jump: Callback<MouseEvent>,
}

#[derive(Default)]
struct Place {
    frame: Option<Same<Frame>>,
    /// Whether the log still has to be brought where the frame says.
    due: bool,
    asked: Option<ItemKey>,
    /// Before this frame was drawn.
    near_end: bool,
    /// Whether the way up had the keyboard focus before this frame was drawn.
    on_way_up: bool,
    /// A row on screen and its distance from the top of the view, before this frame was drawn.
    anchor: Option<(String, f64)>,
    /// Where the log was scrolled to, by us or by the reader: only what the reader does moves it from there.
    top: i32,
}

/// Keeps the log where it should be. Runs once for each frame, however often the log is drawn for it.
#[hook]
pub fn use_scroll(frame: &Same<Frame>, on: &Callback<UserAction>) -> Scroll {
    let node = use_node_ref();
    let place = use_mut_ref(Place::default);
    let away = use_state_eq(|| false);

    // Now the DOM still is that of the last frame; in the effect it is that of this one.
    if place.borrow().frame.as_ref() != Some(frame) {
        place.borrow_mut().begin(frame.clone(), node.cast());
    }
    let asked = place.borrow().asked;
    {
        let (node, place, away) = (node.clone(), Rc::clone(&place), away.setter());
        use_effect_with(frame.clone(), move |frame| {
            if let Some(log) = node.cast::<Element>() {
                place.borrow_mut().settle(&log);
                away.set(to_end(&log) > AWAY);
            }
            // What was off screen has only an estimated height until the browser has painted it. A frame that adds words
            // brings nothing like that, and three more frames for each would be most of an answer's cost.
            let to_the_end = frame.0.scroll == Some(ScrollTarget::End);
            let after = frame.0.scroll.is_some().then(|| {
                Paints::new(move || {
                    if let Some(log) = node.cast::<Element>() {
                        if to_the_end {
                            log.set_scroll_top(log.scroll_height());
                            place.borrow_mut().top = log.scroll_top();
                        }
                        away.set(to_end(&log) > AWAY);
                    }
                })
            });
            move || drop(after)
        });
    }
    {
        // Effects of a slow frame run after the browser has painted it, and for a moment the reader would see the rows
        // in the wrong place. This runs before that.
        let (node, place) = (node.clone(), Rc::clone(&place));
        use_effect_with((), move |()| {
            let log = node.cast::<Element>();
            let changed = log.clone();
            let observer = Observer::new(Box::new(move || {
                if let (Some(log), Ok(mut place)) = (&changed, place.try_borrow_mut()) {
                    place.settle(log);
                }
            }));
            if let Some(log) = &log {
                let what = MutationObserverInit::new();
                what.set_child_list(true);
                what.set_subtree(true);
                what.set_character_data(true);
                observer.watch(log, &what);
            }
            move || drop(observer)
        });
    }
    let onscroll = {
        let (node, on, away) = (node.clone(), on.clone(), away.setter());
        let more_above = matches!(&frame.0.view.body, Body::Thread { older: OlderView::Available, .. });
        Callback::from(move |_: Event| {
            let Some(log) = node.cast::<Element>().filter(|log| log.scroll_top() != place.borrow().top)
            else {
                return;
            };
            away.set(to_end(&log) > AWAY);
            // A screen ahead: who scrolls on finds them there already.
            if scrolled_up(&place, log.scroll_top()) && more_above && log.scroll_top() < log.client_height() {
                on.emit(UserAction::LoadOlder);
            }
        })
    };
    let jump = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(log) = node.cast::<Element>() {
                let options = ScrollToOptions::new();
                options.set_top(f64::from(log.scroll_height()));
                options.set_behavior(if calm() { ScrollBehavior::Auto } else { ScrollBehavior::Smooth });
                log.scroll_to_with_scroll_to_options(&options);
                // The button goes, and the keyboard would be nowhere.
                focus(log);
            }
        })
    };
    Scroll { node, onscroll, asked, away: *away, jump }
}

impl Place {
    fn begin(&mut self, frame: Same<Frame>, log: Option<Element>) {
        match frame.0.scroll {
            Some(ScrollTarget::ItemToTop(key)) => self.asked = Some(key),
            Some(ScrollTarget::End) => self.asked = None,
            Some(ScrollTarget::KeepPosition) | None => {}
        }
        self.near_end = log.as_ref().is_some_and(|log| to_end(log) < NEAR_END);
        let keep = frame.0.scroll == Some(ScrollTarget::KeepPosition);
        self.on_way_up = keep && log.as_ref().is_some_and(|log| find(log, ".ck-older :focus").is_some());
        self.anchor = log.filter(|_| keep).as_ref().and_then(anchor);
        self.frame = Some(frame);
        self.due = true;
    }

    /// Brings the log where the frame says, once.
    fn settle(&mut self, log: &Element) {
        if let Some(frame) = self.frame.clone().filter(|_| std::mem::take(&mut self.due)) {
            settle(log, &frame.0, self);
            if self.on_way_up && find(log, ".ck-older").is_none() {
                focus(log.clone());
            }
            self.top = log.scroll_top();
        }
    }
}

fn settle(log: &Element, frame: &Frame, place: &Place) {
    match frame.scroll {
        Some(ScrollTarget::ItemToTop(key)) => {
            if let Some(distance) = row(log, &key.0.to_string()).map(|row| distance(log, &row)) {
                shift(log, distance - 8.0);
            }
        }
        Some(ScrollTarget::End) => log.set_scroll_top(log.scroll_height()),
        Some(ScrollTarget::KeepPosition) => {
            if let Some((key, before)) = &place.anchor
                && let Some(row) = row(log, key)
            {
                shift(log, distance(log, &row) - before);
            }
        }
        None if frame.auto_scroll && place.near_end => log.set_scroll_top(log.scroll_height()),
        None => {}
    }
}

fn scrolled_up(place: &RefCell<Place>, top: i32) -> bool {
    let before = std::mem::replace(&mut place.borrow_mut().top, top);
    top < before
}

fn to_end(log: &Element) -> i32 {
    log.scroll_height() - log.client_height() - log.scroll_top()
}

fn row(log: &Element, key: &str) -> Option<Element> {
    find(log, &format!("[data-key=\"{key}\"]"))
}

fn find(node: &Element, selector: &str) -> Option<Element> {
    node.query_selector(selector).ok().flatten()
}

fn focus(log: Element) {
    if let Ok(log) = log.dyn_into::<HtmlElement>() {
        dom::focus(&log);
    }
}

/// The first row whose end is in view. Looked for stretch by stretch: to ask a row that rests where it is would make the
/// browser lay it out.
fn anchor(log: &Element) -> Option<(String, f64)> {
    let edge = log.get_bounding_client_rect().top();
    let seen = |part: &Element| part.get_bounding_client_rect().bottom() > edge;
    let stretch = all(log, ".ck-stretch").find(seen)?;
    let row = all(&stretch, "[data-key]").find(seen)?;
    Some((row.get_attribute("data-key")?, distance(log, &row)))
}

fn all(node: &Element, selector: &str) -> impl Iterator<Item = Element> {
    let found = node.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |index| found.as_ref()?.get(index)?.dyn_into().ok())
}

fn distance(log: &Element, row: &Element) -> f64 {
    row.get_bounding_client_rect().top() - log.get_bounding_client_rect().top()
}

fn shift(log: &Element, by: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "CSS px; a cast saturates")]
    log.set_scroll_top(log.scroll_top() + by.round() as i32);
}

/// Whether the reader asked for less motion.
fn calm() -> bool {
    web_sys::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}
