//! What a tab keeps between two pages of the site: `sessionStorage["chatkit-widget:<backendUrl>"]`, a JSON object
//! `{"v":1,"open":bool,"thread":string|null,"secret":string|null}`. TypeScript reads it too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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

#[derive(Deserialize, Serialize)]
struct Stored {
    v: u32,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    thread: Option<String>,
    #[serde(default)]
    secret: Option<String>,
}

const VERSION: u32 = 1;

impl Kept {
    /// Reads the stored text; nothing stored is nothing kept.
    ///
    /// # Errors
    /// What is wrong with it, for the integrator. The caller goes on with `Kept::default()`.
    pub fn read(stored: Option<&str>) -> Result<Self, String> {
        let Some(stored) = stored else { return Ok(Self::default()) };
        let value: Value = serde_json::from_str(stored).map_err(|error| format!("is not JSON: {error}"))?;
        match value.get("v").and_then(Value::as_u64) {
            Some(v) if v == u64::from(VERSION) => {}
            Some(v) => return Err(format!("has version {v}, this release reads version {VERSION}")),
            None => return Err("is not an object with a version `v`".to_owned()),
        }
        let stored: Stored = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let some = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Self { open: stored.open, thread: some(stored.thread), secret: some(stored.secret) })
    }

    /// The text to store.
    #[must_use]
    pub fn write(&self) -> String {
        let Self { open, thread, secret } = self.clone();
        serde_json::to_string(&Stored { v: VERSION, open, thread, secret }).unwrap_or_default()
    }
}
