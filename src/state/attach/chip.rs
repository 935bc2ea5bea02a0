//! One attachment of the draft, from the file the reader picked to the attachment the server has.

use super::super::CallId;
use crate::protocol::Attachment;

/// Names a file whose bytes the edge holds; given out by the edge, never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u64);

/// Names one chip; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChipKey(pub u64);

/// Names one request with a file's bytes; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(pub u64);

/// A file the reader chose, or that the page gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedFile {
    /// Where its bytes are.
    pub file: FileId,
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// MIME type, as far as the browser knows it; empty otherwise.
    pub mime_type: String,
    /// The address of a picture of it, where it is one; good for as long as the edge holds the file.
    pub preview: Option<String>,
}

/// One attachment of the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// Stable while it is there.
    pub key: ChipKey,
    /// How far it is.
    pub stage: Stage,
}

/// How far a chip is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// The server is being told of the file.
    Announcing {
        /// The file.
        file: PickedFile,
        /// The request.
        call: CallId,
    },
    /// The bytes are on their way.
    Uploading {
        /// The file.
        file: PickedFile,
        /// The request.
        upload: UploadId,
        /// What the server made of the announcement; `None` for a direct upload.
        announced: Option<Box<Attachment>>,
    },
    /// It did not work; the reader can try again.
    Failed {
        /// The file.
        file: PickedFile,
        /// The id of an announced attachment that got no bytes.
        announced: Option<String>,
    },
    /// The server has it.
    Uploaded {
        /// As the server describes it.
        attachment: Box<Attachment>,
        /// The file it was made of, where this element uploaded it for the draft at hand.
        file: Option<PickedFile>,
        /// Whether this element uploaded it. What the page brought is the page's to delete.
        ours: bool,
    },
}

impl Chip {
    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.stage {
            Stage::Announcing { file, .. } | Stage::Uploading { file, .. } | Stage::Failed { file, .. } => {
                &file.name
            }
            Stage::Uploaded { attachment, .. } => attachment.name(),
        }
    }

    /// The file it is made of.
    pub(super) fn file(&self) -> Option<&PickedFile> {
        match &self.stage {
            Stage::Announcing { file, .. } | Stage::Uploading { file, .. } | Stage::Failed { file, .. } => {
                Some(file)
            }
            Stage::Uploaded { file, .. } => file.as_ref(),
        }
    }

    /// Where a picture of it is, if it is one.
    #[must_use]
    pub fn preview(&self) -> Option<&str> {
        if let Some(file) = self.file() {
            return file.preview.as_deref();
        }
        match &self.stage {
            Stage::Uploaded { attachment, .. } => attachment.preview_url(),
            _ => None,
        }
    }
}
