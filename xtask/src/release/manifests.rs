//! The version is written in Cargo.toml; from there it goes into every file that repeats it. package.json.tmpl has a
//! blank for it, which packing fills in.

use std::ops::Range;

use anyhow::{Context, Result, bail};

use super::version::Version;
use super::worktree;
use crate::project::{self, Project};

const NAME: &str = "chatkit-widget";
/// Parts of the project that have the package's version without naming it, each by the table the version is in.
const PARTS: [(&str, Kind); 1] = [("demo-server/pyproject.toml", Kind::Toml("project"))];

/// How a file writes our version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A lock of cargo's.
    CargoLock,
    /// A lock of npm's, of a project that has our tarball.
    PackageLock,
    /// `version` in a table of this name.
    Toml(&'static str),
}

/// The version that everything has, by Cargo.toml.
pub fn version(project: &Project) -> Result<Version> {
    project.version()?.parse().context("Cargo.toml")
}

/// Fails where a file has another version, and names each.
pub fn check(project: &Project, version: &Version) -> Result<()> {
    let wanted = version.to_string();
    let mut wrong = Vec::new();
    for (file, text, span) in places(project)? {
        let found = text.get(span).unwrap_or_default();
        if found != wanted {
            wrong.push(format!("{file} says {found}, Cargo.toml {wanted}"));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("{}\n`cargo xtask version` writes Cargo.toml's version into all of them", wrong.join("\n"))
}

/// Writes the version into Cargo.toml and every file that repeats it; gives the files that changed.
pub fn write(project: &Project, version: &Version) -> Result<Vec<String>> {
    let wanted = version.to_string();
    let mut places = places(project)?;
    places.push(place(project, "Cargo.toml", Kind::Toml("package"))?.context("Cargo.toml has no version")?);
    let mut changed = Vec::new();
    for (file, mut text, span) in places {
        if text.get(span.clone()) != Some(wanted.as_str()) {
            text.replace_range(span, &wanted);
            project::write(&project.path(&file), text)?;
            changed.push(file);
        }
    }
    Ok(changed)
}

/// A file, what is in it, and where in it the version is.
type Place = (String, String, Range<usize>);

fn places(project: &Project) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for file in worktree::files(project)? {
        let kind = match file.rsplit('/').next() {
            Some("Cargo.lock") => Kind::CargoLock,
            Some("package-lock.json") => Kind::PackageLock,
            _ => continue,
        };
        places.extend(place(project, &file, kind)?);
    }
    for (file, kind) in PARTS {
        places.push(place(project, file, kind)?.with_context(|| format!("{file} has no version"))?);
    }
    Ok(places)
}

fn place(project: &Project, file: &str, kind: Kind) -> Result<Option<Place>> {
    let text = project::read(&project.path(file))?;
    Ok(span(&text, kind).map(|span| (file.to_owned(), text, span)))
}

/// Where our version is in a file, if it is in it.
fn span(text: &str, kind: Kind) -> Option<Range<usize>> {
    let (section, before, end) = match kind {
        Kind::CargoLock => (format!("\nname = \"{NAME}\"\n"), "version = \"", "\n\n"),
        Kind::PackageLock => (format!("\"node_modules/{NAME}\": {{"), "\"version\": \"", "}"),
        Kind::Toml(table) => (format!("[{table}]\n"), "\nversion = \"", "\n["),
    };
    // With its last character: a table's first line may be the version.
    let from = text.find(&section)? + section.len() - 1;
    let inside = text.get(from..)?;
    let inside = inside.get(..inside.find(end).unwrap_or(inside.len()))?;
    let start = from + inside.find(before)? + before.len();
    let length = text.get(start..)?.find('"')?;
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, kind: Kind) -> Option<&str> {
        span(text, kind).and_then(|span| text.get(span))
    }

    #[test]
    fn our_version_is_told_from_those_of_others() {
        let lock = "[[package]]\nname = \"chat\"\nversion = \"9.0.0\"\n\n[[package]]\nname = \"chatkit-widget\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"x\"\nversion = \"8.0.0\"\n";
        assert_eq!(found(lock, Kind::CargoLock), Some("0.1.0"));
        let npm = "{\"packages\": {\"\": {\"version\": \"7.0.0\"}, \"node_modules/chatkit-widget\": {\n  \"version\": \"0.1.0\",\n \"license\": \"MIT\"}}}";
        assert_eq!(found(npm, Kind::PackageLock), Some("0.1.0"));
        let python = "[project]\nname = \"x\"\nversion = \"0.1.0\"\n\n[tool.x]\nversion = \"9\"\n";
        assert_eq!(found(python, Kind::Toml("project")), Some("0.1.0"));
        assert_eq!(found("[package]\nversion = \"0.1.0\"\n", Kind::Toml("package")), Some("0.1.0"));
    }

    #[test]
    fn a_file_that_does_not_have_us_is_left_alone() {
        assert_eq!(found("[[package]]\nname = \"other\"\nversion = \"1.0.0\"\n", Kind::CargoLock), None);
        assert_eq!(found("{\"packages\": {}}", Kind::PackageLock), None);
        let elsewhere = "[package]\nname = \"x\"\n\n[dependencies.y]\nversion = \"9\"\n";
        assert_eq!(found(elsewhere, Kind::Toml("package")), None);
        let npm = "\"node_modules/chatkit-widget\": {\n \"link\": true},\n \"node_modules/y\": {\"version\": \"9\"}";
        assert_eq!(found(npm, Kind::PackageLock), None);
    }
}
