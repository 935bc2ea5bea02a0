//! Widgets: trees of components the server describes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Extra;

/// A component and everything below it, as the server sent it. Servers build widgets from templates that pass
/// any property through, so the object is kept whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
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
