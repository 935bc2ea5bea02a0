//! The hint at unread answers in the page's title, for as long as it lives.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{MutationObserver, MutationObserverInit};

use crate::web::dom;
use crate::widget::TitleHint;

/// Keeps the mark before the title, whatever the page does to it meanwhile; takes it back when dropped.
pub(super) struct TitleMark {
    text: Rc<RefCell<(TitleHint, String)>>,
    observer: Option<MutationObserver>,
    _changed: Closure<dyn FnMut()>,
}

/// Writes the title if it has to be. The page's observers run later, so nothing calls back in here.
fn write((hint, mark): &mut (TitleHint, String)) {
    if let Some(document) = dom::document()
        && let Some(title) = hint.mark(&document.title(), mark)
    {
        document.set_title(title);
    }
}

impl TitleMark {
    pub(super) fn new() -> Self {
        let document = dom::document();
        let title = document.as_ref().map(web_sys::Document::title).unwrap_or_default();
        let text = Rc::new(RefCell::new((TitleHint::new(title), String::new())));
        let changed = Closure::new({
            let text = text.clone();
            move || write(&mut text.borrow_mut())
        });
        let observer = MutationObserver::new(AsRef::<JsValue>::as_ref(&changed).unchecked_ref()).ok();
        let watched = MutationObserverInit::new();
        // The text of `<title>` changes, the element is exchanged, or it is put in.
        watched.set_child_list(true);
        watched.set_subtree(true);
        watched.set_character_data(true);
        if let (Some(observer), Some(head)) = (&observer, document.and_then(|document| document.head())) {
            // Throws for contradictory options only; these are not.
            let _ = observer.observe_with_options(&head, &watched);
        }
        Self { text, observer, _changed: changed }
    }

    /// Puts `mark` before the title.
    pub(super) fn set(&self, mark: String) {
        let mut text = self.text.borrow_mut();
        text.1 = mark;
        write(&mut text);
    }
}

impl Drop for TitleMark {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        if let Some(document) = dom::document() {
            let hint = self.text.borrow().0.clone();
            if let Some(title) = hint.take_back(&document.title()) {
                document.set_title(&title);
            }
        }
    }
}
