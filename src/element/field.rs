//! Writing into the field the reader writes in, without taking their undo away.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use crate::state::select::{LONG, direction};
use crate::state::{Edit, utf16};
use crate::web::dom;

/// Lets `field` hold `text`; the caret goes to the UTF-16 unit `caret` if the reader is in it.
pub fn write(field: &HtmlTextAreaElement, text: &str, caret: usize) {
    let before = field.value();
    let focused = dom::has_focus(field);
    if before != text {
        // A field that is written into by a program forgets what could be undone; a command is undone like typing.
        // Browsers have it for focused fields only.
        let long = text.len() > LONG;
        shape(field, text.len(), || direction(text));
        let undoable = focused && !long && replace(field, &before, text, caret) && field.value() == text;
        if !undoable {
            field.set_value(text);
        }
    }
    if focused {
        // Moving the caret of a field without focus moves the focus there in Safari.
        select(field, caret, caret);
    }
}

/// Readies a field for a long text, before it is in it; the next frame draws it so, too.
pub fn shape(field: &HtmlTextAreaElement, length: usize, direction: impl Fn() -> &'static str) {
    if length > LONG {
        dom::set_attribute(field, "dir", Some(direction()));
        dom::set_attribute(field, "data-long", Some(""));
    }
}

/// Selects the UTF-16 units from `start` to `end`.
pub fn select(field: &HtmlTextAreaElement, start: usize, end: usize) {
    let units = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    // Throws for fields that are no text; this one is.
    let _ = field.set_selection_range(units(start), units(end));
}

/// Replaces what differs, as the reader would by selecting and typing. Returns whether the browser did.
fn replace(field: &HtmlTextAreaElement, before: &str, text: &str, caret: usize) -> bool {
    let edit = Edit::between(before, text, utf16::to_byte(text, caret));
    let Some(document) = dom::document().and_then(|document| document.dyn_into::<HtmlDocument>().ok()) else {
        return false;
    };
    select(field, utf16::from_byte(before, edit.old.start), utf16::from_byte(before, edit.old.end));
    let piece = text.get(edit.new).unwrap_or_default();
    let done = match piece {
        "" => document.exec_command("delete"),
        piece => document.exec_command_with_show_ui_and_value("insertText", false, piece),
    };
    done.unwrap_or(false)
}
