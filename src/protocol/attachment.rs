//! Files attached to user messages.

use crate::json::Json;

use super::declare::{object, tagged};
use super::{Extra, words::open_enum};

tagged! {
    /// A file the reader attached. Its kind is the server's choice, not derived from the MIME type.
    pub enum Attachment kind "file" {
        /// Any file, shown as a chip.
        File(FileAttachment) = "file",
        /// An image, shown as a thumbnail.
        Image(ImageAttachment) = "image",
    }
}

impl Attachment {
    /// The id a message refers to; empty for an unknown attachment without one.
    pub fn id(&self) -> &str {
        self.word(|a| &a.id, |a| &a.id, "id")
    }

    /// The file's name; empty for an unknown attachment without one.
    pub fn name(&self) -> &str {
        self.word(|a| &a.name, |a| &a.name, "name")
    }

    /// How the bytes are to be uploaded, in the two-phase strategy.
    pub fn upload_descriptor(&self) -> Option<&AttachmentUploadDescriptor> {
        match self {
            Self::File(a) => a.upload_descriptor.as_ref(),
            Self::Image(a) => a.upload_descriptor.as_ref(),
            Self::Unknown(_) => None,
        }
    }

    /// Where servers before SDK 1.5, which knew no upload descriptor, want the bytes.
    pub fn legacy_upload_url(&self) -> Option<&str> {
        let extra = match self {
            Self::File(a) => &a.extra,
            Self::Image(a) => &a.extra,
            Self::Unknown(value) => return value.get("upload_url").and_then(Json::as_str),
        };
        extra.get("upload_url").and_then(Json::as_str)
    }

    /// Where a thumbnail is, if the server says so; untrusted.
    pub fn preview_url(&self) -> Option<&str> {
        match self {
            Self::Image(a) => a.preview_url.as_deref(),
            Self::File(_) | Self::Unknown(_) => None,
        }
    }

    fn word<'a>(
        &'a self,
        file: impl Fn(&'a FileAttachment) -> &'a str,
        image: impl Fn(&'a ImageAttachment) -> &'a str,
        key: &str,
    ) -> &'a str {
        match self {
            Self::File(attachment) => file(attachment),
            Self::Image(attachment) => image(attachment),
            Self::Unknown(value) => value.get(key).and_then(Json::as_str).unwrap_or_default(),
        }
    }
}

object! {
    /// Body of [`Attachment::File`].
    pub struct FileAttachment {
        /// Opaque id.
        pub id: String,
        /// Name of the file.
        pub name: String = default,
        /// MIME type.
        pub mime_type: String = default,
        /// Present after `attachments.create` until the upload is complete.
        pub upload_descriptor: Option<AttachmentUploadDescriptor>,
        /// The thread it belongs to, once sent.
        pub thread_id: Option<String>,
    }
}

object! {
    /// Body of [`Attachment::Image`].
    pub struct ImageAttachment {
        /// Opaque id.
        pub id: String,
        /// Name of the file.
        pub name: String = default,
        /// MIME type.
        pub mime_type: String = default,
        /// Where the thumbnail is; untrusted.
        pub preview_url: Option<String>,
        /// Present after `attachments.create` until the upload is complete.
        pub upload_descriptor: Option<AttachmentUploadDescriptor>,
        /// The thread it belongs to, once sent.
        pub thread_id: Option<String>,
    }
}

object! {
    /// Instructions for the second phase of a two-phase upload.
    pub struct AttachmentUploadDescriptor {
        /// Where the bytes go.
        pub url: String,
        /// How they go.
        pub method: Option<UploadMethod>,
        /// Headers to add; a map of strings on every known server.
        pub headers: Extra = default,
    }
}

open_enum! {
    /// HTTP method of an upload.
    pub enum UploadMethod {
        /// Multipart form with the field `file`.
        Post = "POST",
        /// The raw bytes.
        Put = "PUT",
    }
}
