//! Widgets: trees of components the server describes.

use serde_json::Value;

use super::Extra;
use super::wire::{Misfit, Wire, serde_through_wire};

/// A component and everything below it, as the server sent it. Servers build widgets from templates that pass
/// any property through, so the object is kept whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widget(pub Extra);

impl Widget {
    /// `type` of the component; empty when absent.
    pub fn kind(&self) -> &str {
        self.0.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    /// `id` of the component, by which updates name it.
    pub fn id(&self) -> Option<&str> {
        self.0.get("id").and_then(Value::as_str)
    }
}

impl Wire for Widget {
    fn decode(value: &Value) -> Result<Self, Misfit> {
        Extra::decode(value).map(Self)
    }

    fn encode(&self) -> Value {
        self.0.encode()
    }
}

serde_through_wire!(Widget);
