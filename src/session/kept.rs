//! What a tab keeps between two pages of the site: `sessionStorage["chatkit-widget:<backendUrl>"]`, a JSON object
//! `{"v":1,"open":bool,"thread":string|null,"secret":string|null,"idempotent"?:true}`. TypeScript reads it too.

use crate::json::{Json, quoted_or_null};

/// The key in `sessionStorage`. Trailing slashes do not make another backend.
#[must_use]
pub fn storage_key(backend_url: &str) -> String {
    format!("chatkit-widget:{}", backend_url.trim_end_matches('/'))
}

/// The stored object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The panel was open.
    pub open: bool,
    /// The conversation shown last.
    pub thread: Option<String>,
    /// The client secret that proves the session is ours.
    pub secret: Option<String>,
    /// What the server said last of repeated requests, see [`super::Grant::idempotent`].
    pub idempotent: bool,
}

const VERSION: f64 = 1.0;

impl Kept {
    /// Reads the stored text with `parse`, a reader of JSON; nothing stored is nothing kept. The second value says what is
    /// wrong with it, for the integrator: that much of it is ignored.
    pub fn read(
        stored: Option<&str>,
        parse: impl Fn(&str) -> Result<Json<f64>, String>,
    ) -> (Self, Option<String>) {
        let Some(stored) = stored else { return (Self::default(), None) };
        let stored = match parse(stored) {
            Ok(stored) => stored,
            Err(error) => return (Self::default(), Some(format!("is not JSON: {error}"))),
        };
        let wrong = match stored.given("v") {
            Some(Json::Number(version)) if *version == VERSION => None,
            Some(_) => Some("was written by another release"),
            None => Some("is not an object with a version `v`"),
        };
        if let Some(wrong) = wrong {
            return (Self::default(), Some(wrong.to_owned()));
        }
        let mut issue = None;
        let mut text = |name: &str| match stored.given(name) {
            None => None,
            Some(Json::String(text)) => Some(text.clone()).filter(|text| !text.is_empty()),
            Some(other) => {
                issue = Some(format!("has {} where `{name}` should be a string", other.describe()));
                None
            }
        };
        let (thread, secret) = (text("thread"), text("secret"));
        let is_true = |name| stored.given(name).and_then(Json::as_bool) == Some(true);
        (Self { open: is_true("open"), thread, secret, idempotent: is_true("idempotent") }, issue)
    }

    /// The text to store.
    #[must_use]
    pub fn write(&self) -> String {
        let [thread, secret] = [&self.thread, &self.secret].map(|text| quoted_or_null(text.as_deref()));
        let idempotent = if self.idempotent { r#","idempotent":true"# } else { "" };
        format!(r#"{{"v":1,"open":{},"thread":{thread},"secret":{secret}{idempotent}}}"#, self.open)
    }
}
