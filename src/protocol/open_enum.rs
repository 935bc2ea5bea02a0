//! Enums of strings that stay open: a word this version does not know is kept, not refused.

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
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text),
                }
            }
        }

        impl $crate::protocol::wire::Wire for $name {
            fn decode(value: &serde_json::Value) -> Result<Self, $crate::protocol::wire::Misfit> {
                String::decode(value).map(Self::from)
            }

            fn encode(&self) -> serde_json::Value {
                self.as_str().into()
            }
        }

        $crate::protocol::wire::serde_through_wire!($name);
    };
}
pub(super) use open_enum;
