//! Files of the reader's, held for as long as somebody may need their bytes.
//!
//! The reducer knows a file by its [`FileId`] and lets go of it by `FileEffect::Forget`.

use std::cell::Cell;

use web_sys::{File, Url};

use super::running::Running;
use crate::state::{FileId, PickedFile};

/// The files one element holds.
#[derive(Default)]
pub struct Files {
    held: Running<FileId, Held>,
    next: Cell<u64>,
}

struct Held {
    file: File,
    preview: Option<String>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(url) = &self.preview {
            // Never throws: an address that is none is ignored.
            let _ = Url::revoke_object_url(url);
        }
    }
}

impl Files {
    /// Keeps a file. Pictures get an address to be shown by.
    pub fn hold(&self, file: File) -> PickedFile {
        let id = FileId(self.next.replace(self.next.get() + 1));
        let mime_type = file.type_();
        let picture = mime_type.starts_with("image/");
        let preview = picture.then(|| Url::create_object_url_with_blob(&file).ok()).flatten();
        let picked = PickedFile {
            file: id,
            name: file.name(),
            size: whole(file.size()),
            mime_type,
            preview: preview.clone(),
        };
        self.held.insert(id, Held { file, preview });
        picked
    }

    /// The file itself.
    pub fn get(&self, id: FileId) -> Option<File> {
        self.held.with(&id, |held| held.file.clone())
    }

    /// Lets go of one.
    pub fn forget(&self, id: FileId) {
        drop(self.held.remove(&id));
    }

    /// Lets go of all.
    pub fn clear(&self) {
        self.held.clear();
    }
}

/// Sizes come as floating point; a file is never so large that this loses a byte.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are whole and not negative"
)]
fn whole(size: f64) -> u64 {
    size as u64
}
