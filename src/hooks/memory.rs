//! What this tab remembers of one backend: [`Kept`] in `sessionStorage`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::json::quoted;
use crate::session::{Kept, storage_key};
use crate::web::{js, tab};

/// Shared by everyone who writes a part of [`Kept`], so that nobody overwrites another's part. Where storage does not
/// work it still remembers until the page is left.
#[derive(Clone, Debug)]
pub struct TabMemory {
    key: Rc<str>,
    kept: Rc<RefCell<Kept>>,
}

impl TabMemory {
    /// Reads what the tab remembers of `backend_url`. The second value says what was wrong with what was stored, for
    /// the integrator; that much of it is not used.
    #[must_use]
    pub fn open(backend_url: &str) -> (Self, Option<String>) {
        let key = storage_key(backend_url);
        let (kept, issue) = Kept::read(tab::read(&key).as_deref(), js::parse_json);
        let issue = issue.map(|what| format!("sessionStorage[{}] {what}; it is ignored", quoted(&key)));
        (Self { key: key.into(), kept: Rc::new(RefCell::new(kept)) }, issue)
    }

    /// What is remembered now.
    #[must_use]
    pub fn get(&self) -> Kept {
        self.kept.borrow().clone()
    }

    /// Changes what is remembered.
    pub fn update(&self, change: impl FnOnce(&mut Kept)) {
        let mut kept = self.get();
        change(&mut kept);
        if kept == *self.kept.borrow() {
            return;
        }
        // Memory works where storage is full or absent; the next page then knows less.
        tab::write(&self.key, &kept.write());
        *self.kept.borrow_mut() = kept;
    }
}
