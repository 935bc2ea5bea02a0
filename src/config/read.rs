//! Reading raw values: each reader gives the typed value or notes an issue at the value's path.

use std::cell::RefCell;

use super::{ConfigIssue, Raw, Severity, names::nearest};

/// A value somewhere in the options.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub raw: &'a Raw,
    pub path: String,
    issues: &'a RefCell<Vec<ConfigIssue>>,
}

/// An object whose unknown keys were noted.
pub(super) struct Fields<'a> {
    entries: &'a [(String, Raw)],
    path: String,
    issues: &'a RefCell<Vec<ConfigIssue>>,
}

impl<'a> Node<'a> {
    pub fn root(raw: &'a Raw, issues: &'a RefCell<Vec<ConfigIssue>>) -> Self {
        Self { raw, path: "$".to_owned(), issues }
    }

    pub fn error(&self, message: impl Into<String>) {
        self.note(Severity::Error, message.into());
    }

    pub fn warn(&self, message: impl Into<String>) {
        self.note(Severity::Warning, message.into());
    }

    fn note(&self, severity: Severity, message: String) {
        self.issues.borrow_mut().push(ConfigIssue { path: self.path.clone(), severity, message });
    }

    /// Notes that the value is not `expected` (with its article: `a string`, `"light" or "dark"`).
    pub fn mismatch<T>(&self, expected: &str) -> Option<T> {
        self.error(format!("expected {expected}, got {}", self.raw.describe()));
        None
    }

    /// The fields of an object; keys other than `known` are noted as warnings.
    pub fn object(&self, known: &[&str]) -> Option<Fields<'a>> {
        let Raw::Object(entries) = self.raw else {
            return self.mismatch(&format!("an object with {}", or_list(known)));
        };
        let fields = Fields { entries, path: self.path.clone(), issues: self.issues };
        for (key, value) in entries {
            if !known.contains(&key.as_str()) {
                let node = Node { raw: value, path: join(&self.path, key), issues: self.issues };
                node.warn(unknown_key(key, &self.path, known));
            }
        }
        Some(fields)
    }

    /// The entries of an object used as a map, with any keys.
    pub fn entries(&self, expected: &str) -> Option<Vec<(&'a str, Node<'a>)>> {
        let Raw::Object(entries) = self.raw else { return self.mismatch(expected) };
        Some(
            entries
                .iter()
                .map(|(key, raw)| {
                    (key.as_str(), Node { raw, path: join(&self.path, key), issues: self.issues })
                })
                .collect(),
        )
    }

    pub fn items(&self, expected: &str) -> Option<Vec<Node<'a>>> {
        let Raw::Array(values) = self.raw else { return self.mismatch(expected) };
        Some(
            values
                .iter()
                .enumerate()
                .map(|(i, raw)| Node { raw, path: format!("{}[{i}]", self.path), issues: self.issues })
                .collect(),
        )
    }

    pub fn string(&self) -> Option<String> {
        match self.raw {
            Raw::String(text) => Some(text.clone()),
            _ => self.mismatch("a string"),
        }
    }

    /// A string that names something: an empty one cannot.
    pub fn name(&self) -> Option<String> {
        match self.raw {
            Raw::String(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => self.mismatch("a string that is not empty"),
        }
    }

    pub fn bool(&self) -> Option<bool> {
        match self.raw {
            Raw::Bool(value) => Some(*value),
            _ => self.mismatch("true or false"),
        }
    }

    pub fn function(&self, signature: &str) -> bool {
        match self.raw {
            Raw::Function => true,
            _ => {
                self.mismatch::<()>(&format!("a function {signature}"));
                false
            }
        }
    }

    /// A whole number from `min` to `max`.
    pub fn whole(&self, min: i64, max: i64) -> Option<i64> {
        #[expect(clippy::cast_precision_loss, reason = "callers' bounds lie within ±2^53")]
        let range = (min as f64)..=(max as f64);
        match self.raw {
            Raw::Number(value, _) if value.fract() == 0.0 && range.contains(value) => {
                #[expect(clippy::cast_possible_truncation, reason = "whole and within the bounds")]
                let whole = *value as i64;
                Some(whole)
            }
            _ => self.mismatch(&format!("a whole number from {min} to {max}")),
        }
    }

    /// A number of bytes or files: whole and not negative.
    pub fn count(&self, unit: &str) -> Option<u64> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self.raw {
            Raw::Number(value, _) if value.fract() == 0.0 && (0.0..=EXACT).contains(value) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2^53")]
                let count = *value as u64;
                Some(count)
            }
            _ => self.mismatch(&format!("a whole number of {unit}, 0 or more")),
        }
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let Raw::String(given) = self.raw else { return self.mismatch(&quoted_or_list(&names)) };
        if let Some((_, value)) = words.iter().find(|(word, _)| word == given) {
            return Some(*value);
        }
        self.mismatch(&quoted_or_list(&names))
    }

    /// An icon: one of `known`, or `lucide:<name>` where those are allowed. An unknown name draws nothing, so
    /// it is a warning; the name is kept.
    pub fn icon(&self, known: &[&str], lucide: bool) -> Option<String> {
        let name = self.name()?;
        let drawn = known.contains(&name.as_str()) || (lucide && name.starts_with("lucide:"));
        if !drawn {
            let instead = match nearest(&name, known) {
                Some(known) => format!("did you mean {known:?}?"),
                None if lucide => "write one of ChatKit's icon names or \"lucide:<name>\"".to_owned(),
                None => format!("write one of {}", quoted_or_list(known)),
            };
            self.warn(format!("no icon is called {name:?}; {instead}"));
        }
        Some(name)
    }
}

impl<'a> Fields<'a> {
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let (key, raw) = self.entries.iter().find(|(name, _)| name == key)?;
        Some(Node { raw, path: join(&self.path, key), issues: self.issues })
    }

    /// The value of a key that must be there; `write` is an example of it.
    pub fn required(&self, key: &str, write: &str) -> Option<Node<'a>> {
        let node = self.get(key);
        if node.is_none() {
            self.issues.borrow_mut().push(ConfigIssue {
                path: join(&self.path, key),
                severity: Severity::Error,
                message: format!("is missing; write {key}: {write}"),
            });
        }
        node
    }

    pub fn bool(&self, key: &str, default: bool) -> bool {
        self.get(key).and_then(|node| node.bool()).unwrap_or(default)
    }

    pub fn string(&self, key: &str) -> Option<String> {
        self.get(key).and_then(|node| node.string())
    }

    pub fn function(&self, key: &str, signature: &str) -> bool {
        self.get(key).is_some_and(|node| node.function(signature))
    }
}

/// `$.a` + `b` → `$.a.b`; keys that are no identifiers are quoted: `$.a["image/*"]`.
fn join(path: &str, key: &str) -> String {
    let mut characters = key.chars();
    let identifier = characters.next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$')
        && characters.all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    if identifier { format!("{path}.{key}") } else { format!("{path}[{key:?}]") }
}

/// Keys integrators put in the wrong place, and where they belong.
const HOMES: &[(&str, &str)] = &[
    ("url", "$.api.url"),
    ("domainKey", "$.api.domainKey"),
    ("uploadStrategy", "$.api.uploadStrategy"),
    ("fetch", "$.api.fetch"),
    ("colorScheme", "$.theme.colorScheme"),
    ("accent", "$.theme.color.accent"),
    ("grayscale", "$.theme.color.grayscale"),
    ("surface", "$.theme.color.surface"),
    ("radius", "$.theme.radius"),
    ("density", "$.theme.density"),
    ("fontFamily", "$.theme.typography.fontFamily"),
    ("title", "$.header.title.text"),
    ("greeting", "$.startScreen.greeting"),
    ("prompts", "$.startScreen.prompts"),
    ("feedback", "$.threadItemActions.feedback"),
    ("retry", "$.threadItemActions.retry"),
    ("autoScroll", "$.thread.autoScroll"),
    ("placeholder", "$.composer.placeholder"),
    ("attachments", "$.composer.attachments"),
    ("tools", "$.composer.tools"),
    ("models", "$.composer.models"),
    ("dictation", "$.composer.dictation"),
    ("onTagSearch", "$.entities.onTagSearch"),
    ("onRequestPreview", "$.entities.onRequestPreview"),
    ("onAction", "$.widgets.onAction"),
];

fn unknown_key(key: &str, path: &str, known: &[&str]) -> String {
    if let Some(name) = nearest(key, known) {
        return format!("unknown key, ignored; did you mean {name:?}?");
    }
    if let Some((_, home)) = HOMES.iter().find(|(name, _)| *name == key) {
        return format!("unknown key, ignored; it belongs at {home}");
    }
    if path == "$" && key.starts_with("on") {
        return "unknown key, ignored; events are listened to on the element, for example \
                addEventListener(\"chatkit.ready\", …)"
            .to_owned();
    }
    format!("unknown key, ignored; known here: {}", known.join(", "))
}

fn or_list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

pub(super) fn quoted_or_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    or_list(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
}
