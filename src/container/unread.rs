//! The hint at unread answers in the page's title, for as long as it lives.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, MutationObserverInit};

use crate::web::dom;
use crate::web::observe::Observer;
use crate::widget::TitleHint;

/// Keeps the mark before the title, whatever the page does to it meanwhile; takes it back when dropped.
pub(super) struct TitleMark {
    text: Rc<RefCell<Text>>,
    _changes: Observer,
}

/// The page's observers run later than what is written here, so nothing calls back in.
#[derive(Default)]
struct Text {
    hint: TitleHint,
    mark: String,
    /// The `<title>` that carries the mark, and what was written into it.
    marked: Option<(Element, String)>,
}

impl Text {
    fn write(&mut self) {
        let Some(document) = dom::document() else { return };
        let element = || document.query_selector("title").ok().flatten();
        // React puts a title of its own before one that is there, and takes it out again.
        if element().as_ref() != self.marked.as_ref().map(|(element, _)| element) {
            self.take_back();
        }
        if let Some(title) = self.hint.mark(&document.title(), &self.mark) {
            document.set_title(&title);
            self.hint.written(document.title());
            self.marked = element().map(|element| (element, title));
        }
    }

    /// A title that the page wrote meanwhile is left alone.
    fn take_back(&mut self) {
        if let Some((element, written)) = self.marked.take()
            && element.text_content() == Some(written)
        {
            element.set_text_content(Some(self.hint.page()));
        }
    }
}

impl TitleMark {
    pub(super) fn new() -> Self {
        let text: Rc<RefCell<Text>> = Rc::default();
        let changes = Observer::new(Box::new({
            let text = text.clone();
            move || text.borrow_mut().write()
        }));
        let watched = MutationObserverInit::new();
        // The text of `<title>` changes, the element is exchanged, or it is put in.
        watched.set_child_list(true);
        watched.set_subtree(true);
        watched.set_character_data(true);
        if let Some(head) = dom::document().and_then(|page| page.head()) {
            changes.watch(&head, &watched);
        }
        Self { text, _changes: changes }
    }

    /// Puts `mark` before the title.
    pub(super) fn set(&self, mark: String) {
        let mut text = self.text.borrow_mut();
        text.mark = mark;
        text.write();
    }
}

impl Drop for TitleMark {
    fn drop(&mut self) {
        self.text.borrow_mut().take_back();
    }
}
