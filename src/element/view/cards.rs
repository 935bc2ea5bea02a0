//! The card of what is cited or mentioned: what it is, where it is from, where it leads; and the ways between a footnote
//! and its place in the text.
//!
//! A **mark** is a citation's number in the text (`.ck-cite`) or an entity in the reader's own message (`.ck-tag`). The
//! marks of a conversation are plain nodes, which one set of listeners at the root serves: a card opens when the pointer
//! comes to its mark or the focus does, stays while the pointer is on either, and closes on Escape (WCAG 1.4.13). A
//! finger, which cannot rest on anything, opens the card with its first tap and follows the link with its second.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::icon::icon;
use super::prose::page_origin;
use super::{Frame, Same};
use crate::markdown::link::safe_href;
use crate::state::select::{Body, ItemView, SourceView, View};
use crate::state::{EntityAction, UserAction};
use crate::text::{ChatKey, Words};
use crate::web::{clock, dom};

/// What has a card.
const MARK: &str = ".ck-cite, .ck-tag[data-piece]";
/// Time to move the pointer from a mark to its card.
const GRACE: Duration = Duration::from_millis(220);
/// Distance of a card from its mark and from the edges of the element, in CSS pixels.
const GAP: f64 = 6.0;

/// An open card.
#[derive(Clone, PartialEq)]
struct Card {
    mark: Element,
    source: SourceView,
}

/// What listeners need to know of the frame on screen.
struct Desk {
    frame: Same<Frame>,
    card: Option<Card>,
    /// Before the finger or button went down: whether the card of the mark under it was open, and whether it is a finger.
    pressed: (bool, bool),
    closing: Option<Timeout>,
}

type Shared = Rc<RefCell<Desk>>;

/// Serves the marks inside `root`; the card to draw there.
#[hook]
pub(super) fn use_cards(root: &NodeRef, frame: &Same<Frame>, on: &Callback<UserAction>) -> Html {
    let card = use_state_eq(|| None::<Card>);
    let desk =
        use_mut_ref(|| Desk { frame: frame.clone(), card: None, pressed: (false, false), closing: None });
    {
        let mut desk = desk.borrow_mut();
        desk.frame = frame.clone();
        desk.card = (*card).clone();
    }
    let cards = Cards { desk, show: card.setter(), on: on.clone() };
    let listening = (root.clone(), cards.clone());
    use_effect_with(on.clone(), move |_| listening.1.listen(&listening.0));
    let node = use_node_ref();
    let (placed, at) = (node.clone(), root.clone());
    let shown = (*card).clone();
    // After every drawing: the text around the mark may have grown, and the card with what the site shows.
    use_effect(move || match &shown {
        Some(card) if card.mark.is_connected() => place(&at, &placed, &card.mark),
        Some(_) => cards.close(),
        None => {}
    });
    match &*card {
        Some(card) => draw(card, &frame.0.view, node),
        None => Html::default(),
    }
}

#[derive(Clone)]
struct Cards {
    desk: Shared,
    show: UseStateSetter<Option<Card>>,
    on: Callback<UserAction>,
}

impl Cards {
    fn listen(&self, root: &NodeRef) -> impl FnOnce() + use<> {
        let listen = |root: &Element, name: &'static str, then: fn(&Cards, &Element, &Event)| {
            let (cards, at) = (self.clone(), root.clone());
            // Scrolling does not bubble, and a tap is to be stopped before it follows a link.
            let options =
                EventListenerOptions { passive: false, ..EventListenerOptions::run_in_capture_phase() };
            EventListener::new_with_options(root, name, options, move |event| then(&cards, &at, event))
        };
        let listeners = root.cast::<Element>().map(|root| {
            [
                listen(&root, "pointerover", |cards, _, event| cards.pointed(event)),
                listen(&root, "pointerdown", |cards, _, event| cards.pressed(event)),
                listen(&root, "pointerleave", |cards, root, event| {
                    if event.target().is_some_and(|target| target == *root.as_ref()) {
                        cards.close_soon();
                    }
                }),
                listen(&root, "focusin", |cards, _, event| cards.focused(event)),
                listen(&root, "click", |cards, _, event| cards.clicked(event)),
                listen(&root, "keydown", |cards, _, event| cards.key(event)),
                listen(&root, "scroll", |cards, root, _| cards.scrolled(root)),
            ]
        });
        move || drop(listeners)
    }

    fn pointed(&self, event: &Event) {
        let is_finger = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        let Some(target) = element(event).filter(|_| !is_finger) else { return };
        if let Some(mark) = closest(&target, MARK) {
            self.open(&mark);
        } else if closest(&target, ".ck-card").is_some() {
            self.desk.borrow_mut().closing = None;
        } else {
            self.close_soon();
        }
    }

    fn pressed(&self, event: &Event) {
        let is_finger = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        let target = element(event);
        let mark = target.as_ref().and_then(|target| closest(target, MARK));
        let was_open = mark.as_ref().is_some_and(|mark| self.is_open(mark));
        self.desk.borrow_mut().pressed = (was_open, is_finger);
        if mark.is_none() && target.is_some_and(|target| closest(&target, ".ck-card").is_none()) {
            self.close();
        }
    }

    fn focused(&self, event: &Event) {
        let Some(target) = element(event) else { return };
        match closest(&target, MARK) {
            Some(mark) => self.open(&mark),
            None if closest(&target, ".ck-card").is_none() => self.close(),
            None => {}
        }
    }

    fn clicked(&self, event: &Event) {
        let Some(target) = element(event) else { return };
        if let Some(reference) = closest(&target, ".ck-md-ref") {
            return jump(&reference, ".ck-md-note", "data-note", reference.get_attribute("data-ref"));
        }
        if let Some(back) = closest(&target, ".ck-md-back") {
            let label = closest(&back, ".ck-md-note").and_then(|note| note.get_attribute("data-note"));
            return jump(&back, ".ck-md-ref", "data-ref", label);
        }
        let Some(mark) = closest(&target, MARK) else { return };
        let (was_open, is_finger) = self.desk.borrow().pressed;
        let entity = self.look_up(&mark).and_then(|source| source.entity);
        if let Some(entity) = entity {
            self.open(&mark);
            self.on.emit(UserAction::Entity(EntityAction::Click(entity)));
        } else if mark.has_attribute("href") {
            if is_finger && !was_open {
                event.prevent_default();
                self.open(&mark);
            }
        } else if was_open && is_finger {
            self.close();
        } else {
            self.open(&mark);
        }
    }

    fn key(&self, event: &Event) {
        let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        if escape && self.desk.borrow().card.is_some() {
            // One press closes one thing: the panel around us listens, too.
            event.stop_propagation();
            event.prevent_default();
            self.close();
        }
    }

    fn scrolled(&self, root: &Element) {
        let mark = self.desk.borrow().card.as_ref().map(|card| card.mark.clone());
        let Some(mark) = mark else { return };
        let (mark, log) =
            (mark.get_bounding_client_rect(), closest(&mark, ".ck-log").unwrap_or_else(|| root.clone()));
        let log = log.get_bounding_client_rect();
        if mark.bottom() < log.top() || mark.top() > log.bottom() {
            return self.close();
        }
        if let (Ok(Some(card)), Some(mark)) = (root.query_selector(".ck-card"), self.mark()) {
            put(root, &card, &mark);
        }
    }

    fn mark(&self) -> Option<Element> {
        self.desk.borrow().card.as_ref().map(|card| card.mark.clone())
    }

    fn is_open(&self, mark: &Element) -> bool {
        self.mark().is_some_and(|open| open == *mark)
    }

    fn look_up(&self, mark: &Element) -> Option<SourceView> {
        look_up(&self.desk.borrow().frame.0.view, mark)
    }

    fn open(&self, mark: &Element) {
        self.desk.borrow_mut().closing = None;
        if self.is_open(mark) {
            return;
        }
        let Some(source) = self.look_up(mark) else { return };
        self.close();
        if let Some(entity) = &source.entity {
            self.on.emit(UserAction::Entity(EntityAction::Look(entity.clone())));
        }
        // The mark's own node is not drawn again for this; the card is a description while it is there.
        dom::set_attribute(mark, "aria-describedby", Some("ck-card"));
        self.set(Some(Card { mark: mark.clone(), source }));
    }

    fn close(&self) {
        let closed = {
            let mut desk = self.desk.borrow_mut();
            desk.closing = None;
            desk.card.take()
        };
        if let Some(card) = closed {
            dom::set_attribute(&card.mark, "aria-describedby", None);
            if card.source.entity.is_some() {
                self.on.emit(UserAction::Entity(EntityAction::Leave));
            }
            self.show.set(None);
        }
    }

    fn close_soon(&self) {
        let mut desk = self.desk.borrow_mut();
        // Where the focus is, the card is for the keyboard, whatever the pointer does.
        let focused = desk.card.as_ref().is_none_or(|card| dom::has_focus(&card.mark));
        if !focused && desk.closing.is_none() {
            let cards = self.clone();
            desk.closing = Some(clock::after(GRACE, move || cards.close()));
        }
    }

    fn set(&self, card: Option<Card>) {
        self.desk.borrow_mut().card = card.clone();
        self.show.set(card);
    }
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    // Throws only for selectors that are none; ours are literals.
    element.closest(selector).ok().flatten()
}

/// What a mark is for.
fn look_up(view: &View, mark: &Element) -> Option<SourceView> {
    let number = |name: &str| mark.get_attribute(name)?.parse::<usize>().ok();
    let key = closest(mark, "[data-key]")?.get_attribute("data-key")?.parse::<u64>().ok()?;
    let Body::Thread { items, .. } = &view.body else { return None };
    match &**items.iter().find(|item| item.key().0 == key)? {
        ItemView::Assistant(answer) => answer.sources.get(number("data-source")?.checked_sub(1)?).cloned(),
        ItemView::User(message) => message.mentioned(number("data-piece")?),
        _ => None,
    }
}

/// Shows and focuses the other end of a footnote, within the same text.
fn jump(from: &Element, to: &str, attribute: &str, label: Option<String>) {
    let ends = closest(from, ".ck-md").and_then(|text| text.query_selector_all(to).ok());
    let Some(ends) = ends else { return };
    let end = (0..ends.length())
        .filter_map(|index| ends.get(index)?.dyn_into::<HtmlElement>().ok())
        .find(|end| end.get_attribute(attribute) == label);
    if let Some(end) = end {
        // With scrolling, unlike `dom::focus`: going there is what was asked for.
        let _ = end.focus();
    }
}

fn place(root: &NodeRef, card: &NodeRef, mark: &Element) {
    if let (Some(root), Some(card)) = (root.cast::<Element>(), card.cast::<Element>()) {
        put(&root, &card, mark);
    }
}

/// Below the mark where there is room, else above, and never beyond the edges.
fn put(root: &Element, card: &Element, mark: &Element) {
    let Some(card) = card.dyn_ref::<HtmlElement>() else { return };
    let (area, mark) = (root.get_bounding_client_rect(), mark.get_bounding_client_rect());
    let size = card.get_bounding_client_rect();
    let furthest = (area.width() - size.width() - GAP).max(GAP);
    let middle = mark.left() + mark.width() / 2.0 - area.left();
    let left = (middle - size.width() / 2.0).clamp(GAP, furthest);
    let (below, above) = (mark.bottom() - area.top() + GAP, mark.top() - area.top() - size.height() - GAP);
    let fits = below + size.height() <= area.height() - GAP || above < GAP;
    let top = if fits { below } else { above };
    // Through the CSSOM: a strict policy forbids style attributes, not this.
    let _ = card.style().set_property("left", &pixels(left));
    let _ = card.style().set_property("top", &pixels(top));
}

/// Whole ones: printing fractions is five kilobytes of wasm.
fn pixels(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "CSS px; a cast saturates")]
    let whole = length.round() as i32;
    format!("{whole}px")
}

fn draw(card: &Card, view: &View, node: NodeRef) -> Html {
    let SourceView { title, url, detail, about, date, entity, .. } = &card.source;
    let preview = view.preview.as_ref().filter(|preview| Some(&preview.entity) == entity.as_ref());
    let lines = preview.map(|preview| preview.lines.as_slice()).unwrap_or_default();
    let small =
        |text: &Option<String>| text.as_ref().map(|text| html! { <small dir="auto">{ text }</small> });
    html! {
        <div class="ck-card" id="ck-card" role="tooltip" ref={node}>
            { small(detail) }
            { self::title(title, url.as_deref(), view.words) }
            if let Some(about) = about {
                <p dir="auto">{ about }</p>
            }
            { small(date) }
            { for lines.iter().map(|line| html! { <p dir="auto">{ line }</p> }) }
        </div>
    }
}

fn title(title: &str, url: Option<&str>, words: Words) -> Html {
    let title = html! { <strong dir="auto">{ title }</strong> };
    let Some(url) = url else { return title };
    let away = !safe_href(url).is_some_and(|href| href.stays_on(&page_origin()));
    // Not in the order of focus: the mark itself is this link.
    html! {
        <a href={url.to_owned()} target={away.then_some("_blank")} rel="noopener noreferrer" tabindex="-1">
            { title }
            if away {
                { icon("external-link") }<span class="ck-hidden">{ " " }{ words.get(ChatKey::OpensInNewTab) }</span>
            }
        </a>
    }
}
