//! The container's options: from the plain data TypeScript passes to values that are known to be good.
//!
//! A wrong value is an **issue** for the integrator and takes its default; only a wrong `backendUrl` has none.

use std::time::Duration;

use super::Control;
use super::engine::EngineChoice;
use super::scheme::Scheme;
use super::shortcut::Shortcut;
use crate::json::{Json, quoted};
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

/// The option `position`: a corner of the window. `End` and `Start` go by the page's writing direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Position {
    #[default]
    BottomEnd,
    BottomStart,
    BottomRight,
    BottomLeft,
    TopEnd,
    TopStart,
    TopRight,
    TopLeft,
}

impl Position {
    const ALL: [Self; 8] = [
        Self::BottomEnd,
        Self::BottomStart,
        Self::BottomRight,
        Self::BottomLeft,
        Self::TopEnd,
        Self::TopStart,
        Self::TopRight,
        Self::TopLeft,
    ];

    /// The value of `data-position`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BottomEnd => "bottom-end",
            Self::BottomStart => "bottom-start",
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
            Self::TopEnd => "top-end",
            Self::TopStart => "top-start",
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
    /// See [`Control`].
    pub control: Control,
    /// The page draws the toggle's content itself.
    pub custom_toggle: bool,
    /// Keys that open and close the panel; none by default.
    pub shortcut: Option<Shortcut>,
}

const ENGINE_TIMEOUT: Duration = Duration::from_secs(8);

/// Reads options.
#[must_use]
pub fn parse_options(given: &Json<f64>) -> (Options, Vec<Issue>) {
    let mut reader = Reader { given, issues: Vec::new() };
    if !matches!(given, Json::Object(_)) {
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
        position: reader.one_of("position", &Position::ALL.map(|position| (position.name(), position))),
        custom_toggle: reader.flag("customToggle"),
        shortcut: reader.shortcut(),
        control: if reader.flag("controlled") { Control::Page } else { Control::Reader },
    };
    (options, reader.issues)
}

struct Reader<'a> {
    given: &'a Json<f64>,
    issues: Vec<Issue>,
}

impl<'a> Reader<'a> {
    fn issue(&mut self, path: &str, message: impl Into<String>) {
        self.issues.push(Issue { path: path.to_owned(), message: message.into() });
    }

    fn not(&mut self, path: &str, wanted: &str, given: &Json<f64>) {
        self.issue(path, format!("must be {wanted}, not {}", given.describe()));
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let value = self.given.given(name)?;
        match value.as_str() {
            Some(text) => Some(text.to_owned()).filter(|text| !text.trim().is_empty()),
            None => {
                self.not(name, "a string", value);
                None
            }
        }
    }

    fn flag(&mut self, name: &str) -> bool {
        match self.given.get(name) {
            None => false,
            Some(Json::Bool(flag)) => *flag,
            Some(other) => {
                self.not(name, "true or false", other);
                false
            }
        }
    }

    fn millis(&mut self, name: &str) -> Option<Duration> {
        let value = self.given.given(name)?;
        // Whole milliseconds of up to 49 days; `as` stays within that.
        let wait =
            value.as_number().filter(|ms| **ms > 0.0).map(|ms| Duration::from_millis(u64::from(*ms as u32)));
        if wait.is_none() {
            self.not(name, "a number of milliseconds above 0", value);
        }
        wait
    }

    fn one_of<T: Copy + Default>(&mut self, name: &str, values: &[(&str, T)]) -> T {
        let Some(value) = self.given.given(name) else { return T::default() };
        if let Some((_, found)) = values.iter().find(|(word, _)| value.as_str() == Some(word)) {
            return *found;
        }
        let words: Vec<_> = values.iter().map(|(word, _)| quoted(word)).collect();
        self.not(name, &format!("one of {}", words.join(", ")), value);
        T::default()
    }

    fn shortcut(&mut self) -> Option<Shortcut> {
        let text = self.text("shortcut")?;
        match Shortcut::parse(&text) {
            Ok(shortcut) => Some(shortcut),
            Err(why) => {
                let examples = "Write for example \"Mod+K\", \"Control+Shift+K\" or \"?\".";
                self.issue("shortcut", format!("{} is no shortcut: {why}. {examples}", quoted(&text)));
                None
            }
        }
    }

    fn labels(&mut self) -> Texts {
        let Some(value) = self.given.given("labels") else { return Texts::default() };
        let Json::Object(labels) = value else {
            self.not("labels", "an object of texts by key", value);
            return Texts::default();
        };
        let mut good = Vec::new();
        for (name, label) in labels.iter() {
            match label {
                Json::String(text) => good.push((name.to_owned(), text.clone())),
                Json::Null => {}
                other => self.not(&format!("labels.{name}"), "a string", other),
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
        let fault = match self.given.given("backendUrl") {
            None => "is missing".to_owned(),
            Some(Json::String(url)) => match usable(url) {
                Ok(url) => return Some(url.to_owned()),
                Err(fault) => format!("{} {fault}", quoted(url)),
            },
            Some(other) => format!("must be a string, not {}", other.describe()),
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
