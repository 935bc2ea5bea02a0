//! Text on its way into a [`Document`].
//!
//! Deltas come by the hundred a second and are drawn a few dozen times: what came between two frames is parsed once. And
//! they come in any size: what is drawn at once is a *slice*, so that ten megabytes in one delta are a page that fills,
//! not one that stands still.

use std::rc::Rc;

use super::{Document, Mark};

/// Bytes of a text that go into its document between two frames. More than anybody writes in that time, and less than
/// takes a slow phone longer than a frame to parse and lay out twice.
const SLICE: usize = 16 * 1024;

/// A slice is at least this part of what is still to come: each costs a look at everything drawn before, and megabytes of
/// small ones would take minutes.
const SLICES: usize = 32;

/// A document, and the text that it has not been given yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arriving {
    document: Document,
    /// What has come since everything was taken in last …
    text: String,
    /// … and how many bytes of it the document has.
    taken: usize,
    end: End,
}

/// Whether more text will come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum End {
    #[default]
    Open,
    /// The text is complete; the document has not heard of it.
    Due,
    /// The document is finished.
    Done,
}

impl Arriving {
    /// A text that may go on.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// More text. It is in the document after [`Arriving::take_in`].
    pub fn append(&mut self, delta: &str) {
        if delta.is_empty() {
            return;
        }
        if self.end == End::Due {
            // What comes after the end begins a block of its own, so the end must come first.
            while self.take_in() {}
        }
        self.end = End::Open;
        self.text.push_str(delta);
    }

    /// See [`Document::set_marks`].
    pub fn set_marks(&mut self, marks: Vec<(usize, Rc<Mark>)>) {
        self.document.set_marks(marks);
    }

    /// The text is complete.
    pub fn finish(&mut self) {
        if self.end == End::Open {
            self.end = End::Due;
        }
    }

    /// Brings the document a slice forward. `false` when there is nothing to bring.
    pub fn take_in(&mut self) -> bool {
        let rest = self.text.get(self.taken..).unwrap_or_default();
        if rest.is_empty() && self.end != End::Due {
            return false;
        }
        let slice = rest.get(..boundary(rest)).unwrap_or(rest);
        self.document.append(slice);
        self.taken += slice.len();
        if self.taken >= self.text.len() {
            self.text.clear();
            self.taken = 0;
            if self.end == End::Due {
                self.document.finish();
                self.end = End::Done;
            }
        }
        true
    }

    /// Whether the document lacks some of the text.
    pub fn is_behind(&self) -> bool {
        !self.text.is_empty() || self.end == End::Due
    }

    /// The document as far as it is.
    pub const fn document(&self) -> &Document {
        &self.document
    }
}

/// Where the first slice of a text ends: larger ones where there is a great deal, smaller ones towards its end.
fn boundary(text: &str) -> usize {
    let most = SLICE.max(text.len() / SLICES).min(text.len());
    (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
