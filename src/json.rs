//! JSON as the container reads it: parsed by the browser, judged here.
//!
//! `serde_json` reads and writes floating-point numbers with tables that alone would be a quarter of the container's
//! wasm. The browser has a parser already; [`crate::web::js::parse_json`] turns its result into this.

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    /// An array; nothing here looks into one.
    List,
    /// In the order written.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Field `name` of an object; `null` counts as missing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(fields) = self else { return None };
        fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value)
            .filter(|value| **value != Json::Null)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// What it is, for an integrator: a text as written, everything else by its kind.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Json::Null => "null".to_owned(),
            Json::Bool(value) => value.to_string(),
            Json::Number(_) => "a number".to_owned(),
            Json::Text(text) => quoted(text),
            Json::List => "an array".to_owned(),
            Json::Object(_) => "an object".to_owned(),
        }
    }
}

/// `text` as a JSON string.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\n' => json.push_str("\\n"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// `text` as a JSON string, or `null`.
#[must_use]
pub fn quoted_or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}
