//! The recordings in `tests/fixtures/wire`: what a real ChatKit server had on the wire.

use std::fs;
use std::path::{Path, PathBuf};

use chatkit_widget::sse::{Frame, Parser};
use serde::Deserialize;

/// One answer, from `index.json`.
#[derive(Deserialize)]
pub struct Recording {
    pub name: String,
    /// File of the answer's bytes.
    pub body: String,
    pub status: u16,
    /// The operation asked for; none for a request that is no JSON.
    pub op: Option<String>,
    /// Whether the connection was cut.
    pub cut: bool,
}

impl Recording {
    pub fn bytes(&self) -> Vec<u8> {
        fs::read(folder().join(&self.body)).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }

    pub fn request(&self) -> String {
        fs::read_to_string(folder().join(format!("{}.request.json", self.name))).unwrap()
    }

    pub fn is_stream(&self) -> bool {
        self.body.ends_with(".sse")
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wire")
}

pub fn all() -> Vec<Recording> {
    serde_json::from_str(&fs::read_to_string(folder().join("index.json")).unwrap()).unwrap()
}

/// Files captured with curl from another server, by name.
pub fn captured(suffix: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder().join("captured"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == suffix))
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Every streamed body there is: name and bytes.
pub fn streams() -> Vec<(String, Vec<u8>)> {
    let recorded = all().into_iter().filter(Recording::is_stream).map(|r| (r.body.clone(), r.bytes()));
    recorded.chain(captured("sse").into_iter().map(|(name, text)| (name, text.into_bytes()))).collect()
}

pub fn frames(bytes: &[u8]) -> Vec<Frame> {
    Parser::new().push(bytes)
}
