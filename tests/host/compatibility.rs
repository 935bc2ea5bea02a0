//! `docs/compatibility.md` says of everything in ChatKit whether it is supported, and which test shows it. A test that
//! was renamed or removed must not go on vouching there.

use std::fs;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("../../docs/compatibility.md");

/// Where tests are, with the ending of their files.
const FOLDERS: [(&str, &str); 7] = [
    ("tests/e2e/stories", ".spec.ts"),
    ("tests/host", ".rs"),
    ("tests/host/state", ".rs"),
    ("tests", ".rs"),
    ("tests/wasm", ".rs"),
    ("pkg-template/tests", ".test.ts"),
    ("pkg-template/tests", ".test.tsx"),
];

/// A row that says how something was tested: its last cell.
struct Row<'a> {
    what: &'a str,
    supported: &'a str,
    notes: &'a str,
    tests: &'a str,
}

/// The rows of all tables whose last column is "tested by".
fn rows() -> Vec<Row<'static>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in TABLE.lines() {
        let cells = line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
        match cells.as_slice() {
            [.., "tested by"] => inside = true,
            _ if !line.starts_with('|') => inside = false,
            [first, ..] if first.starts_with("--") => {}
            [what, supported, notes, tests] if inside => rows.push(Row { what, supported, notes, tests }),
            _ => {}
        }
    }
    rows
}

/// `` `file` words of its title; `other` words … `` as pairs.
fn references(cell: &str) -> Vec<(&str, &str)> {
    let named = cell.split(';').filter_map(|part| part.trim().strip_prefix('`')?.split_once('`'));
    named.map(|(file, words)| (file, words.trim())).collect()
}

fn file(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    FOLDERS
        .iter()
        .map(|(folder, ending)| root.join(folder).join(format!("{name}{ending}")))
        .find(|path| path.is_file())
}

/// Names of functions have no spaces.
fn has(path: &Path, words: &str) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let wanted = if path.extension().is_some_and(|end| end == "rs") {
        words.replace(' ', "_")
    } else {
        words.to_owned()
    };
    !words.is_empty() && text.contains(&wanted)
}

#[test]
fn every_feature_is_supported_or_a_widget_and_names_a_test_that_exists() {
    let mut wrong = Vec::new();
    let rows = rows();
    assert!(rows.len() > 100, "the tables were not found: {} rows", rows.len());
    for Row { what, supported, notes, tests } in rows {
        match supported {
            "yes" => {
                let references = references(tests);
                if references.is_empty() {
                    wrong.push(format!("{what}: no test is named"));
                }
                for (name, words) in references {
                    match file(name) {
                        None => wrong.push(format!("{what}: there is no file of tests \"{name}\"")),
                        Some(path) if !has(&path, words) => {
                            wrong.push(format!("{what}: {name} has no test \"{words}\""))
                        }
                        Some(_) => {}
                    }
                }
            }
            "no" if notes.contains("widget") => {}
            other => wrong.push(format!("{what}: \"{other}\" is neither yes nor, for a widget, no")),
        }
    }
    assert!(wrong.is_empty(), "docs/compatibility.md:\n{}", wrong.join("\n"));
}
