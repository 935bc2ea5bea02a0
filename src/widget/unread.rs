//! Answers that finished while nobody could see them, and the hint at them in the page's title.

/// The page's title with a mark before it, such as "(1) Servo motors".
///
/// The title stays the page's: a router may change it at any time, and gets it back as it last wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleHint {
    page: String,
    hinted: String,
}

impl TitleHint {
    /// Begins with the page's title as it is.
    #[must_use]
    pub fn new(page: String) -> Self {
        Self { hinted: page.clone(), page }
    }

    /// The title to write, where the document's is `now` and `mark` belongs before the page's own.
    /// `None` where it stands there already.
    pub fn mark(&mut self, now: &str, mark: &str) -> Option<&str> {
        if now != self.hinted {
            now.clone_into(&mut self.page);
        }
        // As `document.title` will give it back: with other spaces it would look like a change of the page's.
        let words: Vec<_> = mark.split_ascii_whitespace().chain(self.page.split_ascii_whitespace()).collect();
        self.hinted = words.join(" ");
        (now != self.hinted).then_some(&self.hinted)
    }

    /// The title to leave behind. `None` where the document's, `now`, is the page's own already.
    #[must_use]
    pub fn take_back(self, now: &str) -> Option<String> {
        (now == self.hinted && now != self.page).then_some(self.page)
    }
}
