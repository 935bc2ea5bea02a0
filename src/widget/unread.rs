//! Answers that finished while nobody could see them, and the hint at them in the page's title.

/// The page's title with a mark before it, such as "(1) Servo motors".
///
/// The title stays the page's: a router may change it at any time, and gets it back as it last wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleHint {
    page: String,
    mark: String,
    hinted: String,
}

impl TitleHint {
    /// The title to write, where the document's is `now` and `mark` belongs before the page's own.
    /// `None` where it stands there already.
    pub fn mark(&mut self, now: &str, mark: &str) -> Option<String> {
        if now != self.hinted {
            now.clone_into(&mut self.page);
        } else if mark == self.mark {
            return None;
        }
        mark.clone_into(&mut self.mark);
        Some(format!("{mark} {}", self.page))
    }

    /// How the browser gives back what was written: not always word for word, and what differs is taken for the page's.
    pub fn written(&mut self, now: String) {
        self.hinted = now;
    }

    /// The page's own title.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }
}
