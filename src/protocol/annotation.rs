//! Annotations of assistant text and the sources they cite.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Extra;

/// A reference attached to assistant text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
#[expect(clippy::large_enum_variant, reason = "the small variant is the one that hardly ever occurs")]
pub enum Annotation {
    /// The one kind there is: a source, cited at a place in the text.
    #[serde(rename = "annotation")]
    Source(SourceAnnotation),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}

impl Annotation {
    /// The cited source, if this version understands the annotation.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Source(annotation) => Some(&annotation.source),
            Self::Unknown(_) => None,
        }
    }

    /// Where the marker goes, in Unicode code points from the start of its content part; `None` means the
    /// source is only listed.
    pub fn index(&self) -> Option<u32> {
        match self {
            Self::Source(annotation) => annotation.index,
            Self::Unknown(_) => None,
        }
    }
}

/// Body of [`Annotation::Source`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceAnnotation {
    /// What is cited.
    pub source: Source,
    /// Unicode code points (the server counts in Python) from the start of the content part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Something an answer can cite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Source {
    /// A page on the web.
    #[serde(rename = "url")]
    Url(UrlSource),
    /// A file, shown as a label only.
    #[serde(rename = "file")]
    File(FileSource),
    /// A thing of the integrator's own.
    #[serde(rename = "entity")]
    Entity(EntitySource),
    /// A kind this version does not know, or one that lacks what it needs.
    #[serde(untagged)]
    Unknown(Value),
}

impl Source {
    /// The title readers see; empty for an unknown source without one.
    pub fn title(&self) -> &str {
        match self {
            Self::Url(source) => &source.title,
            Self::File(source) => &source.title,
            Self::Entity(source) => &source.title,
            Self::Unknown(value) => value.get("title").and_then(Value::as_str).unwrap_or_default(),
        }
    }
}

/// A page on the web.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UrlSource {
    /// Shown to the reader.
    pub title: String,
    /// Where the link goes; untrusted.
    pub url: String,
    /// Whose page it is, for example the host name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A date, in the server's own wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Heading under which it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileSource {
    /// Shown to the reader.
    pub title: String,
    /// Name of the file.
    pub filename: String,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A date, in the server's own wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Heading under which it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Fields beyond the known ones.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A thing of the integrator's own: a person, a document, a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntitySource {
    /// Shown to the reader.
    pub title: String,
    /// The integrator's identifier.
    pub id: String,
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Label in the header of the hover card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Label of the marker in the text; the icon stands there when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inline_label: Option<String>,
    /// Whether clicks and previews go to the integrator's callbacks.
    #[serde(default)]
    pub interactive: bool,
    /// Passed to the integrator's callbacks.
    #[serde(default)]
    pub data: Extra,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A date, in the server's own wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// Heading under which it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Fields beyond the known ones (among them the deprecated, ignored `preview`).
    #[serde(flatten)]
    pub extra: Extra,
}
