//! The container's options: from the plain data TypeScript passes to values that are known to be good.
//!
//! A wrong value is an **issue** for the integrator and takes its default; only a wrong `backendUrl` has none.

use std::time::Duration;

use serde_json::{Map, Value};

use super::engine::EngineChoice;
use super::scheme::Scheme;
use crate::problem::EngineKind;
use crate::text::Texts;

/// Something wrong in the options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where, as the integrator wrote it: `labels.openChat`.
    pub path: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// The option `colorScheme`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SchemeChoice {
    /// As the page.
    #[default]
    Auto,
    /// Always this one.
    Always(Scheme),
}

/// The option `position`: a corner of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Position {
    #[default]
    BottomRight,
    BottomLeft,
    TopRight,
    TopLeft,
}

impl Position {
    /// The value of `data-position`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
            Self::TopRight => "top-right",
            Self::TopLeft => "top-left",
        }
    }
}

/// Options of the container, complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Address of the server, without a trailing slash; `None` if there is no usable one.
    pub backend_url: Option<String>,
    /// See [`EngineChoice`].
    pub engine: EngineChoice,
    /// Whether a `domainKey` was given.
    pub has_domain_key: bool,
    /// How long an engine may take.
    pub engine_timeout: Duration,
    /// Title of the panel; `None` takes the text's.
    pub title: Option<String>,
    /// Texts with the site's labels.
    pub texts: Texts,
    /// See [`SchemeChoice`].
    pub color_scheme: SchemeChoice,
    /// See [`Position`].
    pub position: Position,
}

const ENGINE_TIMEOUT: Duration = Duration::from_secs(8);

/// Reads options.
#[must_use]
pub fn parse_options(given: &Value) -> (Options, Vec<Issue>) {
    let empty = Map::new();
    let mut reader = Reader { given: given.as_object().unwrap_or(&empty), issues: Vec::new() };
    if !given.is_object() {
        reader.issue("options", "must be an object such as { backendUrl: \"https://chat.example.com\" }");
    }
    let options = Options {
        backend_url: reader.backend_url(),
        engine: reader.one_of(
            "engine",
            &[
                ("auto", EngineChoice::Auto),
                ("openai", EngineChoice::Only(EngineKind::OpenAi)),
                ("selfhosted", EngineChoice::Only(EngineKind::SelfHosted)),
            ],
        ),
        has_domain_key: reader.text("domainKey").is_some(),
        engine_timeout: reader.millis("engineTimeout").unwrap_or(ENGINE_TIMEOUT),
        title: reader.text("title"),
        texts: reader.labels(),
        color_scheme: reader.one_of(
            "colorScheme",
            &[
                ("auto", SchemeChoice::Auto),
                ("light", SchemeChoice::Always(Scheme::Light)),
                ("dark", SchemeChoice::Always(Scheme::Dark)),
            ],
        ),
        position: reader.one_of(
            "position",
            &[Position::BottomRight, Position::BottomLeft, Position::TopRight, Position::TopLeft]
                .map(|position| (position.name(), position)),
        ),
    };
    (options, reader.issues)
}

struct Reader<'a> {
    given: &'a Map<String, Value>,
    issues: Vec<Issue>,
}

impl<'a> Reader<'a> {
    fn issue(&mut self, path: &str, message: impl Into<String>) {
        self.issues.push(Issue { path: path.to_owned(), message: message.into() });
    }

    /// A value that is given; `null` is none.
    fn value(&self, name: &str) -> Option<&'a Value> {
        self.given.get(name).filter(|value| !value.is_null())
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        match value.as_str() {
            Some(text) => Some(text.to_owned()).filter(|text| !text.trim().is_empty()),
            None => {
                let message = format!("must be a string, not {}", kind_of(value));
                self.issue(name, message);
                None
            }
        }
    }

    fn millis(&mut self, name: &str) -> Option<Duration> {
        let value = self.value(name)?;
        let wait = value
            .as_f64()
            .filter(|ms| *ms > 0.0)
            .and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok());
        if wait.is_none() {
            let message = format!("must be a number of milliseconds above 0, not {value}");
            self.issue(name, message);
        }
        wait
    }

    fn one_of<T: Copy + Default>(&mut self, name: &str, values: &[(&str, T)]) -> T {
        let Some(value) = self.value(name) else { return T::default() };
        if let Some((_, found)) = values.iter().find(|(word, _)| value.as_str() == Some(word)) {
            return *found;
        }
        let words: Vec<_> = values.iter().map(|(word, _)| format!("{word:?}")).collect();
        let message = format!("must be one of {}, not {value}", words.join(", "));
        self.issue(name, message);
        T::default()
    }

    fn labels(&mut self) -> Texts {
        let Some(value) = self.value("labels") else { return Texts::default() };
        let Some(labels) = value.as_object() else {
            let message = format!("must be an object of texts by key, not {}", kind_of(value));
            self.issue("labels", message);
            return Texts::default();
        };
        let mut good = Vec::new();
        for (name, label) in labels {
            match label {
                Value::String(text) => good.push((name.clone(), text.clone())),
                Value::Null => {}
                other => {
                    self.issues.push(Issue {
                        path: format!("labels.{name}"),
                        message: format!("must be a string, not {}", kind_of(other)),
                    });
                }
            }
        }
        let (texts, unknown) = Texts::new(good);
        for name in unknown {
            self.issue(&format!("labels.{name}"), "is no text of the widget; see the README for the keys");
        }
        texts
    }

    fn backend_url(&mut self) -> Option<String> {
        let example = "Write the address of your ChatKit server, for example \"https://chat.example.com\".";
        let fault = match self.value("backendUrl") {
            None => "is missing".to_owned(),
            Some(Value::String(url)) => match usable(url) {
                Ok(url) => return Some(url.to_owned()),
                Err(fault) => format!("{url:?} {fault}"),
            },
            Some(other) => format!("must be a string, not {}", kind_of(other)),
        };
        self.issue("backendUrl", format!("{fault}. {example}"));
        None
    }
}

/// An absolute http(s) address that paths can be appended to. Finer points of URLs are TypeScript's `URL` to judge.
fn usable(url: &str) -> Result<&str, &'static str> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match rest {
        None => Err("is not an absolute http or https URL"),
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) => Err("has no host"),
        Some(rest) if rest.contains(char::is_whitespace) => Err("contains a space"),
        Some(rest) if rest.contains(['?', '#']) => {
            Err("has a query or a fragment, which paths cannot be appended to")
        }
        Some(_) => Ok(url.trim_end_matches('/')),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
