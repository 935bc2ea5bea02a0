//! How the types of the protocol are decoded and encoded.
//!
//! Serde's derive does the same in a line a type, but with `flatten` and tagged enums it compiles every type
//! several times over: decoding took 72 KB of compressed wasm that way and takes 30 KB this way, of the 260 KB
//! the element may weigh. Here all types are read from one form, [`Value`], through a few small functions.
//! Serde's traits are implemented on top, so the types are used like any others.

use serde_json::{Number, Value};

use super::Extra;

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

fn expected<T>(expected: &'static str) -> Result<T, Misfit> {
    Err(Misfit { field: "", expected })
}

/// A type with a JSON form.
pub trait Wire: Sized {
    /// Reads the value.
    fn decode(value: &Value) -> Result<Self, Misfit>;
    /// Gives the value that was read.
    fn encode(&self) -> Value;
}

/// A type whose JSON form is an object, possibly with a `type` that its enum has read already.
pub trait Object: Sized {
    /// Reads the fields; what is unknown goes to `extra`, except a `type` that is the `tag`.
    fn from_fields(fields: &Extra, tagged: bool) -> Result<Self, Misfit>;
    /// Adds the fields.
    fn to_fields(&self, fields: &mut Extra);
}

/// A field of an object: required, or optional as `Option`.
pub trait Field: Sized {
    /// Reads the field `key`.
    fn take(fields: &Extra, key: &'static str) -> Result<Self, Misfit>;
    /// Adds the field, unless it is absent.
    fn put(&self, fields: &mut Extra, key: &'static str);
}

fn at<T: Wire>(value: &Value, key: &'static str) -> Result<T, Misfit> {
    T::decode(value)
        .map_err(|misfit| if misfit.field.is_empty() { Misfit { field: key, ..misfit } } else { misfit })
}

impl<T: Wire> Field for T {
    fn take(fields: &Extra, key: &'static str) -> Result<Self, Misfit> {
        at(fields.get(key).ok_or(Misfit { field: key, expected: "a value" })?, key)
    }

    fn put(&self, fields: &mut Extra, key: &'static str) {
        fields.insert(key.to_owned(), self.encode());
    }
}

impl<T: Wire> Field for Option<T> {
    fn take(fields: &Extra, key: &'static str) -> Result<Self, Misfit> {
        match fields.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => at(value, key).map(Some),
        }
    }

    fn put(&self, fields: &mut Extra, key: &'static str) {
        if let Some(value) = self {
            value.put(fields, key);
        }
    }
}

/// Reads a field that has a default when absent.
pub fn take_or_default<T: Wire + Default>(fields: &Extra, key: &'static str) -> Result<T, Misfit> {
    fields.get(key).map_or_else(|| Ok(T::default()), |value| at(value, key))
}

/// The fields that are not `known`, nor the tag.
pub fn rest(fields: &Extra, known: &[&str], tagged: bool) -> Extra {
    let is_known = |key: &str| known.contains(&key) || (tagged && key == "type");
    fields.iter().filter(|(key, _)| !is_known(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The fields of a value that is an object.
pub fn fields(value: &Value) -> Result<&Extra, Misfit> {
    value.as_object().map_or_else(|| expected("an object"), Ok)
}

/// Implements [`Wire`] for a type that is one of JSON's own.
macro_rules! plain {
    ($($type:ty, $expected:literal, $value:ident => $decode:expr, $this:ident => $encode:expr;)+) => {
        $(impl Wire for $type {
            fn decode($value: &Value) -> Result<Self, Misfit> {
                $decode.map_or_else(|| expected($expected), Ok)
            }
            fn encode(&self) -> Value {
                let $this = self;
                $encode
            }
        })+
    };
}

plain! {
    String, "a string", value => value.as_str().map(str::to_owned), this => Value::String(this.clone());
    bool, "true or false", value => value.as_bool(), this => Value::Bool(*this);
    usize, "a whole number", value => value.as_u64().and_then(|n| usize::try_from(n).ok()), this => (*this).into();
    u32, "a whole number", value => value.as_u64().and_then(|n| u32::try_from(n).ok()), this => (*this).into();
    i64, "a whole number", value => value.as_i64(), this => (*this).into();
    Number, "a number", value => value.as_number().cloned(), this => Value::Number(this.clone());
    Extra, "an object", value => value.as_object().cloned(), this => Value::Object(this.clone());
    Value, "a value", value => Some(value.clone()), this => this.clone();
}

impl<T: Wire> Wire for Vec<T> {
    fn decode(value: &Value) -> Result<Self, Misfit> {
        value.as_array().map_or_else(|| expected("an array"), |values| values.iter().map(T::decode).collect())
    }

    fn encode(&self) -> Value {
        Value::Array(self.iter().map(T::encode).collect())
    }
}

/// Implements serde's traits through [`Wire`].
macro_rules! serde_through_wire {
    ($name:ident $(<$generic:ident>)?) => {
        impl $(<$generic: $crate::protocol::wire::Wire>)? serde::Serialize for $name $(<$generic>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::protocol::wire::Wire::encode(self).serialize(serializer)
            }
        }

        impl<'de $(, $generic: $crate::protocol::wire::Wire)?> serde::Deserialize<'de> for $name $(<$generic>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                $crate::protocol::wire::Wire::decode(&value).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// The key of a field: its name, or the one given.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// Reads a field, with `default` where it may be absent.
macro_rules! take {
    ($fields:expr, $key:expr) => {
        $crate::protocol::wire::Field::take($fields, $key)?
    };
    ($fields:expr, $key:expr, default) => {
        $crate::protocol::wire::take_or_default($fields, $key)?
    };
}

/// Declares an object of the protocol. `= default` marks a field that has its default when absent, `as "key"`
/// one with another key; `Option` fields may be absent. A field `extra` keeps what is unknown.
macro_rules! object {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$fdoc:meta])* pub $field:ident $(as $key:literal)?: $type:ty $(= $default:ident)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
            /// Fields beyond the known ones.
            pub extra: $crate::protocol::Extra,
        }

        impl $crate::protocol::wire::Object for $name {
            fn from_fields(
                fields: &$crate::protocol::Extra,
                tagged: bool,
            ) -> Result<Self, $crate::protocol::wire::Misfit> {
                use $crate::protocol::wire::{key, rest, take};
                Ok(Self {
                    $($field: take!(fields, key!($field $($key)?) $(, $default)?),)*
                    extra: rest(fields, &[$(key!($field $($key)?)),*], tagged),
                })
            }

            fn to_fields(&self, fields: &mut $crate::protocol::Extra) {
                #[allow(unused_imports, reason = "an object may have no fields of its own")]
                use $crate::protocol::wire::{Field, key};
                fields.extend(self.extra.clone());
                $(self.$field.put(fields, key!($field $($key)?));)*
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn decode(value: &serde_json::Value) -> Result<Self, $crate::protocol::wire::Misfit> {
                $crate::protocol::wire::Object::from_fields($crate::protocol::wire::fields(value)?, false)
            }

            fn encode(&self) -> serde_json::Value {
                let mut fields = $crate::protocol::Extra::new();
                $crate::protocol::wire::Object::to_fields(self, &mut fields);
                serde_json::Value::Object(fields)
            }
        }

        $crate::protocol::wire::serde_through_wire!($name);
    };
}

/// Declares an enum of objects told apart by `type`, with `Unknown` for every other value.
macro_rules! tagged {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$vdoc:meta])* $variant:ident $(($body:ty))? $({
            $($(#[$fdoc:meta])* $field:ident: $type:ty,)*
        })? = $text:literal,)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[$vdoc])* $variant $(($body))? $({
                $($(#[$fdoc])* $field: $type,)*
                /// Fields beyond the known ones.
                extra: $crate::protocol::Extra,
            })?,)+
            /// A type this version does not know, or a known one that lacks what it needs.
            Unknown(serde_json::Value),
        }

        impl $name {
            fn known(value: &serde_json::Value) -> Result<Option<Self>, $crate::protocol::wire::Misfit> {
                let fields = $crate::protocol::wire::fields(value)?;
                Ok(match fields.get("type").and_then(serde_json::Value::as_str) {
                    $(Some($text) => {
                        $(Some(Self::$variant(<$body as $crate::protocol::wire::Object>::from_fields(fields, true)?)))?
                        $(Some(Self::$variant {
                            $($field: $crate::protocol::wire::take!(fields, stringify!($field)),)*
                            extra: $crate::protocol::wire::rest(fields, &[$(stringify!($field)),*], true),
                        }))?
                    })+
                    _ => None,
                })
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn decode(value: &serde_json::Value) -> Result<Self, $crate::protocol::wire::Misfit> {
                let known = Self::known(value).ok().flatten();
                Ok(known.unwrap_or_else(|| Self::Unknown(value.clone())))
            }

            fn encode(&self) -> serde_json::Value {
                let mut fields = $crate::protocol::Extra::new();
                $crate::protocol::wire::encode_variants!(self, fields, $name,
                    $($variant $(($body))? $({ $($field)* })? = $text,)+);
                serde_json::Value::Object(fields)
            }
        }

        $crate::protocol::wire::serde_through_wire!($name);
    };
}

/// The arms of a tagged enum's `encode`, one by one: a variant has either a body or fields.
macro_rules! encode_variants {
    ($this:expr, $fields:ident, $name:ident, ) => {
        if let $name::Unknown(value) = $this {
            return value.clone();
        }
    };
    ($this:expr, $fields:ident, $name:ident, $variant:ident ($body:ty) = $text:literal, $($more:tt)*) => {
        if let $name::$variant(body) = $this {
            $crate::protocol::wire::Object::to_fields(body, &mut $fields);
            $fields.insert("type".to_owned(), $text.into());
        }
        $crate::protocol::wire::encode_variants!($this, $fields, $name, $($more)*);
    };
    ($this:expr, $fields:ident, $name:ident, $variant:ident { $($field:ident)* } = $text:literal, $($more:tt)*) => {
        if let $name::$variant { $($field,)* extra } = $this {
            $fields.extend(extra.clone());
            $($crate::protocol::wire::Field::put($field, &mut $fields, stringify!($field));)*
            $fields.insert("type".to_owned(), $text.into());
        }
        $crate::protocol::wire::encode_variants!($this, $fields, $name, $($more)*);
    };
}

pub(super) use {encode_variants, key, object, serde_through_wire, tagged, take};
