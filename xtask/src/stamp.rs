//! Skipping what is done. A **fingerprint** is a hash of everything a step reads; a **stamp** is the file in
//! which the fingerprint of the last good run is kept. Content decides, not file times: a fresh checkout, a
//! branch switched back and forth or a restored CI cache must not build again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::step::Outcome;

/// Folders that hold results, never sources.
const RESULTS: [&str; 7] =
    ["node_modules", "target", "dist", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache"];

/// Everything a step reads.
pub struct Inputs<'a> {
    project: &'a Project,
    hasher: DefaultHasher,
}

impl<'a> Inputs<'a> {
    /// Inputs of nothing yet.
    pub fn new(project: &'a Project) -> Self {
        Self { project, hasher: DefaultHasher::new() }
    }

    /// A value that is not in a file: a version, a flag.
    pub fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.hasher);
        self
    }

    /// A file, or a folder with all source files in it, by the path inside the checkout. One that is not there
    /// counts as not there, so that its coming changes the fingerprint.
    pub fn path(mut self, relative: &str) -> Result<Self> {
        let path = self.project.path(relative);
        let files = match fs::metadata(&path) {
            Ok(found) if found.is_dir() => project::files(&path, &RESULTS)?,
            Ok(_) => vec![path.clone()],
            Err(_) => Vec::new(),
        };
        relative.hash(&mut self.hasher);
        files.len().hash(&mut self.hasher);
        for file in files {
            file.strip_prefix(&path)?.hash(&mut self.hasher);
            let contents = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            contents.hash(&mut self.hasher);
        }
        Ok(self)
    }

    /// Several of [`Inputs::path`].
    pub fn paths(self, relative: &[&str]) -> Result<Self> {
        relative.iter().try_fold(self, |inputs, path| inputs.path(path))
    }

    /// The fingerprint of all that was named.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.hasher.finish())
    }
}

/// Does `work` unless it was done with the same inputs and all its `outputs` are still there.
pub fn once(
    name: &str,
    inputs: &Inputs<'_>,
    outputs: &[&Path],
    work: impl FnOnce() -> Result<()>,
) -> Result<Outcome> {
    let stamp = file(inputs.project, name);
    let fingerprint = inputs.fingerprint();
    let same = fs::read_to_string(&stamp).is_ok_and(|last| last == fingerprint);
    if same && outputs.iter().all(|output| output.exists()) {
        return Ok(Outcome::UpToDate);
    }
    // Before the work: a run that is interrupted leaves half of it behind, and must not look done.
    forget(inputs.project, name)?;
    work()?;
    project::write(&stamp, fingerprint)?;
    Ok(Outcome::Done)
}

/// Lets the next [`once`] of this name do its work whatever the inputs.
pub fn forget(project: &Project, name: &str) -> Result<()> {
    match fs::remove_file(file(project, name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove the stamp of {name}"))
        }
        _ => Ok(()),
    }
}

fn file(project: &Project, name: &str) -> PathBuf {
    project.work("stamps").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkout(name: &str) -> Project {
        let root = std::env::temp_dir().join(format!("xtask-stamp-{}-{name}", std::process::id()));
        project::remove_dir(&root).unwrap();
        fs::create_dir_all(&root).unwrap();
        Project { root }
    }

    fn fingerprint(project: &Project) -> String {
        Inputs::new(project).path("src").unwrap().fingerprint()
    }

    #[test]
    fn a_changed_moved_or_added_source_is_built_again() {
        let project = checkout("changed");
        project::write(&project.path("src/a.rs"), "one").unwrap();
        let first = fingerprint(&project);
        project::write(&project.path("src/a.rs"), "two").unwrap();
        let changed = fingerprint(&project);
        fs::rename(project.path("src/a.rs"), project.path("src/b.rs")).unwrap();
        let moved = fingerprint(&project);
        project::write(&project.path("src/c.rs"), "").unwrap();
        let added = fingerprint(&project);
        let all = [&first, &changed, &moved, &added];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[..at].contains(one), "{all:?}");
        }
        project::remove_dir(&project.root).unwrap();
    }

    #[test]
    fn a_file_saved_again_unchanged_and_results_beside_the_sources_build_nothing() {
        let project = checkout("same");
        project::write(&project.path("src/a.rs"), "one").unwrap();
        let first = fingerprint(&project);
        project::write(&project.path("src/a.rs"), "one").unwrap();
        project::write(&project.path("src/node_modules/x/index.js"), "x").unwrap();
        assert_eq!(fingerprint(&project), first);
        project::remove_dir(&project.root).unwrap();
    }

    #[test]
    fn work_is_skipped_only_after_it_succeeded_and_while_its_output_exists() {
        let project = checkout("once");
        let output = project.path("out");
        let inputs = Inputs::new(&project).text("v1");
        let run = |ok: bool| {
            once("s", &inputs, &[&output], || {
                project::write(&output, "")?;
                if ok { Ok(()) } else { anyhow::bail!("no") }
            })
        };
        assert!(run(false).is_err());
        assert_eq!(run(true).unwrap(), Outcome::Done);
        assert_eq!(run(true).unwrap(), Outcome::UpToDate);
        fs::remove_file(&output).unwrap();
        assert_eq!(run(true).unwrap(), Outcome::Done);
        project::remove_dir(&project.root).unwrap();
    }
}
