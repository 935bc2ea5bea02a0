//! The field and what lies behind it.
//!
//! The field keeps its own text, as browsers, input methods and phones want it; what is typed is told to the state, and
//! the state writes into it only by [`crate::state::Effect::WriteField`], at once and not with the next frame: a letter
//! typed in between would be lost. Behind it lies the **mirror**, the same text again, unseen: there tags are painted.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlTextAreaElement, InputEvent};
use yew::prelude::*;

use crate::element::field::{select, shape};
use crate::state::select::{ComposerView, LONG, MirrorPiece, direction};
use crate::state::{ComposerAction, InputKind, UserAction, snapped, to_delete};

/// Listens to `field` while it is there, and lets it begin with what was drafted. What is returned says whether that
/// was done, see [`begin`]: Yew puts off the effects of a slow frame until the browser has painted it, and a reader may be
/// faster.
#[hook]
pub fn use_field(
    field: &NodeRef,
    there: bool,
    composer: &ComposerView,
    on: &Callback<UserAction>,
) -> Rc<Cell<bool>> {
    let tags = use_mut_ref(Vec::new);
    let begun = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    tags.borrow_mut().clone_from(&composer.tags);
    {
        let (field, on, text, begun) = (field.clone(), on.clone(), composer.text.clone(), Rc::clone(&begun));
        use_effect_with(there, move |_| {
            let listeners = field.cast::<HtmlTextAreaElement>().map(|field| {
                if !begun.replace(true) {
                    begin(&field, &text, &on);
                }
                listen(field, tags, on)
            });
            move || {
                begun.set(false);
                drop(listeners);
            }
        });
    }
    let field = field.clone();
    // The placeholder counts: why a thread is locked may take more than a line.
    use_effect_with((composer.text.clone(), composer.placeholder.clone()), move |_| grow(&field));
    begun
}

/// Gives a new `field` what was drafted. What was typed into it before anybody listened goes on behind that.
pub fn begin(field: &HtmlTextAreaElement, draft: &str, on: &Callback<UserAction>) {
    let typed = field.value();
    let text = draft.to_owned() + &typed;
    if text != typed {
        field.set_value(&text);
    }
    if !typed.is_empty() {
        let caret = selection(field).end;
        on.emit(UserAction::Composer(ComposerAction::Input { text, caret, kind: InputKind::Typed }));
    }
}

/// What lies behind the field.
pub fn mirror(pieces: &[MirrorPiece], text: &str) -> Html {
    let piece = |piece: &MirrorPiece| match piece {
        MirrorPiece::Text(text) => html! { <>{ text }</> },
        MirrorPiece::Tag(text) => html! { <span class="ck-tag-paint">{ text }</span> },
    };
    html! { <div class="ck-mirror" dir={direction(text)} data-long={(text.len() > LONG).then_some("")} aria-hidden="true">{ for pieces.iter().map(piece) }</div> }
}

fn listen(
    field: HtmlTextAreaElement,
    tags: Rc<RefCell<Vec<Range<usize>>>>,
    on: Callback<UserAction>,
) -> Vec<EventListener> {
    let told = Rc::new(RefCell::new(0..0));
    let kind = Rc::new(Cell::new(InputKind::Typed));
    let composing = Rc::new(Cell::new(false));
    let mut all = Vec::new();
    {
        let (target, field, tags, kind) = (field.clone(), field.clone(), Rc::clone(&tags), Rc::clone(&kind));
        let options = EventListenerOptions::enable_prevent_default();
        all.push(EventListener::new_with_options(&target, "beforeinput", options, move |event| {
            let Some(event) = event.dyn_ref::<InputEvent>() else { return };
            let input = event.input_type();
            kind.set(if input.starts_with("history") { InputKind::History } else { InputKind::Typed });
            if let Some(data) = event.data().filter(|data| data.len() > LONG) {
                // What is pasted is laid out before it is told.
                shape(&field, data.len(), || direction(&data));
            }
            let at = selection(&field);
            if input.starts_with("delete")
                && at.is_empty()
                && let Some(tag) = to_delete(&tags.borrow(), at.start, input.ends_with("Forward"))
            {
                select(&field, tag.start, tag.end);
            }
        }));
    }
    {
        let (target, field, told, on) = (field.clone(), field.clone(), Rc::clone(&told), on.clone());
        all.push(EventListener::new(&target, "input", move |_| {
            let caret = selection(&field).end;
            *told.borrow_mut() = caret..caret;
            on.emit(UserAction::Composer(ComposerAction::Input {
                text: field.value(),
                caret,
                kind: kind.get(),
            }));
        }));
    }
    {
        let on = on.clone();
        all.push(EventListener::new(&field, "blur", move |_| {
            on.emit(UserAction::Composer(ComposerAction::Blur))
        }));
    }
    for (name, is) in [("compositionstart", true), ("compositionend", false)] {
        let composing = Rc::clone(&composing);
        all.push(EventListener::new(&field, name, move |_| composing.set(is)));
    }
    // Browsers that do not say `selectionchange` on a field say one of the others.
    for name in ["selectionchange", "select", "keyup", "pointerup", "focus"] {
        let (target, field, tags, told, on, composing) = (
            field.clone(),
            field.clone(),
            Rc::clone(&tags),
            Rc::clone(&told),
            on.clone(),
            Rc::clone(&composing),
        );
        all.push(EventListener::new(&target, name, move |_: &Event| {
            let is = selection(&field);
            let was = told.borrow().clone();
            if is == was || composing.get() {
                return;
            }
            let snapped = snapped(&tags.borrow(), &was, &is);
            if let Some(snapped) = &snapped {
                let direction = field.selection_direction().ok().flatten().unwrap_or_default();
                set_selection(&field, snapped, &direction);
            }
            let is = snapped.unwrap_or(is);
            told.borrow_mut().clone_from(&is);
            on.emit(UserAction::Composer(ComposerAction::Select(is)));
        }));
    }
    if let Some(window) = web_sys::window() {
        all.push(EventListener::new(&window, "pagehide", move |_| {
            on.emit(UserAction::Composer(ComposerAction::Leave));
        }));
    }
    all
}

/// What is selected, in UTF-16 units.
fn selection(field: &HtmlTextAreaElement) -> Range<usize> {
    let at = |at: Result<Option<u32>, _>| at.ok().flatten().map_or(0, |at| at as usize);
    at(field.selection_start())..at(field.selection_end())
}

fn set_selection(field: &HtmlTextAreaElement, range: &Range<usize>, direction: &str) {
    let units = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // Throws for fields that are no text; this one is.
    let _ = field.set_selection_range_with_direction(units(range.start), units(range.end), direction);
}

/// As tall as its text where CSS cannot say so (`field-sizing`). The height is taken away first, because scrollHeight
/// never shrinks.
fn grow(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        let style = field.style();
        if Reflect::has(&style, &"fieldSizing".into()).unwrap_or(false) {
            return;
        }
        // Fails for no property name of ours.
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
    }
}
