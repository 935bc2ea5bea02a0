//! How the types of the protocol are decoded and encoded.
//!
//! Serde's derive does the same in a line a type, but with `flatten` and tagged enums it compiles every type
//! several times over: decoding took 72 KB of compressed wasm that way, of the 260 KB the element may weigh. Here
//! all types are read from one form, [`Json`], through a few small functions. Reading does not stop at what does not
//! fit, as every way out in between would be code again, for every field: it notes the **misfit**, and something of
//! the type stands in until whoever asked has seen the note.
//! Serde's traits are implemented on top, so the types are used like any others.
//!
//! A field is one of two things, and the declaration of its type says which:
//! - **needed**: its object cannot be shown without it. A misfit there is a misfit of the object.
//! - **not needed** (an `Option`, or one with a default): a misfit there costs the field alone. `null`, and an empty
//!   string, are the same as absence, which is no misfit.
//!
//! A row of a list is never needed: one that does not fit is left out. What was left out is told, see [`Decoded`].
//!
//! What comes from a server is read **leniently** ([`Wire::decode_leniently`]): a number where a string belongs and
//! the reverse, a JSON text where an object belongs, one value where a list of them belongs. What a page gives to a
//! method, and what we wrote ourselves, is read exactly ([`Wire::decode`]).

use crate::json::{Json, Object};

pub use super::misfit::{Decoded, Misfit, Misfits};

/// A type with a JSON form.
pub trait Wire: Sized {
    /// Reads the value. With a misfit the result only stands in for one.
    fn read(value: &Json, misfits: &mut Misfits) -> Self;
    /// Gives the value that was read.
    fn encode(&self) -> Json;

    /// Whether the value says as little as an absent one, where one may be absent.
    fn is_nothing(value: &Json) -> bool {
        says_nothing(value)
    }

    /// Reads the value exactly.
    ///
    /// # Errors
    /// What does not fit.
    fn decode(value: &Json) -> Result<Self, Misfit> {
        let mut misfits = Misfits::exact();
        let value = Self::read(value, &mut misfits);
        misfits.check().map(|_| value)
    }

    /// Reads the value leniently.
    ///
    /// # Errors
    /// What does not fit, where the value cannot be shown without it.
    fn decode_leniently(value: &Json) -> Result<Decoded<Self>, Misfit> {
        let mut misfits = Misfits::lenient();
        let value = Self::read(value, &mut misfits);
        misfits.check().map(|misfits| Decoded { value, misfits })
    }
}

/// Whether a value is `null` or an empty string.
pub fn says_nothing(value: &Json) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// A type whose JSON form is an object, possibly with a `type` that its enum has read already.
pub trait Body: Sized {
    /// Reads the fields; what is unknown goes to `extra`, except a `type` that is the `tag`.
    fn read_fields(fields: &Object, tagged: bool, misfits: &mut Misfits) -> Self;
    /// Adds the fields.
    fn write_fields(&self, fields: &mut Object);
}

/// A field of an object: needed, or not as `Option`.
pub trait Field: Sized {
    /// Reads the field `key`.
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self;
    /// Adds the field, unless it is absent.
    fn put(&self, fields: &mut Object, key: &'static str);
}

impl<T: Wire> Field for T {
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self {
        let value = misfits.enter(fields, key);
        let read = T::read(value, misfits);
        misfits.leave();
        read
    }

    fn put(&self, fields: &mut Object, key: &'static str) {
        fields.insert(key, self.encode());
    }
}

impl<T: Wire> Field for Option<T> {
    fn take(fields: &Object, key: &'static str, misfits: &mut Misfits) -> Self {
        let mut read = None;
        let mut store = |value: &Json, misfits: &mut Misfits| read = Some(T::read(value, misfits));
        let fits = if_given(fields, key, misfits, T::is_nothing, &mut store) && !misfits.lose();
        if fits { read } else { None }
    }

    fn put(&self, fields: &mut Object, key: &'static str) {
        if let Some(value) = self {
            value.put(fields, key);
        }
    }
}

/// Reads a field where there is something. Returns whether there is. Of all types, so that it is compiled once.
fn if_given(
    fields: &Object,
    key: &'static str,
    misfits: &mut Misfits,
    is_nothing: fn(&Json) -> bool,
    read: &mut dyn FnMut(&Json, &mut Misfits),
) -> bool {
    let value = misfits.enter(fields, key);
    let given = !is_nothing(value);
    if given {
        read(value, misfits);
    }
    misfits.leave();
    given
}

/// Reads a field that is not needed and has a default.
pub fn take_or_default<T: Wire + Default>(fields: &Object, key: &'static str, misfits: &mut Misfits) -> T {
    <Option<T> as Field>::take(fields, key, misfits).unwrap_or_default()
}

/// Reads a field that may be absent, but is needed where it is there: its default would say something else.
pub fn take_if_given<T: Wire + Default>(fields: &Object, key: &'static str, misfits: &mut Misfits) -> T {
    let mut read = T::default();
    let mut store = |value: &Json, misfits: &mut Misfits| read = T::read(value, misfits);
    if_given(fields, key, misfits, T::is_nothing, &mut store);
    read
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
        misfits.note(value, "an object");
        NONE
    })
}

/// The values of a list; of one value without its list, that one.
fn rows<'a>(value: &'a Json, misfits: &mut Misfits) -> &'a [Json] {
    match value.as_array() {
        Some(values) => values,
        None if misfits.is_lenient() && !value.is_null() => std::slice::from_ref(value),
        None => {
            misfits.note(value, "an array");
            &[]
        }
    }
}

/// Reads the rows of a list, each by `read`. Of all types, so that it is compiled once.
fn each(value: &Json, misfits: &mut Misfits, read: &mut dyn FnMut(&Json, &mut Misfits)) {
    for (index, value) in rows(value, misfits).iter().enumerate() {
        if !(value.is_null() && misfits.is_lenient()) {
            misfits.enter_row(index);
            read(value, misfits);
            misfits.leave();
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        let mut rows = Vec::new();
        each(value, misfits, &mut |value, misfits| {
            let row = T::read(value, misfits);
            if !misfits.lose() {
                rows.push(row);
            }
        });
        rows
    }

    fn encode(&self) -> Json {
        Json::Array(self.iter().map(T::encode).collect())
    }
}
