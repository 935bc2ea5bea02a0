//! JSON's own types as types of the protocol, and what is taken for one of them.

use std::str::FromStr;

use super::wire::{Misfits, Wire};
use crate::json::{self, Json, Number, Object};

/// Implements [`Wire`] for a type that is one of JSON's own: the value itself, what is taken for it, and any value of
/// the type to stand in.
macro_rules! plain {
    ($($type:ty, $expected:literal, $value:ident => $exact:expr, or $like:expr, $stand_in:expr, $this:ident => $encode:expr;)+) => {
        $(impl Wire for $type {
            fn read($value: &Json, misfits: &mut Misfits) -> Self {
                let like = || if misfits.is_lenient() { $like } else { None };
                $exact.or_else(like).unwrap_or_else(|| {
                    misfits.note($value, $expected);
                    $stand_in
                })
            }
            fn encode(&self) -> Json {
                let $this = self;
                $encode
            }
        })+
    };
}

plain! {
    String, "a string", value => value.as_str().map(str::to_owned), or written(value), String::new(), this => Json::from(this.as_str());
    bool, "true or false", value => value.as_bool(), or truth(value), false, this => Json::Bool(*this);
    usize, "a whole number", value => whole(value), or like_whole(value), 0, this => Json::Number((*this as u64).into());
    u32, "a whole number", value => whole(value), or like_whole(value), 0, this => Json::Number(u64::from(*this).into());
    u64, "a whole number", value => whole(value), or like_whole(value), 0, this => Json::Number((*this).into());
    i64, "a whole number", value => value.as_number().and_then(Number::as_i64), or like_whole(value), 0, this => Json::Number((*this).into());
    Number, "a number", value => value.as_number().cloned(), or number(value), 0_u64.into(), this => Json::Number(this.clone());
    Object, "an object", value => value.as_object().cloned(), or object(value), Object::new(), this => Json::Object(this.clone());
}

impl Wire for Json {
    fn read(value: &Json, _: &mut Misfits) -> Self {
        value.clone()
    }

    fn encode(&self) -> Json {
        self.clone()
    }

    fn is_nothing(value: &Json) -> bool {
        value.is_null()
    }
}

fn whole<T: TryFrom<u64>>(value: &Json) -> Option<T> {
    value.as_number().and_then(Number::as_u64).and_then(|n| T::try_from(n).ok())
}

/// The text of a string or of a number.
fn text(value: &Json) -> Option<&str> {
    value.as_str().map(str::trim).or_else(|| value.as_number().map(Number::as_str))
}

/// A number written as text, and `3.0`, which some languages make of 3.
fn like_whole<T: FromStr>(value: &Json) -> Option<T> {
    let (whole, fraction) = text(value)?.split_once('.').unwrap_or((text(value)?, ""));
    whole.parse().ok().filter(|_| fraction.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A number as its text: an id, most often.
fn written(value: &Json) -> Option<String> {
    value.as_number().map(|number| number.as_str().to_owned())
}

fn truth(value: &Json) -> Option<bool> {
    match text(value)? {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn number(value: &Json) -> Option<Number> {
    match json::read(value.as_str()?).ok()? {
        Json::Number(number) => Some(number),
        _ => None,
    }
}

/// An object as JSON in a string: arguments of a tool as models write them.
fn object(value: &Json) -> Option<Object> {
    match json::read(value.as_str()?).ok()? {
        Json::Object(object) => Some(object),
        _ => None,
    }
}
