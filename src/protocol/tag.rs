//! Objects told apart by their `type`, and what stands for one.

use std::borrow::Cow;

use super::wire::{Misfits, says_nothing};
use crate::json::{Json, Object};

/// What is taken for an object with a `type`, where things are read leniently.
#[derive(Clone, Copy)]
pub struct Bare {
    /// The type of an object without one.
    pub kind: Option<&'static str>,
    /// Whether a string is the `text` of such an object, rather than a `type`.
    pub text: bool,
}

/// The fields of an object that has a `type`, or of what stands for one.
pub fn fields<'a>(value: &'a Json, bare: Bare, misfits: &mut Misfits) -> Cow<'a, Object> {
    let of = |kind: &str, text: Option<&Json>| {
        let text = text.map(|text| ("text".to_owned(), text.clone()));
        Cow::Owned(text.into_iter().chain([("type".to_owned(), Json::from(kind))]).collect())
    };
    let lenient = misfits.is_lenient();
    match (value, bare.kind) {
        (Json::Object(fields), Some(kind)) if lenient && fields.get("type").is_none_or(says_nothing) => {
            let mut fields = fields.clone();
            fields.insert("type", kind.into());
            Cow::Owned(fields)
        }
        (Json::Object(fields), _) => Cow::Borrowed(fields),
        (Json::String(_), Some(kind)) if lenient && bare.text => of(kind, Some(value)),
        (Json::String(kind), _) if lenient && !kind.is_empty() => of(kind, None),
        _ => {
            misfits.note(value, "an object with a `type`");
            Cow::Owned(Object::new())
        }
    }
}

/// The `type` of an object.
pub fn kind<'a>(fields: &'a Object, misfits: &mut Misfits) -> Option<&'a str> {
    let kind = fields.get("type").and_then(Json::as_str);
    if kind.is_none() {
        misfits.enter(fields, "type");
        misfits.note(fields.get("type").unwrap_or(&Json::Null), "a string");
        misfits.leave();
    }
    kind
}
