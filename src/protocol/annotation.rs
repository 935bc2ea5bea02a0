//! Annotations of assistant text and the sources they cite.

use crate::json::Json;

use super::Extra;
use super::declare::{object, tagged};

tagged! {
    /// A reference attached to assistant text.
    #[allow(clippy::large_enum_variant, reason = "the small one hardly ever occurs; on wasm they are of a size")]
    pub enum Annotation kind "annotation" {
        /// The one kind there is: a source, cited at a place in the text.
        Source(SourceAnnotation) = "annotation",
    }
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

object! {
    /// Body of [`Annotation::Source`].
    pub struct SourceAnnotation {
        /// What is cited.
        pub source: Source,
        /// Unicode code points (the server counts in Python) from the start of the content part.
        pub index: Option<u32>,
    }
}

tagged! {
    /// Something an answer can cite.
    pub enum Source {
        /// A page on the web.
        Url(UrlSource) = "url",
        /// A file, shown as a label only.
        File(FileSource) = "file",
        /// A thing of the integrator's own.
        Entity(EntitySource) = "entity",
    }
}

impl Source {
    /// The title readers see; empty for an unknown source without one.
    pub fn title(&self) -> &str {
        match self {
            Self::Url(source) => &source.title,
            Self::File(source) => &source.title,
            Self::Entity(source) => &source.title,
            Self::Unknown(value) => value.get("title").and_then(Json::as_str).unwrap_or_default(),
        }
    }
}

object! {
    /// A page on the web.
    pub struct UrlSource {
        /// Shown to the reader.
        pub title: String = default,
        /// Where the link goes; untrusted.
        pub url: String,
        /// Whose page it is, for example the host name.
        pub attribution: Option<String>,
        /// A sentence about it.
        pub description: Option<String>,
        /// A date, in the server's own wording.
        pub timestamp: Option<String>,
        /// Heading under which it is listed.
        pub group: Option<String>,
    }
}

object! {
    /// A file.
    pub struct FileSource {
        /// Shown to the reader.
        pub title: String = default,
        /// Name of the file.
        pub filename: String = default,
        /// A sentence about it.
        pub description: Option<String>,
        /// A date, in the server's own wording.
        pub timestamp: Option<String>,
        /// Heading under which it is listed.
        pub group: Option<String>,
    }
}

object! {
    /// A thing of the integrator's own: a person, a document, a claim.
    pub struct EntitySource {
        /// Shown to the reader.
        pub title: String,
        /// The integrator's identifier.
        pub id: String = default,
        /// Icon name.
        pub icon: Option<String>,
        /// Label in the header of the hover card.
        pub label: Option<String>,
        /// Label of the marker in the text; the icon stands there when absent.
        pub inline_label: Option<String>,
        /// Whether clicks and previews go to the integrator's callbacks.
        pub interactive: bool = default,
        /// Passed to the integrator's callbacks.
        pub data: Extra = default,
        /// A sentence about it.
        pub description: Option<String>,
        /// A date, in the server's own wording.
        pub timestamp: Option<String>,
        /// Heading under which it is listed.
        pub group: Option<String>,
    }
}
