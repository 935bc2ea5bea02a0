//! Values drawn from a JSON Schema: the part of the language that the SDK's types use.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::dice::Dice;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../fixtures/schema.json")).expect("the schema is JSON")
});

/// Below this, what may be left out is, and lists are empty: widgets hold widgets without end.
const DEEP: usize = 7;

/// How closely the schema is kept to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// What the SDK can send.
    Exact,
    /// The same, with everything that may be left out.
    Whole,
    /// The same, sometimes with fields of a later version.
    Later,
    /// That, with indices that point nowhere, and here and there a value of another type or none.
    Hostile,
}

/// Draws values.
pub struct Generator {
    dice: Dice,
    manner: Manner,
    /// The names under `$defs` that values were drawn from.
    pub seen: BTreeSet<&'static str>,
}

impl Generator {
    pub fn new(seed: u64, manner: Manner) -> Self {
        Self { dice: Dice::new(seed), manner, seen: BTreeSet::new() }
    }

    /// A value of one of the schema's roots: `event`, `item`, `thread`, `request` …
    pub fn of(&mut self, root: &str) -> Value {
        self.value(SCHEMA.get(root).expect("a root of the schema"), "", 0)
    }

    fn value(&mut self, schema: &'static Value, key: &str, depth: usize) -> Value {
        if self.manner == Manner::Hostile && self.dice.once_in(40) {
            return self.anything(0);
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let name = name.trim_start_matches("#/$defs/");
            self.seen.insert(name);
            return self.value(&SCHEMA["$defs"][name], key, depth);
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            return self.dice.pick(words).clone();
        }
        let one_of = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
        if let Some(choices) = one_of {
            let ends = |choice: &&Value| matches!(choice["type"].as_str(), Some("array" | "string" | "null"));
            let at = self.dice.below(choices.len());
            let choice = choices.iter().find(ends).filter(|_| depth > DEEP).unwrap_or(&choices[at]);
            return self.value(choice, key, depth);
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("object") => self.object(schema, depth),
            Some("array") => {
                let length = if depth > DEEP { 0 } else { self.dice.below(4) };
                (0..length).map(|_| self.value(&schema["items"], key, depth + 1)).collect()
            }
            Some("string") => self.string(schema, key).into(),
            Some("integer") => self.integer(key),
            Some("number") => {
                self.dice.pick(&[json!(0), json!(0.5), json!(1.0), json!(-3.25e-7), json!(1e21)]).clone()
            }
            Some("boolean") => self.dice.once_in(2).into(),
            Some("null") => Value::Null,
            _ => self.anything(0),
        }
    }

    fn object(&mut self, schema: &'static Value, depth: usize) -> Value {
        let required = |name: &str| {
            schema["required"].as_array().is_some_and(|names| names.iter().any(|required| required == name))
        };
        let whole = self.manner == Manner::Whole;
        let mut object = Map::new();
        for (name, part) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let forgotten = self.manner == Manner::Hostile && self.dice.once_in(60);
            let wanted = required(name) || (depth <= DEEP && (whole || self.dice.once_in(2)));
            if wanted && !forgotten {
                object.insert(name.clone(), self.value(part, name, depth + 1));
            }
        }
        if matches!(self.manner, Manner::Later | Manner::Hostile) && self.dice.once_in(8) {
            object.insert("of_a_later_version".into(), self.anything(0));
        }
        let more = &schema["additionalProperties"];
        for _ in 0..if more.is_object() || more == true { self.dice.below(3) } else { 0 } {
            let name = format!("key {}", self.text());
            let value = if more.is_object() { self.value(more, "", depth + 1) } else { self.anything(0) };
            object.insert(name, value);
        }
        object.into()
    }

    fn string(&mut self, schema: &Value, key: &str) -> String {
        if let Some(start) = schema.get("pattern").and_then(Value::as_str) {
            return format!("{}heart", start.trim_start_matches('^'));
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => return (*self.dice.pick(&DATES)).into(),
            Some("uri") => return (*self.dice.pick(&URLS)).into(),
            _ => {}
        }
        if key == "id" || key == "after" || key.ends_with("_id") {
            return (*self.dice.pick(&IDS)).into();
        }
        self.text()
    }

    fn integer(&mut self, key: &str) -> Value {
        let index = key == "index" || key.ends_with("_index");
        match (index, self.manner) {
            (true, Manner::Hostile) if self.dice.once_in(3) => self.dice.pick(&*FAR).clone(),
            (true, _) => self.dice.below(4).into(),
            (false, _) => {
                self.dice.pick(&[json!(0), json!(1), json!(42), json!(86_400), json!(i32::MAX)]).clone()
            }
        }
    }

    fn text(&mut self) -> String {
        (0..self.dice.below(5)).map(|_| *self.dice.pick(&TEXTS)).collect()
    }

    /// Any JSON at all.
    fn anything(&mut self, depth: usize) -> Value {
        match self.dice.below(if depth > 2 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => self.dice.once_in(2).into(),
            2 => self.dice.pick(&*FAR).clone(),
            3 => json!(0.1),
            4 => self.text().into(),
            5 => (0..self.dice.below(3)).map(|_| self.anything(depth + 1)).collect(),
            _ => (0..self.dice.below(3)).map(|_| (self.text(), self.anything(depth + 1))).collect(),
        }
    }
}

/// Few, so that events meet; the last is what Chat Completions models give to every message.
const IDS: [&str; 8] = ["msg_1", "msg_2", "msg_3", "wf_1", "thr_1", "thr_2", "", "__fake_id__"];
/// With zone and without, as stores write them, and one that is none.
const DATES: [&str; 5] = [
    "2026-11-20T23:44:07.463925",
    "2026-11-20T23:44:07Z",
    "2026-11-20T23:44:07+05:30",
    "2026-11-20T23:44:07.1-08:00",
    "0001-01-01T00:00:00",
];
const URLS: [&str; 4] =
    ["https://example.com/a?b=1#c", "http://[::1]:8000/", "data:image/gif;base64,R0lGODlhAQABAAAAACw=", "x:"];
static FAR: LazyLock<[Value; 6]> =
    LazyLock::new(|| [json!(-1), json!(4), json!(1000), json!(u32::MAX), json!(u64::MAX), json!(1e300)]);
const TEXTS: [&str; 24] = [
    "word ",
    "two words ",
    "\n\n",
    "\n",
    "**",
    "*",
    "`",
    "```rust\n",
    "- a\n",
    "1. b\n",
    "> ",
    "| a | b |\n|---|---|\n| 1 |",
    "[x](https://example.com)",
    "![](data:,)",
    "$x^2$",
    "[^1]",
    "<b>",
    "&amp;",
    "😀",
    "👩‍👩‍👧",
    "e\u{301}",
    "שלום",
    "\u{2028}",
    "\u{0}\u{fffd}\u{202e}",
];
