//! Where the reader is in the conversation, and bringing them where they should be.
//!
//! - **Asked**: the question just sent stands at the top of the view, with room below for its answer.
//! - **Away**: so far above the end that "Jump to latest" is worth a button.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MutationObserverInit, ScrollBehavior, ScrollToOptions};
use yew::prelude::*;

use super::paint::Paints;
use super::{Frame, Same};
use crate::state::select::{Body, OlderView};
use crate::state::{ItemKey, ScrollTarget, UserAction};
use crate::web::dom;
use crate::web::observe::{Observer, Sizes};

/// Nearer to the end than this (CSS px, about two lines) counts as at the end: a reader who means to follow does not
/// aim at the last pixel.
const NEAR_END: i32 = 48;
/// Further from the end than this is away.
const AWAY: i32 = 120;

/// What the log needs for its scrolling.
pub struct Scroll {
    /// For the scrolling element.
    pub node: NodeRef,
    /// For the one element in it that holds all that scrolls.
    pub content: NodeRef,
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
    /// Where the reader, or a frame, went last. What grows afterwards takes nobody away from the end.
    near_end: bool,
    /// Whether the way up had the keyboard focus before this frame was drawn.
    on_way_up: bool,
    /// A row on screen and its distance from the top of the view, before this frame was drawn.
    anchor: Option<(String, f64)>,
    /// Where the log was scrolled to, by us or by the reader: only what the reader does moves it from there.
    top: i32,
}

/// Keeps the log where it should be. `content` is all that scrolls.
///
/// A frame that says where to scroll has it done at once. For one that only adds words nothing is measured: that would be
/// a layout of its own, in each frame. The browser tells when it has laid out content of another size, and then the
/// log follows its end.
#[hook]
pub fn use_scroll(frame: &Same<Frame>, on: &Callback<UserAction>) -> Scroll {
    let node = use_node_ref();
    let content = use_node_ref();
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
            let target = frame.0.scroll;
            let log = target.and(node.cast::<Element>());
            if let Some(log) = &log {
                place.borrow_mut().settle(log);
                away.set(to_end(log) > AWAY);
            }
            // What was off screen has only an estimated height until the browser has painted it. Older rows above do not
            // change how far the end is: asking would be one more layout of all of them.
            let after = log.filter(|_| target != Some(ScrollTarget::KeepPosition)).map(|log| {
                Paints::new(move || {
                    if target == Some(ScrollTarget::End) {
                        place.borrow_mut().reach_end(&log);
                    }
                    away.set(to_end(&log) > AWAY);
                })
            });
            move || drop(after)
        });
    }
    {
        // Effects of a slow frame run after the browser has painted it, and for a moment the reader would see the rows
        // in the wrong place. This runs before that.
        let (node, content, place, away) = (node.clone(), content.clone(), Rc::clone(&place), away.setter());
        use_effect_with((), move |()| {
            let log = node.cast::<Element>();
            let changed = (log.clone(), Rc::clone(&place));
            let observer = Observer::new(Box::new(move || {
                if let (Some(log), Ok(mut place)) = (&changed.0, changed.1.try_borrow_mut()) {
                    place.settle(log);
                }
            }));
            let resized = log.clone();
            let sizes = Sizes::new(Box::new(move || {
                if let (Some(log), Ok(mut place)) = (&resized, place.try_borrow_mut()) {
                    place.follow(log);
                    away.set(to_end(log) > AWAY);
                }
            }));
            if let (Some(log), Some(content)) = (&log, content.cast::<Element>()) {
                let what = MutationObserverInit::new();
                what.set_child_list(true);
                what.set_subtree(true);
                what.set_character_data(true);
                observer.watch(log, &what);
                sizes.watch(&content);
                sizes.watch(log);
            }
            move || drop((observer, sizes))
        });
    }
    // Not through Yew, which asks every node on the way for its listeners: following an answer scrolls with each frame.
    let more_above = matches!(&frame.0.view.body, Body::Thread { older: OlderView::Available, .. });
    use_effect_with((node.clone(), more_above, on.clone()), {
        let away = away.setter();
        move |(node, more_above, on)| {
            let (more_above, on) = (*more_above, on.clone());
            let listener = node.cast::<Element>().map(|log| {
                EventListener::new(&log.clone(), "scroll", move |_| {
                    let Some(up) = place.borrow_mut().moved(&log) else { return };
                    away.set(to_end(&log) > AWAY);
                    // A screen ahead: who scrolls on finds them there already.
                    if up && more_above && log.scroll_top() < log.client_height() {
                        on.emit(UserAction::LoadOlder);
                    }
                })
            });
            move || drop(listener)
        }
    });
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
    Scroll { node, content, asked, away: *away, jump }
}

impl Place {
    fn begin(&mut self, frame: Same<Frame>, log: Option<Element>) {
        match frame.0.scroll {
            Some(ScrollTarget::ItemToTop(key)) => self.asked = Some(key),
            Some(ScrollTarget::End) => self.asked = None,
            Some(ScrollTarget::KeepPosition) | None => {}
        }
        let keep = frame.0.scroll == Some(ScrollTarget::KeepPosition);
        self.on_way_up = keep && log.as_ref().is_some_and(|log| find(log, ".ck-older :focus").is_some());
        self.anchor = log.filter(|_| keep).as_ref().and_then(anchor);
        self.frame = Some(frame);
        self.due = true;
    }

    /// Brings the log where the frame says, once.
    fn settle(&mut self, log: &Element) {
        if !std::mem::take(&mut self.due) {
            return;
        }
        if let Some(target) = self.frame.as_ref().and_then(|frame| frame.0.scroll) {
            settle(log, target, self.anchor.as_ref());
            self.top = log.scroll_top();
            self.near_end = to_end(log) < NEAR_END;
        }
        if self.on_way_up && find(log, ".ck-older").is_none() {
            focus(log.clone());
        }
    }

    /// Goes with the end of what has grown, for a reader who is there.
    fn follow(&mut self, log: &Element) {
        self.near_end |= to_end(log) < NEAR_END;
        if self.near_end && self.frame.as_ref().is_some_and(|frame| frame.0.auto_scroll) {
            self.reach_end(log);
        }
    }

    fn reach_end(&mut self, log: &Element) {
        log.set_scroll_top(log.scroll_height());
        self.top = log.scroll_top();
        self.near_end = true;
    }

    /// The log was scrolled: upwards? `None` if it was us.
    fn moved(&mut self, log: &Element) -> Option<bool> {
        let top = log.scroll_top();
        let before = std::mem::replace(&mut self.top, top);
        if top == before {
            return None;
        }
        self.near_end = to_end(log) < NEAR_END;
        Some(top < before)
    }
}

fn settle(log: &Element, target: ScrollTarget, anchor: Option<&(String, f64)>) {
    match target {
        ScrollTarget::ItemToTop(key) => {
            if let Some(distance) = row(log, &key.0.to_string()).map(|row| distance(log, &row)) {
                shift(log, distance - 8.0);
            }
        }
        ScrollTarget::End => log.set_scroll_top(log.scroll_height()),
        ScrollTarget::KeepPosition => {
            if let Some((key, before)) = anchor
                && let Some(row) = row(log, key)
            {
                shift(log, distance(log, &row) - before);
            }
        }
    }
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
