//! `cargo xtask newest`: all suites on the newest versions that the manifests allow, in a checkout of its own, so that a
//! release of somebody else's that breaks us is seen before a user sees it. The locks here stay as they are.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::plan::{Job, Load, Plan};
use crate::project::{self, Project};
use crate::step::{Outcome, step};
use crate::wasm::cargo;
use crate::{npm, pack, process, programs, tools};

/// Cargo's locks of the project.
const CARGO: [&str; 4] = [".", programs::TOOLS, "examples/yew", "fuzz"];

/// Checks out the last commit, brings its locks up to date, says what changed, and runs the suites there; an error when
/// one fails.
pub fn newest(project: &Project) -> Result<()> {
    let copy = Project { root: project.work("newest") };
    // npm looks into our tarball for what it needs; the suites pack it anew.
    pack::pack(project)?;
    step("a checkout of the last commit", || check_out(project, &copy))?;
    project::copy(&pack::tarball(project), &pack::tarball(&copy))?;
    // The program is of the crate's version.
    step("newest crates", || crates(&copy))?;
    let locks = locks(&copy)?;
    let mut plan = Plan::new(&copy);
    for folder in &locks {
        let name = format!("newest npm packages of {}", folder.strip_prefix(&copy.root)?.display());
        let log = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let copy = &copy;
        let update = move || {
            let mut update = npm::npm(folder)?;
            process::run(copy, &log, update.args(["update", "--package-lock-only"]))?;
            let lock = folder.join("package-lock.json");
            project::write(&lock, without_hash_of_ours(&project::read(&lock)?))?;
            Ok(Outcome::Done)
        };
        plan.add(Job::new(name, 10, update).load(Load::Network));
    }
    plan.run()?;
    println!("{}", changes(&copy)?);
    test(&copy)
}

fn check_out(project: &Project, copy: &Project) -> Result<Outcome> {
    let git = tools::find(&["git"]).context("git is not installed")?;
    let git = |args: &[&str]| {
        let mut command = Command::new(&git);
        command.current_dir(&project.root).args(args);
        command
    };
    project::remove_dir(&copy.root)?;
    process::run(project, "newest-prune", &mut git(&["worktree", "prune"]))?;
    let mut add = git(&["worktree", "add", "--detach"]);
    process::run(project, "newest-worktree", add.arg(&copy.root).arg("HEAD"))?;
    Ok(Outcome::Done)
}

/// Brings Cargo's locks up to date; the programs of wasm-bindgen are of the version that its crate then has.
fn crates(copy: &Project) -> Result<Outcome> {
    let update = |folder: &str| {
        let mut update = cargo(copy);
        update.args(["update", "--manifest-path"]).arg(copy.path(folder).join("Cargo.toml"));
        process::run(copy, "newest-cargo", &mut update).map(drop)
    };
    let before = copy.locked("wasm-bindgen")?;
    update(".")?;
    let after = copy.locked("wasm-bindgen")?;
    let manifest = copy.path(programs::TOOLS).join("Cargo.toml");
    project::write(&manifest, project::read(&manifest)?.replace(&before, &after))?;
    CARGO.iter().skip(1).try_for_each(|folder| update(folder))?;
    Ok(Outcome::Done)
}

/// The folders with a lock of npm's. That of our tarball is not there yet, but its lock says what it needs.
fn locks(copy: &Project) -> Result<Vec<PathBuf>> {
    let files = project::files(&copy.root, &[".git", "node_modules", "target"])?;
    let locks = files.iter().filter(|file| file.ends_with("package-lock.json"));
    Ok(locks.filter_map(|file| file.parent().map(PathBuf::from)).collect())
}

/// The locks that are no longer those of the commit.
fn changes(copy: &Project) -> Result<String> {
    let git = tools::find(&["git"]).context("git is not installed")?;
    let mut diff = Command::new(git);
    diff.current_dir(&copy.root).args(["diff", "--unified=0", "--", "*Cargo.lock", "*package-lock.json"]);
    let versions = |line: &&str| {
        let is_version = line.contains("\"version\":") || line.contains("version = ");
        line.starts_with("+++") || ((line.starts_with('+') || line.starts_with('-')) && is_version)
    };
    let output = process::run(copy, "newest-changes", &mut diff)?;
    Ok(output.lines().filter(versions).map(|line| format!("  {line}\n")).collect())
}

/// A lock of npm's without the hash of our own tarball, which is packed anew.
fn without_hash_of_ours(lock: &str) -> String {
    let mut ours = false;
    let kept = lock.split_inclusive('\n').filter(|line| {
        let hash = ours && line.contains("\"integrity\":");
        ours = line.contains("\"resolved\": \"file:");
        !hash
    });
    kept.collect()
}

fn test(copy: &Project) -> Result<()> {
    let mut test = cargo(copy);
    // Of the copy: this run's own variables name the checkout that it is a copy of.
    test.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_TARGET_DIR").args(["xtask", "test"]);
    println!("  the suites, on these versions; this takes as long as `cargo xtask test`");
    let finished = process::finish(copy, "newest-test", &mut test)?;
    println!("{}", process::tail(&finished.output, 400));
    if finished.ok { Ok(()) } else { bail!("on the newest versions something fails") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_tarball_loses_its_hash() {
        let lock = "\"resolved\": \"file:../dist/x.tgz\",\n\"integrity\": \"sha512-a\",\n\"integrity\": \"sha512-b\",\n";
        assert_eq!(
            without_hash_of_ours(lock),
            "\"resolved\": \"file:../dist/x.tgz\",\n\"integrity\": \"sha512-b\",\n"
        );
    }
}
