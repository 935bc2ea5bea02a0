//! Widgets: trees of components the server describes.

use crate::json::Json;

use super::Extra;
use super::declare::serde_through_wire;
use super::wire::{Misfits, Wire};

/// A component and everything below it, as the server sent it. Servers build widgets from templates that pass
/// any property through, so the object is kept whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Widget(pub Extra);

impl Widget {
    /// `type` of the component; empty when absent.
    pub fn kind(&self) -> &str {
        self.0.get("type").and_then(Json::as_str).unwrap_or_default()
    }

    /// `id` of the component, by which updates name it.
    pub fn id(&self) -> Option<&str> {
        self.0.get("id").and_then(Json::as_str)
    }
}

impl Wire for Widget {
    fn read(value: &Json, misfits: &mut Misfits) -> Self {
        Self(Extra::read(value, misfits))
    }

    fn encode(&self) -> Json {
        self.0.encode()
    }
}

serde_through_wire!(Widget);
