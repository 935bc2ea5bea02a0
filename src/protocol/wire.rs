//! How the types of the protocol are decoded and encoded.
//!
//! Serde's derive does the same in a line a type, but with `flatten` and tagged enums it compiles every type
//! several times over: decoding took 72 KB of compressed wasm that way, of the 260 KB the element may weigh. Here
//! all types are read from one form, [`Json`], through a few small functions. Reading does not stop at what does not
//! fit, as every way out in between would be code again, for every field: it notes the first **misfit**, and
//! something of the type stands in until whoever asked has seen the note.
//! Serde's traits are implemented on top, so the types are used like any others.

use crate::json::{Json, Number, Object};

/// What keeps a value from being of a type.
#[derive(Debug)]
pub struct Misfit {
    /// The field, the innermost one; empty for the value itself.
    pub field: &'static str,
    /// What it should be.
    pub expected: &'static str,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field {
            "" => write!(f, "expected {}", self.expected),
            field => write!(f, "expected {} at `{field}`", self.expected),
        }
    }
}

/// The first misfit found while reading a value.
#[derive(Debug, Default)]
pub struct Misfits(Option<Misfit>);

impl Misfits {
    /// Notes that the value is not `expected`.
    pub fn note(&mut self, expected: &'static str) {
        self.0.get_or_insert(Misfit { field: "", expected });
    }

    /// What was noted of a value without a name was noted of field `key`.
    fn within(&mut self, key: &'static str) {
        if let Some(misfit) = &mut self.0
            && misfit.field.is_empty()
        {
            misfit.field = key;
        }
    }

    /// `read`, if it is what was asked for.
    ///
    /// # Errors
    /// The misfit.
    pub fn check<T>(self, read: T) -> Result<T, Misfit> {
        self.0.map_or(Ok(read), Err)
    }
}

/// A type with a JSON form.
pub trait Wire: Sized {
    /// Reads the value. With a misfit the result only stands in for one.
    fn read(value: &Json, misfits: &mut Misfits) -> Self;
    /// Gives the value that was read.
    fn encode(&self) -> Json;

    /// Reads the value.
    ///
    /// # Errors
    /// What does not fit.
    fn decode(value: &Json) -> Result<Self, Misfit> {
        let mut misfits = Misfits::default();
        let read = Self::read(value, &mut misfits);
        misfits.check(read)
    }
}

/// A type whose JSON form is an object, possibly with a `type` that its enum has read already.
pub trait Body: Sized {
    /// Reads the fields; what is unknown goes to `extra`, except a `type` that is the `tag`.
    fn read_fields(fields: &Object, tagged: bool, misfits: &mut Misfits) -> Self;
    /// Adds the fields.
    fn write_fields(&self, fields: &mut Object);
}

/// A field of an object: required, or optional as `Option`.
pub trait Field: Sized {
    /// Reads the field `key`.
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self;
    /// Adds the field, unless it is absent.
    fn put(&self, fields: &mut Object, key: &'static str);
}

fn read_at<T: Wire>(value: &Json, key: &'static str, misfits: &mut Misfits) -> T {
    let read = T::read(value, misfits);
    misfits.within(key);
    read
}

impl<T: Wire> Field for T {
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self {
        let value = fields.get(key);
        if value.is_none() {
            misfits.note("a value");
        }
        read_at(value.unwrap_or(&Json::Null), key, misfits)
    }

    fn put(&self, fields: &mut Object, key: &'static str) {
        fields.insert(key, self.encode());
    }
}

impl<T: Wire> Field for Option<T> {
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self {
        fields.get(key).filter(|value| !value.is_null()).map(|value| read_at(value, key, misfits))
    }

    fn put(&self, fields: &mut Object, key: &'static str) {
        if let Some(value) = self {
            value.put(fields, key);
        }
    }
}

/// Reads a field that has a default when absent.
pub fn take_or_default<T: Wire + Default>(fields: &Object, key: &'static str, misfits: &mut Misfits) -> T {
    fields.get(key).map(|value| read_at(value, key, misfits)).unwrap_or_default()
}

/// The fields that are not `known`, nor the tag.
pub fn rest(fields: &Object, known: &[&str], tagged: bool) -> Object {
    let is_known = |key: &str| known.contains(&key) || (tagged && key == "type");
    fields
        .iter()
        .filter(|(key, _)| !is_known(key))
        .map(|(key, value)| (key.to_owned(), value.clone()))
        .collect()
}

/// The fields of a value that is an object.
pub fn fields<'a>(value: &'a Json, misfits: &mut Misfits) -> &'a Object {
    const NONE: &Object = &Object::new();
    value.as_object().unwrap_or_else(|| {
        misfits.note("an object");
        NONE
    })
}

/// Implements [`Wire`] for a type that is one of JSON's own; `stand_in` is any value of it.
macro_rules! plain {
    ($($type:ty, $expected:literal, $value:ident => $decode:expr, $stand_in:expr, $this:ident => $encode:expr;)+) => {
        $(impl Wire for $type {
            fn read($value: &Json, misfits: &mut Misfits) -> Self {
                $decode.unwrap_or_else(|| {
                    misfits.note($expected);
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

fn whole<T: TryFrom<u64>>(value: &Json) -> Option<T> {
    value.as_number().and_then(Number::as_u64).and_then(|n| T::try_from(n).ok())
}

plain! {
    String, "a string", value => value.as_str().map(str::to_owned), String::new(), this => Json::from(this.as_str());
    bool, "true or false", value => value.as_bool(), false, this => Json::Bool(*this);
    usize, "a whole number", value => whole(value), 0, this => Json::Number((*this as u64).into());
    u32, "a whole number", value => whole(value), 0, this => Json::Number(u64::from(*this).into());
    u64, "a whole number", value => whole(value), 0, this => Json::Number((*this).into());
    i64, "a whole number", value => value.as_number().and_then(Number::as_i64), 0, this => Json::Number((*this).into());
    Number, "a number", value => value.as_number().cloned(), 0_u64.into(), this => Json::Number(this.clone());
    Object, "an object", value => value.as_object().cloned(), Object::new(), this => Json::Object(this.clone());
    Json, "a value", value => Some(value.clone()), Json::Null, this => this.clone();
}

impl<T: Wire> Wire for Vec<T> {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let values = value.as_array().unwrap_or_else(|| {
            misfits.note("an array");
            &[]
        });
        values.iter().map(|value| T::read(value, misfits)).collect()
    }

    fn encode(&self) -> Json {
        Json::Array(self.iter().map(T::encode).collect())
    }
}
