//! How the types of the protocol are declared: a struct or enum as Rust has them, with its JSON form beside it.

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
                let value = $crate::json::Json::deserialize(deserializer)?;
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

/// Reads a field that is needed, or as its marker says.
macro_rules! take {
    ($fields:expr, $key:expr, $misfits:expr) => {
        $crate::protocol::wire::Field::take($fields, $key, $misfits)
    };
    ($fields:expr, $key:expr, $misfits:expr, default) => {
        $crate::protocol::wire::take_or_default($fields, $key, $misfits)
    };
    ($fields:expr, $key:expr, $misfits:expr, if_given) => {
        $crate::protocol::wire::take_if_given($fields, $key, $misfits)
    };
}

/// Implements [`Wire`] through [`Body`].
macro_rules! wire_through_body {
    ($name:ident) => {
        impl $crate::protocol::wire::Wire for $name {
            fn read(value: &$crate::json::Json, misfits: &mut $crate::protocol::wire::Misfits) -> Self {
                let fields = $crate::protocol::wire::fields(value, misfits);
                $crate::protocol::wire::Body::read_fields(fields, false, misfits)
            }

            fn encode(&self) -> $crate::json::Json {
                let mut fields = $crate::json::Object::new();
                $crate::protocol::wire::Body::write_fields(self, &mut fields);
                $crate::json::Json::Object(fields)
            }
        }
    };
}

/// Declares an object that only the client writes: an [`object!`] without `extra`.
macro_rules! params {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$fdoc:meta])* pub $field:ident $(as $key:literal)?: $type:ty $(= $default:ident)?,)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$fdoc])* pub $field: $type,)*
        }

        impl $crate::protocol::wire::Body for $name {
            fn read_fields(
                fields: &$crate::json::Object,
                _tagged: bool,
                misfits: &mut $crate::protocol::wire::Misfits,
            ) -> Self {
                use $crate::protocol::declare::{key, take};
                Self { $($field: take!(fields, key!($field $($key)?), misfits $(, $default)?),)* }
            }

            fn write_fields(&self, fields: &mut $crate::json::Object) {
                use $crate::protocol::declare::key;
                use $crate::protocol::wire::Field;
                $(self.$field.put(fields, key!($field $($key)?));)*
            }
        }

        $crate::protocol::declare::wire_through_body!($name);
        $crate::protocol::declare::serde_through_wire!($name);
    };
}

/// Declares an object of the protocol. A field is needed: without it the object does not count. `= default` marks one
/// that is not, as `Option` does, `= if_given` one that may be absent but not be anything else; `as "key"` gives it another
/// key. A field `extra` keeps what is unknown.
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

        impl $crate::protocol::wire::Body for $name {
            fn read_fields(
                fields: &$crate::json::Object,
                tagged: bool,
                misfits: &mut $crate::protocol::wire::Misfits,
            ) -> Self {
                use $crate::protocol::declare::{key, take};
                use $crate::protocol::wire::rest;
                Self {
                    $($field: take!(fields, key!($field $($key)?), misfits $(, $default)?),)*
                    extra: rest(fields, &[$(key!($field $($key)?)),*], tagged),
                }
            }

            fn write_fields(&self, fields: &mut $crate::json::Object) {
                #[allow(unused_imports, reason = "an object may have no fields of its own")]
                use $crate::protocol::declare::key;
                use $crate::protocol::wire::Field;
                *fields = self.extra.clone();
                $(self.$field.put(fields, key!($field $($key)?));)*
            }
        }

        $crate::protocol::declare::wire_through_body!($name);
        $crate::protocol::declare::serde_through_wire!($name);
    };
}

/// The `type` of an object that has none, and what a string in the object's place is.
macro_rules! bare {
    () => {
        $crate::protocol::tag::Bare { kind: None, text: false }
    };
    (kind $kind:literal) => {
        $crate::protocol::tag::Bare { kind: Some($kind), text: false }
    };
    (text $kind:literal) => {
        $crate::protocol::tag::Bare { kind: Some($kind), text: true }
    };
}

/// Declares an enum of objects told apart by `type`, with `Unknown` for every other value; `| "…"` is another word for
/// the same type. A string in the object's place is its `type`. After the name may follow the type of objects that have
/// none: as `kind "…"`, or as `text "…"` where a string is the `text` of such an object.
macro_rules! tagged {
    ($(#[$doc:meta])* pub enum $name:ident $($bare:ident $kind:literal)? {
        $($(#[$vdoc:meta])* $variant:ident $(($body:ty))? $({
            $($(#[$fdoc:meta])* $field:ident: $type:ty $(= $default:ident)?,)*
        })? = $text:literal $(| $alias:literal)?,)+
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
            Unknown($crate::json::Json),
        }

        impl $name {
            fn known(
                fields: &$crate::json::Object,
                misfits: &mut $crate::protocol::wire::Misfits,
            ) -> Option<Self> {
                match $crate::protocol::tag::kind(fields, misfits)? {
                    $($text $(| $alias)? => {
                        $(Some(Self::$variant(<$body as $crate::protocol::wire::Body>::read_fields(fields, true, misfits))))?
                        $(Some(Self::$variant {
                            $($field: $crate::protocol::declare::take!(fields, stringify!($field), misfits $(, $default)?),)*
                            extra: $crate::protocol::wire::rest(fields, &[$(stringify!($field)),*], true),
                        }))?
                    })+
                    other => {
                        misfits.unknown_type(other);
                        None
                    }
                }
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn read(value: &$crate::json::Json, misfits: &mut $crate::protocol::wire::Misfits) -> Self {
                const BARE: $crate::protocol::tag::Bare = $crate::protocol::declare::bare!($($bare $kind)?);
                if !misfits.is_unfit() {
                    let fields = $crate::protocol::tag::fields(value, BARE, misfits);
                    let known = Self::known(&fields, misfits);
                    if let (Some(known), false) = (known, misfits.give_up()) {
                        return known;
                    }
                }
                Self::Unknown(value.clone())
            }

            fn encode(&self) -> $crate::json::Json {
                let mut fields = $crate::json::Object::new();
                $crate::protocol::declare::encode_variants!(self, fields, $name,
                    $($variant $(($body))? $({ $($field)* })? = $text,)+);
                $crate::json::Json::Object(fields)
            }
        }

        $crate::protocol::declare::serde_through_wire!($name);
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
            $crate::protocol::wire::Body::write_fields(body, &mut $fields);
            $fields.insert("type", $text.into());
        }
        $crate::protocol::declare::encode_variants!($this, $fields, $name, $($more)*);
    };
    ($this:expr, $fields:ident, $name:ident, $variant:ident { $($field:ident)* } = $text:literal, $($more:tt)*) => {
        if let $name::$variant { $($field,)* extra } = $this {
            $fields = extra.clone();
            $($crate::protocol::wire::Field::put($field, &mut $fields, stringify!($field));)*
            $fields.insert("type", $text.into());
        }
        $crate::protocol::declare::encode_variants!($this, $fields, $name, $($more)*);
    };
}

pub(super) use {
    bare, encode_variants, key, object, params, serde_through_wire, tagged, take, wire_through_body,
};
