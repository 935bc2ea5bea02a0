//! Enums of strings. What servers say stays open: a word this version does not know is kept, not refused, and capitals
//! make no other word of one.

/// Declares an enum whose variants are the strings of the protocol, plus `Unknown(String)` for every other
/// string.
macro_rules! open_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A word this version does not know.
            Unknown(String),
        }

        impl $name {
            /// The word as it stands in the JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(other) => other,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $(if text.eq_ignore_ascii_case($text) {
                    return Self::$variant;
                })+
                Self::Unknown(text)
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn read(value: &$crate::json::Json, misfits: &mut $crate::protocol::wire::Misfits) -> Self {
                String::read(value, misfits).into()
            }

            fn encode(&self) -> $crate::json::Json {
                self.as_str().into()
            }
        }

        $crate::protocol::declare::serde_through_wire!($name);
    };
}

/// Declares an enum of words that only the client says.
macro_rules! closed_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word as it stands in the JSON.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn read(value: &$crate::json::Json, misfits: &mut $crate::protocol::wire::Misfits) -> Self {
                let found = Self::ALL.iter().find(|word| value.as_str() == Some(word.as_str()));
                *found.unwrap_or_else(|| {
                    misfits.note(value, concat!("one of", $(" `", $text, "`",)+));
                    &Self::ALL[0]
                })
            }

            fn encode(&self) -> $crate::json::Json {
                self.as_str().into()
            }
        }

        $crate::protocol::declare::serde_through_wire!($name);
    };
}

pub(super) use {closed_enum, open_enum};
