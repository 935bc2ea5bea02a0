//! Where files come in: the file dialog, a drop anywhere on the element, a paste into the composer.
//!
//! All three are listened for on the element's own root, so that a drop on an answer, a picture or a menu counts as
//! well. Whether a file may come is the reducer's to say.

use std::rc::Weak;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Element, Event, File, FileList, HtmlElement, HtmlInputElement,
    Node,
};

use super::driver::{Driver, with};
use crate::state::{Action, AttachAction, UserAction};
use crate::web::{dom, js};

/// Set on the root while files are dragged over it.
const DRAGGED_OVER: &str = "data-drop";

/// Listens until dropped.
pub struct Intake(#[expect(dead_code, reason = "dropping a listener removes it")] Vec<EventListener>);

impl Intake {
    /// Brings files that come to `root` to `driver`.
    pub fn new(root: &HtmlElement, driver: Weak<Driver>) -> Self {
        let listen = |name: &'static str, then: fn(&Driver, &HtmlElement, &Event)| {
            let (driver, on) = (driver.clone(), root.clone());
            // Not passive: a browser opens a dropped file in place of the page unless it is told not to.
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(root, name, options, move |event| {
                with(&driver, |driver| then(driver, &on, event));
            })
        };
        Self(vec![
            listen("change", |driver, _, event| chosen(driver, event)),
            listen("paste", |driver, _, event| pasted(driver, event)),
            listen("dragenter", dragged),
            listen("dragover", dragged),
            listen("dragleave", left),
            listen("drop", dropped),
        ])
    }
}

fn take(driver: &Driver, files: Vec<File>) {
    let picked = driver.hold(files);
    driver.dispatch(Action::User(UserAction::Attach(AttachAction::Add(picked))));
}

fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

fn chosen(driver: &Driver, event: &Event) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input.filter(|input| input.type_() == "file") else { return };
    let files = list(input.files());
    // Else choosing the same file again, after it was removed, would be no change.
    input.set_value("");
    if !files.is_empty() {
        take(driver, files);
    }
}

fn pasted(driver: &Driver, event: &Event) {
    let Some(paste) = event.dyn_ref::<ClipboardEvent>() else { return };
    let in_composer = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.closest(".ck-composer").ok().flatten().is_some());
    let Some(data) = paste.clipboard_data().filter(|_| in_composer && driver.takes_files()) else { return };
    let files = list(data.files());
    let text = data.get_data("text/plain").unwrap_or_default();
    if wants_files(&text, files.iter().map(File::name)) {
        event.prevent_default();
        take(driver, files);
    }
}

/// Whether a paste means its files. Word processors put a picture of the copied text beside it: there the text is
/// meant. File managers put the name of the copied file there as text.
fn wants_files(text: &str, names: impl ExactSizeIterator<Item = String>) -> bool {
    let text = text.trim();
    names.len() > 0 && (text.is_empty() || names.into_iter().any(|name| name == text))
}

/// The files of a drag, if it has any and they can be taken.
fn files_of(driver: &Driver, event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    let has_files = data.types().includes(&JsValue::from_str("Files"), 0);
    (has_files && driver.takes_files()).then_some(data)
}

fn dragged(driver: &Driver, root: &HtmlElement, event: &Event) {
    if let Some(data) = files_of(driver, event) {
        event.prevent_default();
        data.set_drop_effect("copy");
        dom::set_attribute(root, DRAGGED_OVER, Some(""));
    }
}

fn left(_: &Driver, root: &HtmlElement, event: &Event) {
    let to = event.dyn_ref::<DragEvent>().and_then(|event| event.related_target());
    let inside = to.and_then(|to| to.dyn_into::<Node>().ok()).is_some_and(|to| root.contains(Some(&to)));
    if !inside {
        dom::set_attribute(root, DRAGGED_OVER, None);
    }
}

fn dropped(driver: &Driver, root: &HtmlElement, event: &Event) {
    dom::set_attribute(root, DRAGGED_OVER, None);
    let Some(data) = files_of(driver, event) else { return };
    event.prevent_default();
    let items = data.items();
    let is_folder = |index: u32| items.get(index).is_some_and(|item| is_folder(&item));
    // Items and files stand in the same order, as long as nothing but files is dragged.
    let same_order = items.length() == data.files().map_or(0, |files| files.length());
    let files = list(data.files()).into_iter().zip(0..);
    let files: Vec<File> =
        files.filter(|(_, index)| !(same_order && is_folder(*index))).map(|(file, _)| file).collect();
    if files.is_empty() {
        driver.dispatch(Action::User(UserAction::Attach(AttachAction::NoFile)));
    } else {
        take(driver, files);
    }
}

/// A folder looks like a file without a type, and fails when it is read.
fn is_folder(item: &JsValue) -> bool {
    js::get_function(item, "webkitGetAsEntry")
        .and_then(|entry| entry.call0(item).ok())
        .is_some_and(|entry| entry.is_object() && js::get(&entry, "isDirectory").is_truthy())
}

#[cfg(test)]
mod tests {
    use super::wants_files;

    #[test]
    fn what_is_pasted_from_a_word_processor_is_its_text_not_a_picture_of_it() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().into_iter();
        assert!(!wants_files("a paragraph", names(&["image.png"])));
        assert!(!wants_files("text", names(&[])));
        assert!(wants_files("", names(&["image.png"])));
        assert!(wants_files("report.pdf", names(&["report.pdf"])), "copied in a file manager");
    }
}
