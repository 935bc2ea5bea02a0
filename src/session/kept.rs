//! What a tab keeps between two pages of the site: `sessionStorage["chatkit-widget:<backendUrl>"]`, a JSON object
//! `{"v":1,"open":bool,"thread":string|null,"secret":string|null}`. TypeScript reads it too.

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
}

const VERSION: f64 = 1.0;

impl Kept {
    /// Reads the stored text with `parse`, a reader of JSON; nothing stored is nothing kept.
    ///
    /// # Errors
    /// What is wrong with it, for the integrator. The caller goes on with `Kept::default()`.
    pub fn read(
        stored: Option<&str>,
        parse: impl Fn(&str) -> Result<Json<f64>, String>,
    ) -> Result<Self, String> {
        let Some(stored) = stored else { return Ok(Self::default()) };
        let stored = parse(stored).map_err(|error| format!("is not JSON: {error}"))?;
        match stored.given("v") {
            Some(Json::Number(version)) if *version == VERSION => {}
            Some(_) => return Err("was written by another release".to_owned()),
            None => return Err("is not an object with a version `v`".to_owned()),
        }
        let text = |name: &str| match stored.given(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(other) => Err(format!("has {} where `{name}` should be a string", other.describe())),
        };
        let (thread, secret) = (text("thread")?, text("secret")?);
        Ok(Self { open: stored.given("open").and_then(Json::as_bool) == Some(true), thread, secret })
    }

    /// The text to store.
    #[must_use]
    pub fn write(&self) -> String {
        let [thread, secret] = [&self.thread, &self.secret].map(|text| quoted_or_null(text.as_deref()));
        format!(r#"{{"v":1,"open":{},"thread":{thread},"secret":{secret}}}"#, self.open)
    }
}
